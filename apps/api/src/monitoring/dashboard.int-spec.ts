import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#database';
import type { DashboardFigures } from '#monitoring';
import { createJob, laterJob, WEEKLY_REPORT } from '../testing/job-fixtures.js';
import { createTestApi, type TestAccount, type TestApi } from '../testing/test-api.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

interface Ended {
  status: 'completed' | 'failed' | 'timed_out' | 'running' | 'skipped';
  agoMs: number;
  tookMs?: number;
}

/** An execution that was due some time ago and began 40 ms late. */
async function store(dataSource: DataSource, jobId: string, { status, agoMs, tookMs = 0 }: Ended) {
  const id = newId();
  await dataSource.query(
    `INSERT INTO executions (id, scheduled_for, job_id, type, trigger, status, effective_at, due_at, attempt,
       max_attempts, started_at, finished_at, lease_until, error)
     SELECT $1, at, $2, 'http', 'manual', $3::varchar, at, at, 1, 4,
       CASE WHEN $3 <> 'skipped' THEN at + interval '40 ms' END,
       CASE WHEN $3 <> 'running' THEN at + interval '40 ms' + $5 * interval '1 ms' END,
       CASE WHEN $3 = 'running' THEN now() + interval '1 hour' END,
       CASE WHEN $3 IN ('failed', 'timed_out') THEN '{"code":"HTTP_STATUS","message":"503","retryable":true}'::jsonb END
     FROM (SELECT date_trunc('milliseconds', now()) - $4 * interval '1 ms' AS at) AS moment`,
    [id, jobId, status, agoMs, tookMs],
  );
  return id;
}

describe('GET /monitoring/dashboard', () => {
  let api: TestApi;
  let user: TestAccount;
  let other: TestAccount;
  let admin: TestAccount;
  let weekly: string;
  let failure: string;

  beforeAll(async () => {
    api = await createTestApi();
    [user, other, admin] = [
      await api.createAccount(),
      await api.createAccount(),
      await api.createAccount('admin'),
    ];
    weekly = (await createJob(api, user.accessToken, WEEKLY_REPORT)).id;
    const mended = (await createJob(api, user.accessToken, laterJob({ name: 'Mended' }))).id;
    const foreign = (await createJob(api, other.accessToken, laterJob({ name: 'Foreign' }))).id;
    await store(api.dataSource, weekly, { status: 'completed', agoMs: HOUR_MS, tookMs: 100 });
    await store(api.dataSource, weekly, { status: 'completed', agoMs: HOUR_MS / 2, tookMs: 300 });
    await store(api.dataSource, weekly, { status: 'skipped', agoMs: HOUR_MS / 4 });
    await store(api.dataSource, weekly, { status: 'failed', agoMs: 1_000, tookMs: 200 });
    failure = await store(api.dataSource, weekly, { status: 'timed_out', agoMs: 500, tookMs: 400 });
    await store(api.dataSource, weekly, { status: 'running', agoMs: 2 * DAY_MS });
    await store(api.dataSource, mended, { status: 'failed', agoMs: 3 * DAY_MS, tookMs: 1 });
    await store(api.dataSource, mended, { status: 'completed', agoMs: 2 * DAY_MS, tookMs: 1 });
    await store(api.dataSource, foreign, { status: 'completed', agoMs: 0, tookMs: 1_000 });
  });

  afterAll(() => api.close());

  const figures = async ({ accessToken }: TestAccount, query = ''): Promise<DashboardFigures> => {
    const { status, body } = await api.request(`GET /monitoring/dashboard${query}`, { token: accessToken });
    expect(status).toBe(200);
    return (body as { data: DashboardFigures }).data;
  };

  it("counts a user's own jobs by status and type", async () => {
    const { jobs } = await figures(user);
    expect(jobs).toEqual({
      total: 2,
      byStatus: { active: 2, paused: 0, completed: 0, cancelled: 0, failed: 0 },
      byType: { http: 1, webhook: 0, script: 0, email: 0, custom: 1 },
    });
  });

  it('tells how the last day went, in milliseconds and rates', async () => {
    expect((await figures(user)).executions24h).toEqual({
      total: 5,
      completed: 2,
      failed: 2,
      running: 1,
      successRate: 0.5,
      failureRate: 0.5,
      avgDurationMs: 250,
      p95DurationMs: 400,
    });
  });

  it('has no rates where nothing ended', async () => {
    const nobody = await api.createAccount();
    expect((await figures(nobody)).executions24h).toEqual({
      total: 0,
      completed: 0,
      failed: 0,
      running: 0,
      successRate: null,
      failureRate: null,
      avgDurationMs: null,
      p95DurationMs: null,
    });
  });

  it('names the next runs, soonest first', async () => {
    const { upcoming } = await figures(user);
    expect(upcoming.map(({ name }) => name)).toEqual(['Send Weekly Report', 'Mended']);
    expect(upcoming[0]).toEqual({
      jobId: weekly,
      name: 'Send Weekly Report',
      type: 'http',
      timezone: 'America/New_York',
      nextRunAt: expect.stringMatching(/T1[34]:00:00\.000Z$/) as string,
    });
  });

  it('asks attention for jobs whose latest execution failed, not for those that recovered', async () => {
    expect((await figures(user)).attention).toEqual([
      {
        jobId: weekly,
        name: 'Send Weekly Report',
        type: 'http',
        jobStatus: 'active',
        executionId: failure,
        status: 'timed_out',
        failedAt: expect.stringMatching(/Z$/) as string,
        error: { code: 'HTTP_STATUS', message: '503', retryable: true },
        failures: 2,
      },
    ]);
  });

  it('has a day of the trend for each day asked for, also those without executions', async () => {
    const { trend } = await figures(user, '?days=5');
    expect(trend).toHaveLength(5);
    const days = trend.map(({ date }) => Date.parse(date));
    expect(days.slice(1).map((day, index) => day - (days[index] ?? 0))).toEqual(Array(4).fill(DAY_MS));
    expect(trend.reduce((sum, { completed, failed }) => sum + completed + failed, 0)).toBe(6);
    expect((await figures(user)).trend).toHaveLength(7);
  });

  it("shows a user nothing of others', and an admin everything", async () => {
    expect((await figures(other)).executions24h).toMatchObject({ total: 1, completed: 1, failed: 0 });
    expect((await figures(other)).attention).toEqual([]);
    const all = await figures(admin);
    expect(all.jobs.total).toBe(3);
    expect(all.executions24h).toMatchObject({ total: 6, completed: 3, failed: 2, running: 1 });
    expect(all.attention.map(({ jobId }) => jobId)).toEqual([weekly]);
  });

  it.each(['0', '91', 'many', '-1', ''])('refuses %j days', async (days) => {
    const answer = await api.request(`GET /monitoring/dashboard?days=${days}`, { token: user.accessToken });
    expect(answer.fault).toEqual({ status: 400, code: 'VALIDATION_FAILED', fields: ['days'] });
  });

  it('asks for a token', async () => {
    const answer = await api.request('GET /monitoring/dashboard');
    expect(answer.fault).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
  });
});
