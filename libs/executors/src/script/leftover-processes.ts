import { readdir, readFile } from 'node:fs/promises';
import { PROCESS_TAG } from './script-environment.js';

/** Forking faster than it is killed ends after this many rounds; each kills all it finds. */
const MAX_ROUNDS = 10;

/** Files of `/proc` read at once. */
const BATCH = 32;

/** Sends a signal to a whole process group. False where nobody was there to get it. */
export function signalGroup(groupId: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(-groupId, signal);
    return true;
  } catch {
    // ESRCH: it is empty. EPERM: what is left has become another user (setuid) and is not ours to end.
    return false;
  }
}

/**
 * Is anybody in the group still running? Not counted are zombies: nobody can end them, and where process 1 is slow
 * to collect orphans, or never does (a container without an init), they stay.
 */
export async function isGroupAlive(groupId: number): Promise<boolean> {
  if (!signalGroup(groupId, 0)) return false;
  if (process.platform !== 'linux') return true;
  return (await processesWhere((pid) => isLivingMember(pid, groupId))).length > 0;
}

/**
 * Kills what an ended process has left behind: the members of its group and, on Linux, everything that still
 * carries the attempt's tag in its environment, and so also what has moved to a session of its own (`setsid`,
 * `nohup`, double forks). Escaping this takes a process that also clears its environment.
 */
export async function killLeftovers(groupId: number, tag: string): Promise<void> {
  signalGroup(groupId, 'SIGKILL');
  if (process.platform !== 'linux') return;
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const found = await processesWhere((pid) => hasTag(pid, tag));
    for (const pid of found) killProcess(pid);
    if (found.length === 0) return;
  }
}

async function processesWhere(matches: (pid: number) => Promise<boolean>): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const found: number[] = [];
  for (let at = 0; at < pids.length; at += BATCH) {
    const batch = pids.slice(at, at + BATCH);
    const hits = await Promise.all(batch.map(matches));
    found.push(...batch.filter((_pid, index) => hits[index]));
  }
  return found;
}

async function isLivingMember(pid: number, groupId: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => '');
  // proc(5): after the name in parentheses, which may hold anything, come state, parent and group.
  const [state, , group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return group === String(groupId) && state !== 'Z' && state !== 'X';
}

async function hasTag(pid: number, tag: string): Promise<boolean> {
  // Gone in the meantime, a zombie, or another user's and not readable: not one of ours to kill.
  const environment = await readFile(`/proc/${pid}/environ`, 'latin1').catch(() => '');
  return environment.includes(`${PROCESS_TAG}=${tag}\0`);
}

function killProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended by itself between being found and being killed.
  }
}
