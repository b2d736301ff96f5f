import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { AttemptAborted } from '#contracts';
import { isGroupAlive, killLeftovers, signalGroup } from './leftover-processes.js';
import type { ScriptIdentity } from './script-identity.js';

export interface ProcessPlan {
  /** Absolute path of the program. */
  file: string;
  args: string[];
  cwd: string;
  env: Record<string, string>;
  stdin: string;
  identity: ScriptIdentity | undefined;
  /** In `env` as `CHRONOS_PROCESS_TAG`. */
  tag: string;
}

export interface ProcessWatch {
  signal: AbortSignal;
  /** From SIGTERM to SIGKILL after an abort, in milliseconds. */
  graceMs: number;
  onStdout: (chunk: Buffer) => void;
  onStderr: (chunk: Buffer) => void;
  /** The process group, for as long as it may hold somebody. */
  onGroup: (groupId: number, isAlive: boolean) => void;
}

export interface ProcessEnd {
  exitCode: number | null;
  signal: NodeJS.Signals | null;
}

/** How long pipes may stay open once everybody known to hold them is dead, in milliseconds. */
const PIPE_GRACE_MS = 1_000;

/** How soon a group that was told to stop is looked at, and how long between looks at most, in milliseconds. */
const FIRST_LOOK_MS = 5;
const MAX_LOOK_MS = 200;

/**
 * Runs a program in a process group of its own and waits until nothing of it is left. After an abort the group gets
 * SIGTERM, and SIGKILL once the grace is over; after a normal end the members that stayed get SIGKILL at once.
 *
 * @throws the error of `spawn` when it cannot be started; the signal's reason when it was told to stop, whatever
 *   its exit code then: a program that ends well on SIGTERM has not done its work.
 */
export async function runProcess(plan: ProcessPlan, watch: ProcessWatch): Promise<ProcessEnd> {
  watch.signal.throwIfAborted();
  const { file, args, cwd, env, identity } = plan;
  const child = spawn(file, args, { cwd, env, detached: true, stdio: 'pipe', shell: false, ...identity });
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const exited = exitOf(child);
  child.stdout.on('data', watch.onStdout);
  child.stderr.on('data', watch.onStderr);
  // EPIPE: a program may end without having read its input.
  child.stdin.on('error', () => {});
  child.stdin.end(plan.stdin);

  const groupId = child.pid;
  if (groupId === undefined) {
    await exited;
    throw new Error('A process without an id has exited.');
  }
  watch.onGroup(groupId, true);
  const stop = stopOnAbort(groupId, watch);
  try {
    const end = await exited;
    const wasTold = stop.wasTold();
    await stop.settled();
    await killLeftovers(groupId, plan.tag);
    await Promise.race([closed, delay(PIPE_GRACE_MS, undefined, { ref: false })]);
    if (wasTold) throw watch.signal.reason;
    return end;
  } finally {
    stop.dispose();
    for (const pipe of [child.stdin, child.stdout, child.stderr]) pipe.destroy();
    watch.onGroup(groupId, false);
  }
}

function exitOf(child: ChildProcessWithoutNullStreams): Promise<ProcessEnd> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (exitCode, signal) => resolve({ exitCode, signal }));
  });
}

/**
 * Ends the group when the signal says so: SIGTERM at once, SIGKILL when somebody is left after the grace. What has been
 * terminated has none.
 */
function stopOnAbort(groupId: number, { signal, graceMs }: ProcessWatch) {
  let stopping: Promise<void> | undefined;
  const onAbort = () => {
    const reason: unknown = signal.reason;
    const isTerminated = reason instanceof AttemptAborted && reason.kind === 'terminated';
    stopping = terminateGroup(groupId, isTerminated ? 0 : graceMs);
  };
  signal.addEventListener('abort', onAbort, { once: true });
  return {
    wasTold: () => stopping !== undefined,
    settled: async () => stopping,
    dispose: () => signal.removeEventListener('abort', onAbort),
  };
}

async function terminateGroup(groupId: number, graceMs: number): Promise<void> {
  signalGroup(groupId, 'SIGTERM');
  const killAt = performance.now() + graceMs;
  for (
    let pauseMs = FIRST_LOOK_MS;
    await isGroupAlive(groupId);
    pauseMs = Math.min(pauseMs * 2, MAX_LOOK_MS)
  ) {
    const leftMs = killAt - performance.now();
    if (leftMs <= 0) {
      signalGroup(groupId, 'SIGKILL');
      return;
    }
    await delay(Math.min(pauseMs, leftMs));
  }
}
