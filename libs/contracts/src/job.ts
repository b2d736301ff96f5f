export const JOB_TYPES = ['http', 'webhook', 'script', 'email', 'custom'] as const;
export type JobType = (typeof JOB_TYPES)[number];

export const SCHEDULE_TYPES = ['immediate', 'scheduled', 'recurring', 'interval', 'chained'] as const;
export type ScheduleType = (typeof SCHEDULE_TYPES)[number];

/** Does a job of this type run again and again: by times of its own, or after others? The rest end with their one execution. */
export function isRepeating(scheduleType: ScheduleType): boolean {
  return isPeriodic(scheduleType) || scheduleType === 'chained';
}

/** Does a job of this type have times of its own without end, by cron or in even steps? */
export function isPeriodic(scheduleType: ScheduleType): boolean {
  return scheduleType === 'recurring' || scheduleType === 'interval';
}

/** How a job that another one runs after must have ended; `any`: it is over, whichever way, skipped and missed included. */
export const CHAIN_CONDITIONS = ['completed', 'failed', 'any'] as const;
export type ChainCondition = (typeof CHAIN_CONDITIONS)[number];

/** A job that another one runs after: its parent. */
export interface ChainLink {
  jobId: string;
  on: ChainCondition;
}

/**
 * `active`: will run, or runs. `paused`: waits for a resume. `completed`, `failed`: a one-off job whose
 * execution has ended that way, or a recurring one with nothing left to come. `cancelled`: ended for good by a person.
 */
export const JOB_STATUSES = ['active', 'paused', 'completed', 'cancelled', 'failed'] as const;
export type JobStatus = (typeof JOB_STATUSES)[number];

/**
 * What happens to an occurrence that comes due while an earlier execution of the job is not over: it is not run; it waits,
 * if it is the only one (`buffer_one`) or with any number (`buffer_all`); the earlier one is cancelled and its end waited
 * for, or ended at once; or both run.
 */
export const OVERLAP_POLICIES = [
  'skip',
  'buffer_one',
  'buffer_all',
  'cancel_other',
  'terminate_other',
  'allow_all',
] as const;
export type OverlapPolicy = (typeof OVERLAP_POLICIES)[number];

/**
 * What happens to occurrences nobody could run at their time (scheduler or database down): `fire_once` runs the latest,
 * `fire_all` each, oldest first, `skip` none.
 */
export const MISFIRE_POLICIES = ['fire_once', 'fire_all', 'skip'] as const;
export type MisfirePolicy = (typeof MISFIRE_POLICIES)[number];

/** What a fixed local time that a zone change skips becomes. */
export const DST_GAP_POLICIES = ['shift', 'skip'] as const;
export type DstGapPolicy = (typeof DST_GAP_POLICIES)[number];

/** Which of a fixed local time's two instants fires when a zone change repeats it. */
export const DST_OVERLAP_POLICIES = ['first', 'both'] as const;
export type DstOverlapPolicy = (typeof DST_OVERLAP_POLICIES)[number];

/** How long the texts of a job may be, and how many tags it may have. */
export const JOB_LIMITS = { name: 200, tags: 20, tag: 50 } as const;

export const BACKOFF_STRATEGIES = ['exponential', 'linear', 'fixed'] as const;
export type BackoffStrategy = (typeof BACKOFF_STRATEGIES)[number];

/** How long to wait between the attempts of one execution. */
export interface BackoffPolicy {
  strategy: BackoffStrategy;
  /** Base of the exponential strategy; at least 1. */
  factor: number;
  /** Upper bound of one wait, in milliseconds. */
  maxDelay: number;
  /** Share of each wait drawn at random and taken off, 0 (none) to 1 (full jitter). */
  jitter: number;
}

/** 5 s, 25 s, 125 s with the default `retryDelay` (spec, "Retry Strategy"); never more than a day. */
export const DEFAULT_BACKOFF: BackoffPolicy = {
  strategy: 'exponential',
  factor: 5,
  maxDelay: 86_400_000,
  jitter: 0,
};

/** The roles a worker process can take on: `execute` runs jobs, `plan` plans, dispatches and reconciles, `notify` sends notifications. */
export const WORKER_ROLES = ['execute', 'plan', 'notify'] as const;
export type WorkerRole = (typeof WORKER_ROLES)[number];
