import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isAlive } from '#embedded-postgres';

/** Who holds a data directory. */
export interface LockHolder {
  pid: number;
  since: string;
  /** Tells one holder from another one that got the same pid later, after a restart of the machine say. */
  token: string;
  /** When the process began, in the system's own words; undefined where the system does not tell. */
  processStart: string | undefined;
}

export class DirectoryLockedError extends Error {
  override readonly name = 'DirectoryLockedError';

  constructor(
    directory: string,
    readonly holder: LockHolder,
  ) {
    super(
      `${directory} is in use by another Chronos: process ${holder.pid}, since ${holder.since}. ` +
        'Stop that one first, or set CHRONOS_DATA_DIR to another folder.',
    );
  }
}

/** Attempts at taking over a stale lock while others try the same. */
const ATTEMPTS = 20;

/**
 * One process at a time may use a data directory. The lock of a process that is no more is taken over.
 *
 * @returns what releases the lock
 * @throws DirectoryLockedError that names the holder
 */
export async function lockDirectory(directory: string): Promise<() => Promise<void>> {
  const path = join(directory, 'lock');
  const mine: LockHolder = {
    pid: process.pid,
    since: new Date().toISOString(),
    token: randomUUID(),
    processStart: await processStart(process.pid),
  };
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    if (await create(path, mine)) return () => release(path, mine);
    const holder = await readHolder(path);
    if (holder === 'gone') continue;
    if (holder !== 'torn' && (await isHolding(holder))) throw new DirectoryLockedError(directory, holder);
    await takeAway(path, holder);
  }
  throw new Error(`${path} could not be taken: too many processes try at once. Start again.`);
}

async function create(path: string, holder: LockHolder): Promise<boolean> {
  try {
    await writeFile(path, `${JSON.stringify(holder)}\n`, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  }
}

async function release(path: string, mine: LockHolder): Promise<void> {
  const holder = await readHolder(path);
  if (typeof holder === 'object' && holder.token === mine.token) await rm(path, { force: true });
}

/** `torn`: a machine that lost power while the lock was written leaves a file without a holder. */
async function readHolder(path: string): Promise<LockHolder | 'gone' | 'torn'> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return 'gone';
    throw error;
  }
  try {
    const holder = JSON.parse(text) as LockHolder;
    return Number.isInteger(holder.pid) ? holder : 'torn';
  } catch {
    // Not JSON: nobody who is still running wrote it.
    return 'torn';
  }
}

async function isHolding(holder: LockHolder): Promise<boolean> {
  if (!isAlive(holder.pid)) return false;
  const start = await processStart(holder.pid);
  return start === undefined || holder.processStart === undefined || start === holder.processStart;
}

/** Moves the stale lock aside, which only one of several can do, and puts it back if it was another one by then. */
async function takeAway(path: string, stale: LockHolder | 'torn'): Promise<void> {
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return;
    throw error;
  }
  const moved = await readHolder(aside);
  const isSame =
    typeof moved === 'object' && typeof stale === 'object' ? moved.token === stale.token : moved === stale;
  if (isSame) await rm(aside, { force: true });
  else await rename(aside, path);
}

/** Boot and start tick of a process (proc(5)): a pid is used again, this pair is not. */
async function processStart(pid: number): Promise<string | undefined> {
  if (process.platform !== 'linux') return undefined;
  try {
    const [boot, stat] = await Promise.all([
      readFile('/proc/sys/kernel/random/boot_id', 'utf8'),
      readFile(`/proc/${pid}/stat`, 'utf8'),
    ]);
    // The second field is the name in brackets, which may hold blanks; the start is the 22nd field.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return `${boot.trim()}/${fields[19]}`;
  } catch {
    // No /proc, or the process went meanwhile: the caller does with the pid alone.
    return undefined;
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
