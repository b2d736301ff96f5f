import type { JobDto } from '#client';
import type { FormValues, PayloadValues } from './form-values.js';
import { fromPayload } from './from-payload.js';
import { print } from './json-text.js';
import { newPayload } from './new-values.js';

/** What a job's form shows of it: all that can be set. */
export type JobDefinition = Omit<
  JobDto,
  | 'id'
  | 'ownerId'
  | 'status'
  | 'statusReason'
  | 'nextRunAt'
  | 'lastRunAt'
  | 'lastStatus'
  | 'version'
  | 'createdAt'
  | 'updatedAt'
>;

/** A job in the form. What it says again (`toRequest`) is the job as it was. */
export function fromJob(job: JobDefinition): FormValues {
  const { strategy, factor, maxDelay, jitter } = job.backoff;
  const { onFailure, onSuccess, onRecovered, afterFailures, email, webhook, slack } = job.notifications;
  return {
    basics: { name: job.name, description: job.description ?? '', tags: job.tags },
    schedule: {
      scheduleType: job.scheduleType,
      scheduledAt: job.scheduledAt,
      cronExpression: job.cronExpression ?? '',
      every: job.every,
      timezone: job.timezone,
      dstGap: job.dstGap,
      dstOverlap: job.dstOverlap,
      startsAt: job.startsAt,
      endsAt: job.endsAt,
      maxRuns: job.maxRuns,
      jitter: job.jitter,
      calendars: job.calendars,
      after: job.after,
    },
    payload: payloadOf(job),
    retries: {
      maxRetries: job.maxRetries,
      retryDelay: job.retryDelay,
      strategy,
      factor,
      maxDelay,
      jitter,
      timeout: job.timeout,
      priority: job.priority,
    },
    policies: {
      overlapPolicy: job.overlapPolicy,
      maxConcurrency: job.maxConcurrency,
      misfirePolicy: job.misfirePolicy,
      catchupWindow: job.catchupWindow,
      pauseAfterFailures: job.pauseAfterFailures,
    },
    notifications: {
      onFailure,
      onSuccess,
      onRecovered,
      afterFailures: afterFailures ?? null,
      email: email ?? '',
      webhookUrl: webhook?.url ?? '',
      webhookSecret: webhook?.secret ?? '',
      slackUrl: slack?.url ?? '',
    },
  };
}

function payloadOf({ type, payload, secretFields }: JobDefinition): PayloadValues {
  const fields = fromPayload(type, payload);
  const rest = fields ?? { isRaw: true, raw: print(payload) };
  return { ...newPayload(type), ...rest, secretFields };
}
