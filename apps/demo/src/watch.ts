import { setTimeout as sleep } from 'node:timers/promises';
import type { Api } from './instance.js';
import type { DemoJob } from './scenario.js';

export interface Execution {
  id: string;
  scheduledFor: string;
  startedAt: string | null;
  status: string;
  latenessMs: number | null;
  attempt: number;
  error: { message: string } | null;
}

/** One line of the closing table. */
export interface Finding {
  job: DemoJob;
  execution: Execution | undefined;
  fault: string | undefined;
}

const OVER = new Set(['completed', 'failed', 'cancelled', 'timed_out', 'skipped', 'missed']);
const POLL_MS = 150;

/** Waits until a job's executions are over, and says of each whether it ended as it must. */
export async function watch(api: Api, job: DemoJob, jobId: string, timeoutMs: number): Promise<Finding[]> {
  const end = performance.now() + timeoutMs;
  for (;;) {
    const executions = await api.get<Execution[]>(`/jobs/${jobId}/executions?limit=50`);
    const over = executions.filter(({ status }) => OVER.has(status)).toReversed();
    if (over.length >= job.runs) return over.slice(0, job.runs).map((execution) => judge(job, execution));
    if (performance.now() > end) {
      const last = executions.at(0);
      return [{ job, execution: last, fault: `not over after ${timeoutMs / 1_000} s` }];
    }
    await sleep(POLL_MS);
  }
}

function judge(job: DemoJob, execution: Execution): Finding {
  const faults: string[] = [];
  if (execution.status !== 'completed')
    faults.push(`must complete: ${execution.error?.message ?? execution.status}`);
  if (execution.attempt !== job.attempts) faults.push(`must take ${job.attempts} attempts`);
  if (execution.latenessMs !== null && execution.latenessMs < 0) faults.push('began before its time');
  return { job, execution, fault: faults.length > 0 ? faults.join('; ') : undefined };
}

/** Waits until the victim's script has said who runs it. */
export async function workerPidOf(api: Api, jobId: string): Promise<number> {
  for (;;) {
    const lines = await api.get<{ message: string }[]>(`/jobs/${jobId}/logs`);
    const pid = lines
      .map(({ message }) => /^worker pid (\d+)$/.exec(message)?.[1])
      .find((found) => found !== undefined);
    if (pid) return Number(pid);
    await sleep(POLL_MS);
  }
}
