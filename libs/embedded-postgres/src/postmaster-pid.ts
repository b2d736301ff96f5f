import { execFile } from 'node:child_process';
import { readFile, readlink, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What a running server writes into `postmaster.pid` (PostgreSQL, `miscadmin.h`: LOCK_FILE_LINE_*). */
export interface PostmasterPid {
  pid: number;
  isReady: boolean;
}

export async function readPostmasterPid(directory: string): Promise<PostmasterPid | undefined> {
  let text: string;
  try {
    text = await readFile(join(directory, 'postmaster.pid'), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  const lines = text.split('\n');
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  return { pid, isReady: lines[7]?.trim() === 'ready' };
}

/**
 * Makes a data directory free to start on, after a `kill -9` of whoever ran it: an orphaned server of this very
 * directory is shut down, and the note of a dead one whose pid now belongs to somebody else is removed.
 * A note whose process is gone is left to PostgreSQL, which also looks for survivors in shared memory.
 */
export async function releaseDirectory(directory: string, onNotice: (text: string) => void): Promise<void> {
  const noted = await readPostmasterPid(directory);
  if (!noted || !isAlive(noted.pid)) return;
  if (!(await isServerOf(noted.pid, directory))) {
    onNotice(`Removing the stale postmaster.pid: process ${noted.pid} is another program by now.`);
    await rm(join(directory, 'postmaster.pid'), { force: true });
    return;
  }
  onNotice(`Stopping PostgreSQL (pid ${noted.pid}) that an earlier run left behind.`);
  for (const [signal, patienceMs] of [
    ['SIGINT', 15_000],
    ['SIGQUIT', 10_000],
  ] as const) {
    process.kill(noted.pid, signal);
    if (await isGoneWithin(noted.pid, patienceMs)) return;
  }
  throw new Error(
    `PostgreSQL (pid ${noted.pid}) still holds ${directory} and does not stop. End it by hand, then start again.`,
  );
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it is there, but belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

async function isGoneWithin(pid: number, patienceMs: number): Promise<boolean> {
  const end = performance.now() + patienceMs;
  while (performance.now() < end) {
    if (!isAlive(pid)) return true;
    await sleep(20);
  }
  return !isAlive(pid);
}

/** A server works inside its data directory; no other program of that name does. */
async function isServerOf(pid: number, directory: string): Promise<boolean> {
  if (process.platform === 'linux') {
    const [folder, name] = await Promise.all([
      readlink(`/proc/${pid}/cwd`).catch(() => ''),
      readFile(`/proc/${pid}/comm`, 'utf8').catch(() => ''),
    ]);
    return name.trim() === 'postgres' && folder === (await realpath(directory));
  }
  const { stdout } = await run('ps', ['-o', 'command=', '-p', String(pid)]).catch(() => ({ stdout: '' }));
  return stdout.includes('postgres') && stdout.includes(directory);
}
