import type { CreateJobDto } from './create-job.dto.js';

type Example = Omit<CreateJobDto, 'scheduledAt'> & { scheduledAt?: string };

/** A job of each type and schedule, as the document shows them. */
export const JOB_EXAMPLES: Record<string, { summary: string; value: Example }> = {
  http: {
    summary: 'Call an API every Monday at 9 in New York',
    value: {
      name: 'Send Weekly Report',
      type: 'http',
      scheduleType: 'recurring',
      cronExpression: '0 9 * * 1',
      timezone: 'America/New_York',
      payload: {
        url: 'https://api.example.com/reports',
        method: 'POST',
        headers: { Authorization: 'Bearer api-key' },
        body: { type: 'weekly' },
      },
      maxRetries: 3,
      timeout: 30_000,
    },
  },
  webhook: {
    summary: 'Send a signed webhook now',
    value: {
      name: 'Announce completion',
      type: 'webhook',
      scheduleType: 'immediate',
      payload: {
        url: 'https://api.example.com/webhook',
        data: { event: 'job.completed' },
        secret: 'webhook-secret-key',
      },
    },
  },
  script: {
    summary: 'Run a program once, at a time to come',
    value: {
      name: 'Process data',
      type: 'script',
      scheduleType: 'scheduled',
      scheduledAt: '2030-12-31T23:59:59Z',
      payload: { command: 'node', args: ['scripts/process-data.js'], cwd: '/app', timeout: 60_000 },
    },
  },
  email: {
    summary: 'Write an e-mail on weekdays at 9',
    value: {
      name: 'Daily digest',
      type: 'email',
      scheduleType: 'recurring',
      cronExpression: '0 9 * * 1-5',
      payload: {
        to: 'user@example.com',
        subject: 'Weekly Report',
        text: 'Your weekly report is ready.',
        html: '<h1>Weekly Report</h1><p>Your report is ready.</p>',
      },
    },
  },
  interval: {
    summary: 'Run a handler every 90 minutes, ten times, starts spread over a minute',
    value: {
      name: 'Sync stock',
      type: 'custom',
      scheduleType: 'interval',
      every: 5_400_000,
      maxRuns: 10,
      jitter: 60_000,
      pauseAfterFailures: 3,
      payload: { handler: 'processData', data: { input: 'value' } },
    },
  },
  custom: {
    summary: 'Run a handler of your own every hour',
    value: {
      name: 'Process orders',
      type: 'custom',
      scheduleType: 'recurring',
      cronExpression: '@hourly',
      payload: { handler: 'processData', data: { input: 'value' } },
    },
  },
};

/** Changes of a job, as the document shows them. */
export const CHANGE_EXAMPLES = {
  some: { summary: 'Another name, more retries', value: { name: 'Updated Job Name', maxRetries: 5 } },
};
