import { randomUUID } from 'node:crypto';
import { readlink } from 'node:fs/promises';
import {
  environmentVariable,
  findProcesses,
  HAS_PROCESS_TABLE,
  isRunning,
  processEntry,
} from './process-table.js';

/** The variable that marks the processes of one attempt, also those that have left its process group. */
export const PROCESS_TAG = 'CHRONOS_PROCESS_TAG';

/**
 * A new tag for one attempt. It names the worker in a way that no later process shares (namespace, id and start), so
 * that it can be told later whether that worker still lives.
 */
export async function newProcessTag(): Promise<string> {
  return [...(await workerMark(process.pid)), randomUUID()].join('.');
}

/**
 * Kills the scripts whose worker is gone: `kill -9` or the lack of memory gave it no chance to end them itself. Their
 * executions are taken over and must not run twice at once. Looks only at this machine and pid namespace.
 *
 * @returns how many processes were killed.
 */
export async function killOrphanedScripts(): Promise<number> {
  if (!HAS_PROCESS_TABLE) return 0;
  const orphans = await findProcesses(async (pid) => {
    const tag = await environmentVariable(pid, PROCESS_TAG);
    return tag !== undefined && (await isOrphan(tag));
  });
  for (const pid of orphans) killProcess(pid);
  return orphans.length;
}

export function killProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended by itself between being found and being killed.
  }
}

async function isOrphan(tag: string): Promise<boolean> {
  const [namespace, pid, startedAt] = tag.split('.');
  if (namespace === undefined || namespace !== (await pidNamespace())) return false;
  const worker = await processEntry(Number(pid));
  return !isRunning(worker) || worker.startedAt !== startedAt;
}

async function workerMark(pid: number): Promise<string[]> {
  return [await pidNamespace(), String(pid), (await processEntry(pid))?.startedAt ?? '0'];
}

/** The number of the namespace in which process ids mean what they mean here. */
async function pidNamespace(): Promise<string> {
  const link = await readlink('/proc/self/ns/pid').catch(() => '');
  return /\d+/.exec(link)?.[0] ?? 'none';
}
