import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ScriptIdentity } from './script-identity.js';
import { startFault } from './start-fault.js';

/** Gives `work` a new, empty folder that belongs to the user scripts run as, and deletes it with all that is in it. */
export async function withScriptHome<T>(
  identity: ScriptIdentity | undefined,
  work: (home: string) => Promise<T>,
): Promise<T> {
  const home = await mkdtemp(join(tmpdir(), 'chronos-script-'));
  try {
    if (identity) {
      await chown(home, identity.uid, identity.gid).catch((error: unknown) => {
        throw startFault(error, 'chown', identity);
      });
    }
    return await work(home);
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}
