/**
 * The life of an execution: `scheduled -> queued -> running -> completed | failed | timed_out | cancelled`,
 * with `running -> retrying -> queued` between attempts. `skipped` and `missed` are occurrences that never
 * ran, kept with the reason why.
 */
export const EXECUTION_STATUSES = [
  'scheduled',
  'queued',
  'running',
  'retrying',
  'completed',
  'failed',
  'cancelled',
  'timed_out',
  'skipped',
  'missed',
] as const;
export type ExecutionStatus = (typeof EXECUTION_STATUSES)[number];

/** Statuses with something still to come. Everything else is final. */
export const LIVE_STATUSES = [
  'scheduled',
  'queued',
  'running',
  'retrying',
] as const satisfies ExecutionStatus[];

export function isLive(status: ExecutionStatus): boolean {
  return (LIVE_STATUSES as readonly ExecutionStatus[]).includes(status);
}

/** What brought an execution into being. */
export const EXECUTION_TRIGGERS = ['schedule', 'manual', 'retry', 'backfill', 'api', 'chain'] as const;
export type ExecutionTrigger = (typeof EXECUTION_TRIGGERS)[number];

/** Why an occurrence did not run, or why an execution was cancelled. */
export const EXECUTION_REASONS = [
  'overlap',
  'catchup_window',
  'policy',
  'cap',
  'dst_gap',
  'blackout',
  'review',
  'job_cancelled',
  'job_deleted',
  'cancelled_by_user',
  'system_paused',
  'parent_outcome',
  'parent_not_run',
  'paused',
] as const;
export type ExecutionReason = (typeof EXECUTION_REASONS)[number];

/** Why an occurrence that nothing ran at its time was not caught up with: the part of the misfire rules that said so. */
export const MISS_REASONS = ['catchup_window', 'policy', 'cap'] as const satisfies ExecutionReason[];
export type MissReason = (typeof MISS_REASONS)[number];

/** Why a stretch of nominal times has no single rows. */
export const GAP_REASONS = ['paused', 'system_paused', 'scheduler_down', 'job_ended', 'blackout'] as const;
export type GapReason = (typeof GAP_REASONS)[number];

/** How an attempt failed, as stored and as shown. */
export interface ExecutionError {
  /** A stable upper-case word: `HTTP_STATUS`, `TIMEOUT`, `NETWORK`, `EXIT_CODE`, `WORKER_LOST`, ... */
  code: string;
  message: string;
  retryable: boolean;
}

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** An execution that began later than this after it was due is shown as late, in milliseconds. */
export const LATE_AFTER_MS = 10_000;
