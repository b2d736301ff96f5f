import { readdir, readFile } from 'node:fs/promises';

/** Files of `/proc` read at once. */
const BATCH = 32;

/** One line of the process table, proc(5). */
export interface ProcessEntry {
  state: string;
  groupId: number;
  /** When it started, in clock ticks since the machine did: with its id, unlike any other process. */
  startedAt: string;
}

/** Is there a process table to read? Only Linux shows one as files. */
export const HAS_PROCESS_TABLE = process.platform === 'linux';

/** The ids of the processes that match. What a process hides, or one that ends meanwhile, does not match. */
export async function findProcesses(matches: (pid: number) => Promise<boolean>): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const found: number[] = [];
  for (let at = 0; at < pids.length; at += BATCH) {
    const batch = pids.slice(at, at + BATCH);
    const hits = await Promise.all(batch.map(matches));
    found.push(...batch.filter((_pid, index) => hits[index]));
  }
  return found;
}

export async function processEntry(pid: number): Promise<ProcessEntry | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => undefined);
  // The second field is the name in parentheses, which may hold anything; the third, the state, follows the last one.
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields && { state: fields[0] ?? '', groupId: Number(fields[2]), startedAt: fields[19] ?? '' };
}

/** Zombies have ended; nobody can end them again. */
export function isRunning(entry: ProcessEntry | undefined): entry is ProcessEntry {
  return entry !== undefined && entry.state !== 'Z' && entry.state !== 'X';
}

/** A variable of the environment that a process was started with. */
export async function environmentVariable(pid: number, name: string): Promise<string | undefined> {
  const environment = await readFile(`/proc/${pid}/environ`, 'latin1').catch(() => '');
  return environment
    .split('\0')
    .find((line) => line.startsWith(`${name}=`))
    ?.slice(name.length + 1);
}
