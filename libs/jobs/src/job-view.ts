import type { ExecutionStatus, JobNotifications, JobStatus, JsonObject } from '#contracts';
import type { JobDefinition } from './job-definition.js';
import type { JobEntity } from './entities/job.entity.js';
import { definitionOf } from './job-definition.js';

/** A job as a client sees it: secrets masked, times as ISO 8601, durations in milliseconds. */
export interface JobView extends Omit<
  JobDefinition,
  'retryDelayMs' | 'timeoutMs' | 'catchupWindowMs' | 'notifications'
> {
  id: string;
  ownerId: string;
  retryDelay: number;
  timeout: number;
  catchupWindow: number;
  notifications: JobNotifications;
  status: JobStatus;
  statusReason: string | null;
  /** null: nothing to come, or paused. */
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

/** @param mask hides the secrets of what is stored */
export function jobView(
  job: JobEntity,
  mask: (stored: JsonObject) => JsonObject,
  lastRun: LastRun | undefined,
): JobView {
  const { retryDelayMs, timeoutMs, catchupWindowMs, ...definition } = definitionOf(job);
  return {
    id: job.id,
    ownerId: job.ownerId,
    ...definition,
    payload: mask(job.payload),
    notifications: mask(job.notifications),
    retryDelay: retryDelayMs,
    timeout: timeoutMs,
    catchupWindow: catchupWindowMs,
    status: job.status,
    statusReason: job.statusReason,
    nextRunAt: job.status === 'active' ? (job.nextRunAt?.toISOString() ?? null) : null,
    lastRunAt: lastRun?.at?.toISOString() ?? null,
    lastStatus: lastRun?.status ?? null,
    version: job.version,
    createdAt: job.createdAt.toISOString(),
    updatedAt: job.updatedAt.toISOString(),
  };
}
