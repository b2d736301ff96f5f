import { randomBytes } from 'node:crypto';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive } from '#embedded-postgres';

/** Who holds a data directory, or wants to. Its claim is an empty file with all of this in its name. */
export interface LockHolder {
  /** Epoch milliseconds. */
  since: number;
  pid: number;
  /** When the process began, in the system's own words; empty where the system does not tell. */
  processStart: string;
}

export class DirectoryLockedError extends Error {
  override readonly name = 'DirectoryLockedError';

  constructor(
    directory: string,
    readonly holder: LockHolder,
  ) {
    super(
      `${directory} is in use by another Chronos: process ${holder.pid}, since ${new Date(holder.since).toISOString()}. ` +
        'Stop that one first, or set CHRONOS_DATA_DIR to another folder.',
    );
  }
}

const CLAIM = /^lock\.(\d{13,})\.(\d+)\.([^.]*)\.[0-9a-f]{16}$/;
/** How long one waits for others that claimed at the same time to give way. */
const GIVE_WAY_MS = 1_000;
const LOOK_EVERY_MS = 10;

/**
 * One process at a time may use a data directory. Whoever wants it leaves a claim first and looks for others then, so
 * of two that come together at least one sees the other; the later one gives way. Claims of processes that are no more
 * are removed: a claim's name is never used again, so nobody removes one that is alive.
 *
 * @returns what releases the lock
 * @throws DirectoryLockedError that names the holder
 */
export async function lockDirectory(directory: string): Promise<() => Promise<void>> {
  const mine = claimName({
    since: Date.now(),
    pid: process.pid,
    processStart: await processStart(process.pid),
  });
  const release = () => rm(join(directory, mine), { force: true });
  await writeFile(join(directory, mine), '', { flag: 'wx', mode: 0o600 });
  try {
    const patience = performance.now() + GIVE_WAY_MS;
    for (;;) {
      const others = await liveClaims(directory, mine);
      const [first] = others;
      if (!first) return release;
      if (first.name < mine || performance.now() > patience)
        throw new DirectoryLockedError(directory, first.holder);
      await sleep(LOOK_EVERY_MS);
    }
  } catch (error) {
    await release();
    throw error;
  }
}

/** The name of a new claim. Names sort by the time of the claim. */
export function claimName({ since, pid, processStart: start }: LockHolder): string {
  return `lock.${since}.${pid}.${start}.${randomBytes(8).toString('hex')}`;
}

/** Earliest first; those of dead processes are removed. */
async function liveClaims(directory: string, mine: string): Promise<{ name: string; holder: LockHolder }[]> {
  const live = [];
  for (const name of (await readdir(directory)).toSorted()) {
    const [, since, pid, start = ''] = CLAIM.exec(name) ?? [];
    if (!since || name === mine) continue;
    const holder = { since: Number(since), pid: Number(pid), processStart: start };
    if (await isRunning(holder)) live.push({ name, holder });
    else await rm(join(directory, name), { force: true });
  }
  return live;
}

async function isRunning(holder: LockHolder): Promise<boolean> {
  if (!isAlive(holder.pid)) return false;
  const start = await processStart(holder.pid);
  return start === '' || holder.processStart === '' || start === holder.processStart;
}

/** Boot and start tick of a process (proc(5)): a pid is used again, this pair is not. */
async function processStart(pid: number): Promise<string> {
  if (process.platform !== 'linux') return '';
  try {
    const [boot, stat] = await Promise.all([
      readFile('/proc/sys/kernel/random/boot_id', 'utf8'),
      readFile(`/proc/${pid}/stat`, 'utf8'),
    ]);
    // The second field is the name in brackets, which may hold blanks; the start is the 22nd field.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return `${boot.trim()}_${fields[19]}`;
  } catch {
    // No /proc, or the process went meanwhile: the caller does with the pid alone.
    return '';
  }
}
