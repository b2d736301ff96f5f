import type {
  BackoffPolicy,
  DstGapPolicy,
  DstOverlapPolicy,
  JobType,
  JsonObject,
  MisfirePolicy,
  OverlapPolicy,
  ScheduleType,
} from '#contracts';
import type { StoredChainLink } from './chain/stored-chain-link.js';
import type { JobEntity } from './entities/job.entity.js';

/** All that a client can set of a job. Stored whole with each version; the payload's secrets are sealed. */
export interface JobDefinition {
  name: string;
  description: string | null;
  type: JobType;
  payload: JsonObject;
  secretFields: string[];
  /**
   * Named secrets the payload's templates use. Null, or missing in old versions: stored before there were templates, so
   * that braces in it mean nothing.
   */
  usedSecrets?: string[] | null;
  scheduleType: ScheduleType;
  scheduledAt: string | null;
  cronExpression: string | null;
  timezone: string;
  maxRetries: number;
  retryDelayMs: number;
  backoff: BackoffPolicy;
  timeoutMs: number;
  priority: number;
  tags: string[];
  /** `JobNotifications`, secrets sealed. */
  notifications: JsonObject;
  overlapPolicy: OverlapPolicy;
  /** Bounds `allow_all`; null for no bound. */
  maxConcurrency: number | null;
  misfirePolicy: MisfirePolicy;
  catchupWindowMs: number;
  dstGap: DstGapPolicy;
  dstOverlap: DstOverlapPolicy;
  /** For interval schedules: from one nominal time to the next, in milliseconds. */
  everyMs: number | null;
  /** What it runs after, for chained jobs. Versions stored before there were chains do not have it. */
  after?: StoredChainLink[];
  /** No nominal time before this one; intervals are counted from it. */
  startsAt: string | null;
  /** No nominal time after this one. */
  endsAt: string | null;
  /** After so many runs the job is completed. */
  maxRuns: number | null;
  /** How much later than its nominal time an occurrence may be due, in milliseconds. */
  jitterMs: number;
  /** So many failed executions in a row pause the job. */
  pauseAfterFailures: number | null;
  /** Ids of the calendars that say when it does not run. Missing in old versions: none. */
  calendars?: string[];
}

export function definitionOf(job: JobEntity): JobDefinition {
  return {
    name: job.name,
    description: job.description,
    type: job.type,
    payload: job.payload,
    secretFields: job.secretFields,
    usedSecrets: job.usedSecrets,
    scheduleType: job.scheduleType,
    scheduledAt: job.scheduledAt?.toISOString() ?? null,
    cronExpression: job.cronExpression,
    timezone: job.timezone,
    maxRetries: job.maxRetries,
    retryDelayMs: job.retryDelayMs,
    backoff: job.backoff,
    timeoutMs: job.timeoutMs,
    priority: job.priority,
    tags: job.tags,
    notifications: job.notifications,
    overlapPolicy: job.overlapPolicy,
    maxConcurrency: job.maxConcurrency,
    misfirePolicy: job.misfirePolicy,
    catchupWindowMs: job.catchupWindowMs,
    dstGap: job.dstGap,
    dstOverlap: job.dstOverlap,
    everyMs: job.everyMs,
    after: job.after,
    startsAt: job.startsAt?.toISOString() ?? null,
    endsAt: job.endsAt?.toISOString() ?? null,
    maxRuns: job.maxRuns,
    jitterMs: job.jitterMs,
    pauseAfterFailures: job.pauseAfterFailures,
    calendars: job.calendars,
  };
}

/** Do two definitions name the same calendars, in whatever order? */
export function isSameCalendars(a: JobDefinition, b: JobDefinition): boolean {
  const [one, other] = [new Set(a.calendars), new Set(b.calendars)];
  return one.size === other.size && [...one].every((id) => other.has(id));
}
