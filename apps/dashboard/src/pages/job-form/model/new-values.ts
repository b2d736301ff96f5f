import type { JobType } from '#client';
import type { FormValues, PayloadValues } from './form-values.js';

/** The form of a new job. */
export function newValues(timezone: string): FormValues {
  return {
    basics: { name: '', description: '', tags: [] },
    schedule: {
      scheduleType: 'recurring',
      scheduledAt: null,
      cronExpression: '0 9 * * *',
      every: 3_600_000,
      timezone,
      dstGap: 'shift',
      dstOverlap: 'first',
      startsAt: null,
      endsAt: null,
      maxRuns: null,
      jitter: null,
      calendars: [],
      after: [],
    },
    payload: newPayload('http'),
    retries: {
      maxRetries: null,
      retryDelay: null,
      strategy: 'exponential',
      factor: 5,
      maxDelay: 86_400_000,
      jitter: 0,
      timeout: 30_000,
      priority: 0,
    },
    policies: {
      overlapPolicy: 'skip',
      maxConcurrency: null,
      misfirePolicy: 'fire_once',
      catchupWindow: 86_400_000,
      pauseAfterFailures: null,
    },
    notifications: {
      onFailure: undefined,
      onSuccess: undefined,
      onRecovered: undefined,
      afterFailures: null,
      email: '',
      webhookUrl: '',
      webhookSecret: '',
      slackUrl: '',
    },
  };
}

/** Empty fields of every type. */
export function newPayload(type: JobType): PayloadValues {
  return {
    type,
    isRaw: false,
    raw: '{}',
    http: {
      method: 'GET',
      url: '',
      headers: [],
      bodyKind: 'none',
      body: '',
      expectedStatus: [],
      timeout: null,
    },
    webhook: { url: '', data: '{}', secret: '', headers: [], timeout: null },
    script: { command: '', args: '', cwd: '', env: [], stdin: '', timeout: null },
    email: { to: [], cc: [], bcc: [], subject: '', text: '', html: '' },
    custom: { handler: '', data: '' },
    secretFields: [],
  };
}
