import type { CreateJobDto, FieldFaultDto, NotificationsDto } from '#client';
import type { FormValues, NotificationValues, ScheduleValues } from './form-values.js';
import { toPayload } from './to-payload.js';

/** A job as the API takes it. What is emptied is null where the API empties a field by null, else left out. */
export type JobRequest = CreateJobDto;

/** What the form says, and what of it cannot be read (JSON that is none, a header given twice). */
export function toRequest(values: FormValues): { request: JobRequest; faults: FieldFaultDto[] } {
  const faults: FieldFaultDto[] = [];
  const { basics, schedule, payload, retries, policies, notifications } = values;
  const request: JobRequest = {
    name: basics.name.trim(),
    description: basics.description === '' ? null : basics.description,
    tags: basics.tags,
    type: payload.type,
    payload: toPayload(payload, faults),
    secretFields: payload.secretFields,
    ...scheduleOf(schedule),
    maxRetries: retries.maxRetries ?? undefined,
    retryDelay: retries.retryDelay ?? undefined,
    backoff: {
      strategy: retries.strategy,
      factor: retries.factor ?? undefined,
      maxDelay: retries.maxDelay ?? undefined,
      jitter: retries.jitter ?? undefined,
    },
    timeout: retries.timeout ?? undefined,
    priority: retries.priority ?? undefined,
    overlapPolicy: policies.overlapPolicy,
    maxConcurrency: policies.overlapPolicy === 'allow_all' ? policies.maxConcurrency : null,
    misfirePolicy: policies.misfirePolicy,
    catchupWindow: policies.catchupWindow ?? undefined,
    pauseAfterFailures: isRepeating(schedule) ? policies.pauseAfterFailures : null,
    notifications: notificationsOf(notifications),
  };
  return { request: withoutGaps(request), faults };
}

type Kind = Pick<ScheduleValues, 'scheduleType'>;

/** Has it times of its own without end? */
export function isPeriodic({ scheduleType }: Kind): boolean {
  return scheduleType === 'recurring' || scheduleType === 'interval';
}

/** Does it run again and again, by times of its own or after others? */
export function isRepeating(kind: Kind): boolean {
  return isPeriodic(kind) || kind.scheduleType === 'chained';
}

/** Is all there that says at which times it runs again and again? */
export function hasAllTimes({ scheduleType, cronExpression, every }: ScheduleValues): boolean {
  if (scheduleType === 'recurring') return cronExpression.trim() !== '';
  return scheduleType === 'interval' && every !== null;
}

type ScheduleFields =
  | 'scheduleType'
  | 'scheduledAt'
  | 'cronExpression'
  | 'every'
  | 'timezone'
  | 'dstGap'
  | 'dstOverlap'
  | 'startsAt'
  | 'endsAt'
  | 'maxRuns'
  | 'jitter'
  | 'calendars'
  | 'after';

/** The part of a request that says when the job runs. */
export function scheduleOf(schedule: ScheduleValues): Pick<JobRequest, ScheduleFields> {
  const { scheduleType, scheduledAt, cronExpression, every, timezone, dstGap, dstOverlap } = schedule;
  const hasTimes = isPeriodic(schedule);
  return {
    scheduleType,
    scheduledAt: scheduleType === 'scheduled' ? (scheduledAt ?? undefined) : undefined,
    cronExpression: scheduleType === 'recurring' ? cronExpression.trim() : undefined,
    every: scheduleType === 'interval' ? (every ?? undefined) : undefined,
    timezone,
    dstGap,
    dstOverlap,
    startsAt: hasTimes ? schedule.startsAt : null,
    endsAt: hasTimes ? schedule.endsAt : null,
    maxRuns: hasTimes ? schedule.maxRuns : null,
    jitter: hasTimes ? (schedule.jitter ?? 0) : 0,
    calendars: scheduleType === 'scheduled' || hasTimes ? schedule.calendars : [],
    after: scheduleType === 'chained' ? schedule.after : [],
  };
}

function notificationsOf(values: NotificationValues): NotificationsDto {
  const { onFailure, onSuccess, onRecovered, afterFailures, email } = values;
  const [webhookUrl, slackUrl] = [values.webhookUrl.trim(), values.slackUrl.trim()];
  const secret = values.webhookSecret === '' ? undefined : values.webhookSecret;
  return withoutGaps({
    onFailure,
    onSuccess,
    onRecovered,
    afterFailures: afterFailures ?? undefined,
    email: email.trim() === '' ? undefined : email.trim(),
    webhook: webhookUrl === '' && secret === undefined ? undefined : withoutGaps({ url: webhookUrl, secret }),
    slack: slackUrl === '' ? undefined : { url: slackUrl },
  });
}

function withoutGaps<Value extends object>(value: Value): Value {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as Value;
}

/** Without what the API takes anyway where it is not said. */
export function withoutDefaults(request: JobRequest): JobRequest {
  return Object.fromEntries(
    Object.entries(request).flatMap(([key, value]: [string, unknown]) => {
      if (value === null || isEmpty(value)) return key === 'payload' ? [[key, value]] : [];
      if (key === 'backoff') {
        const own = Object.entries(value as object).filter(([part, one]) => BACKOFF[part] !== one);
        return own.length === 0 ? [] : [[key, Object.fromEntries(own)]];
      }
      return DEFAULTS[key] === value ? [] : [[key, value]];
    }),
  ) as unknown as JobRequest;
}

const BACKOFF: Record<string, unknown> = {
  strategy: 'exponential',
  factor: 5,
  maxDelay: 86_400_000,
  jitter: 0,
};

/** Of `POST /jobs`; those an installation sets for itself are not among them. */
const DEFAULTS: Record<string, unknown> = {
  timezone: 'UTC',
  dstGap: 'shift',
  dstOverlap: 'first',
  jitter: 0,
  timeout: 30_000,
  priority: 0,
  overlapPolicy: 'skip',
  misfirePolicy: 'fire_once',
  catchupWindow: 86_400_000,
};

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}
