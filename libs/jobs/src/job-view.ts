import type { ChainLink, ExecutionStatus, JobNotifications, JobStatus, JsonObject } from '#contracts';
import type { JobDefinition } from './job-definition.js';
import type { JobEntity } from './entities/job.entity.js';
import { definitionOf } from './job-definition.js';
import { runsNextAt } from './schedule/next-run.js';

/** A job as a client sees it: secrets masked, times as ISO 8601, durations in milliseconds. */
export interface JobView extends Omit<
  JobDefinition,
  | 'retryDelayMs'
  | 'timeoutMs'
  | 'catchupWindowMs'
  | 'everyMs'
  | 'jitterMs'
  | 'notifications'
  | 'usedSecrets'
  | 'calendars'
  | 'after'
> {
  id: string;
  ownerId: string;
  retryDelay: number;
  timeout: number;
  catchupWindow: number;
  every: number | null;
  after: ChainLink[];
  jitter: number;
  notifications: JobNotifications;
  /** Ids of the calendars that say when it does not run. */
  calendars: string[];
  status: JobStatus;
  statusReason: string | null;
  /**
   * The next time it will run, whatever is skipped before, jitter left out; null: nothing to come, or it is paused, or
   * everything is.
   */
  nextRunAt: string | null;
  lastRunAt: string | null;
  lastStatus: ExecutionStatus | null;
  version: number;
  createdAt: string;
  updatedAt: string;
}

/** The newest execution of a job that began or ended. */
export interface LastRun {
  at: Date | null;
  status: ExecutionStatus;
}

/**
 * @param mask hides the secrets of what is stored
 * @param isHeld whether everything is paused
 */
export function jobView(
  job: JobEntity,
  mask: (stored: JsonObject) => JsonObject,
  { lastRun, isHeld }: { lastRun?: LastRun; isHeld: boolean },
): JobView {
  const { retryDelayMs, timeoutMs, catchupWindowMs, everyMs, jitterMs, ...definition } = definitionOf(job);
  // Of use to `GET /secrets`, which says it the other way round.
  delete definition.usedSecrets;
  return {
    id: job.id,
    ownerId: job.ownerId,
    ...definition,
    payload: mask(job.payload),
    notifications: mask(job.notifications),
    calendars: job.calendars,
    retryDelay: retryDelayMs,
    timeout: timeoutMs,
    catchupWindow: catchupWindowMs,
    every: everyMs,
    after: job.after.map(({ jobId, on }) => ({ jobId, on })),
    jitter: jitterMs,
    status: job.status,
    statusReason: job.statusReason,
    nextRunAt: isHeld ? null : nextRunOf(job),
    lastRunAt: lastRun?.at?.toISOString() ?? null,
    lastStatus: lastRun?.status ?? null,
    version: job.version,
    createdAt: job.createdAt.toISOString(),
    updatedAt: job.updatedAt.toISOString(),
  };
}

/** The ledger goes on with the next nominal time; a person wants to know of the next that is not skipped. */
export function nextRunOf(job: JobEntity): string | null {
  return job.status === 'active' ? (runsNextAt(job)?.toISOString() ?? null) : null;
}
