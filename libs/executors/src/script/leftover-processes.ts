import {
  environmentVariable,
  findProcesses,
  HAS_PROCESS_TABLE,
  isRunning,
  processEntry,
} from './process-table.js';
import { killProcess, PROCESS_TAG } from './process-tag.js';

/** Forking faster than it is killed ends after this many rounds; each kills all it finds. */
const MAX_ROUNDS = 10;

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
 * Is anybody in the group still running? Zombies do not count: where process 1 is slow to collect orphans, or never
 * does (a container without an init), they stay.
 */
export async function isGroupAlive(groupId: number): Promise<boolean> {
  if (!signalGroup(groupId, 0)) return false;
  if (!HAS_PROCESS_TABLE) return true;
  const members = await findProcesses(async (pid) => {
    const entry = await processEntry(pid);
    return isRunning(entry) && entry.groupId === groupId;
  });
  return members.length > 0;
}

/**
 * Kills what an ended process has left behind: the members of its group and, on Linux, everything that still
 * carries the attempt's tag in its environment, and so also what has moved to a session of its own (`setsid`,
 * `nohup`, double forks). Escaping this takes a process that also clears its environment.
 */
export async function killLeftovers(groupId: number, tag: string): Promise<void> {
  signalGroup(groupId, 'SIGKILL');
  if (!HAS_PROCESS_TABLE) return;
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const found = await findProcesses(async (pid) => (await environmentVariable(pid, PROCESS_TAG)) === tag);
    for (const pid of found) killProcess(pid);
    if (found.length === 0) return;
  }
}
