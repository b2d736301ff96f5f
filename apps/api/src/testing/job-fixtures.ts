import type { DataSource } from 'typeorm';
import type { NotificationChannelName, NotificationStatus } from '#contracts';
import { newId } from '#database';
import type { TestApi, TestAnswer } from './test-api.js';

/** The document of the requirements, "Create Job", as it stands there. */
export const WEEKLY_REPORT = {
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
  timeout: 30000,
};

/** A job that runs once, at a time far off, and does nothing. */
export function laterJob(overrides: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    name: 'Later',
    type: 'custom',
    scheduleType: 'scheduled',
    scheduledAt: '2040-01-01T00:00:00Z',
    payload: { handler: 'noop' },
    ...overrides,
  };
}

/** A job's view as tests read it. */
export interface TestJob {
  id: string;
  version: number;
  status: string;
  payload: Record<string, unknown>;
  nextRunAt: string | null;
  createdAt: string;
  updatedAt: string;
  [field: string]: unknown;
}

export async function createJob(
  api: TestApi,
  token: string,
  body: Record<string, unknown> = laterJob(),
): Promise<TestJob> {
  const answer = await api.request('POST /jobs', { token, body });
  if (answer.status !== 201) throw new Error(`No job: ${JSON.stringify(answer.body)}`);
  return jobOf(answer);
}

export function jobOf({ body }: TestAnswer): TestJob {
  return (body as { data: TestJob }).data;
}

/** How many rows a table holds. */
export async function countOf(dataSource: DataSource, table: 'jobs' | 'executions' | 'job_versions') {
  const rows = (await dataSource.query(`SELECT count(*)::int FROM ${table}`)) as { count: number }[];
  return rows[0]?.count ?? 0;
}

export interface StoredExecution {
  status?: 'completed' | 'failed' | 'running' | 'queued' | 'scheduled' | 'retrying';
  scheduledFor?: string;
  attempts?: number;
  startedAt?: string;
  finishedAt?: string;
}

/** An execution as workers would have left it. */
export async function storeExecution(
  dataSource: DataSource,
  jobId: string,
  {
    status = 'completed',
    scheduledFor = '2030-01-01T00:00:00.000Z',
    attempts = 0,
    startedAt = '2030-01-01T00:00:00.010Z',
    finishedAt = '2030-01-01T00:00:01.010Z',
  }: StoredExecution = {},
): Promise<string> {
  const id = newId();
  const isOver = status === 'completed' || status === 'failed';
  await dataSource.query(
    `INSERT INTO executions (id, scheduled_for, job_id, type, trigger, status, effective_at, due_at, attempt,
       max_attempts, started_at, attempt_started_at, finished_at, lease_until, result)
     VALUES ($1, $2, $3, 'custom', 'schedule', $4, $2, $2, $5, 10, $6, $6, $7, $8, '{"ok":true}')`,
    [
      id,
      scheduledFor,
      jobId,
      status,
      attempts + (status === 'running' ? 1 : 0),
      startedAt,
      isOver ? finishedAt : null,
      status === 'running' ? '2050-01-01T00:00:00Z' : null,
    ],
  );
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const isLast = attempt === attempts && status === 'completed';
    await dataSource.query(
      `INSERT INTO execution_attempts (execution_id, scheduled_for, attempt, status, started_at, finished_at, error)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [
        id,
        scheduledFor,
        attempt,
        isLast ? 'completed' : 'failed',
        '2030-01-01T00:00:00.010Z',
        '2030-01-01T00:00:00.510Z',
        isLast ? null : JSON.stringify({ code: 'HTTP_STATUS', message: '503', retryable: true }),
      ],
    );
  }
  return id;
}

/** A misfire of a job that waits for a review, as a planner would have left it. */
export async function holdMisfire(
  dataSource: DataSource,
  jobId: string,
  scheduledFor = '2030-01-01T00:00:00.000Z',
): Promise<string> {
  const [reviewId, id] = [newId(), newId()];
  await dataSource.query(
    'INSERT INTO catchup_reviews (id, job_id, from_at, to_at, misfires) VALUES ($1, $2, $3, $3, 1)',
    [reviewId, jobId, scheduledFor],
  );
  await dataSource.query(
    `INSERT INTO executions (id, scheduled_for, job_id, type, trigger, status, effective_at, due_at, max_attempts, review_id)
     VALUES ($1, $2, $3, 'custom', 'schedule', 'scheduled', $2, 'infinity', 1, $4)`,
    [id, scheduledFor, jobId, reviewId],
  );
  return id;
}

export async function storeLog(
  dataSource: DataSource,
  jobId: string,
  line: { executionId?: string; level?: string; message: string },
): Promise<void> {
  await dataSource.query(
    `INSERT INTO job_logs (id, logged_at, job_id, execution_id, attempt, level, message)
     VALUES ($1, now(), $2, $3, 1, $4, $5)`,
    [newId(), jobId, line.executionId ?? newId(), line.level ?? 'info', line.message],
  );
}

export interface StoredNotification {
  channel?: NotificationChannelName;
  status?: NotificationStatus;
  error?: string | null;
}

/** A message of a job as workers would have left it: given up, unless said otherwise. Answers its id. */
export async function storeNotification(
  dataSource: DataSource,
  jobId: string,
  { channel = 'email', status = 'failed', error = null }: StoredNotification = {},
): Promise<string> {
  const id = newId();
  const target =
    channel === 'email'
      ? { address: 'ops@example.com' }
      : { url: 'https://hooks.example.com/chronos?key=abc' };
  await dataSource.query(
    `INSERT INTO notifications (id, job_id, execution_id, event, channel, payload, status, error, attempts, sent_at)
     VALUES ($1, $2, $3, 'failed', $4, $5, $6, $7, 3, $8)`,
    [
      id,
      jobId,
      newId(),
      channel,
      JSON.stringify({ notice: {}, target }),
      status,
      error,
      status === 'sent' ? new Date() : null,
    ],
  );
  return id;
}
