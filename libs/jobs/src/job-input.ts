import type {
  BackoffPolicy,
  ChainCondition,
  DstGapPolicy,
  DstOverlapPolicy,
  JobNotifications,
  JobType,
  JsonObject,
  MisfirePolicy,
  OverlapPolicy,
  ScheduleType,
} from '#contracts';

/** A job to run after. */
export interface ChainInput {
  jobId: string;
  /** How it must have ended; default `completed`. */
  on?: ChainCondition;
}

/** What a client can say about when a job runs. */
export interface ScheduleInput {
  scheduleType?: ScheduleType;
  scheduledAt?: Date;
  cronExpression?: string;
  /** IANA name; default UTC. */
  timezone?: string;
  dstGap?: DstGapPolicy;
  dstOverlap?: DstOverlapPolicy;
  /** For interval schedules, in milliseconds. */
  every?: number;
  /** For chained jobs: all of these must have ended as asked, for the same nominal time or trigger. */
  after?: ChainInput[];
  startsAt?: Date | null;
  endsAt?: Date | null;
}

/** What a client can change of a job; what is left out stays. Durations in milliseconds. */
export interface JobPatch extends ScheduleInput {
  name?: string;
  description?: string | null;
  type?: JobType;
  payload?: JsonObject;
  /** Paths within the payload to keep secret, e.g. `body.apiKey`. */
  secretFields?: string[];
  maxRetries?: number;
  retryDelay?: number;
  backoff?: Partial<BackoffPolicy>;
  timeout?: number;
  priority?: number;
  tags?: string[];
  notifications?: JobNotifications;
  overlapPolicy?: OverlapPolicy;
  maxConcurrency?: number | null;
  misfirePolicy?: MisfirePolicy;
  catchupWindow?: number;
  maxRuns?: number | null;
  jitter?: number;
  pauseAfterFailures?: number | null;
  /** Ids of calendars that say when it does not run. */
  calendars?: string[];
}

export interface JobInput extends JobPatch {
  name: string;
  type: JobType;
  payload: JsonObject;
  scheduleType: ScheduleType;
}
