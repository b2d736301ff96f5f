import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createJob, laterJob, storeExecution, type StoredExecution } from '../testing/job-fixtures.js';
import { createTestApi, type TestAccount, type TestAnswer, type TestApi } from '../testing/test-api.js';

const HOUR_MS = 3_600_000;
/** A whole hour, so that columns of an hour begin with hours. */
const HERE = Math.floor(Date.now() / HOUR_MS) * HOUR_MS;
const at = (hours: number, ms = 0) => new Date(HERE + hours * HOUR_MS + ms).toISOString();
const HOURLY = { scheduleType: 'recurring', cronExpression: '0 * * * *', scheduledAt: undefined };

describe('what pictures of jobs are drawn from', () => {
  let api: TestApi;
  let owner: TestAccount;
  let stranger: TestAccount;
  let admin: TestAccount;
  let hourly: string;
  let other: string;

  const store = (jobId: string, hours: number, run: StoredExecution & { tookMs?: number; lateMs?: number }) =>
    storeExecution(api.dataSource, jobId, {
      ...run,
      scheduledFor: at(hours),
      startedAt: at(hours, run.lateMs ?? 0),
      finishedAt: at(hours, (run.lateMs ?? 0) + (run.tookMs ?? 1_000)),
    });

  beforeAll(async () => {
    api = await createTestApi();
    [owner, stranger, admin] = [
      await api.createAccount(),
      await api.createAccount(),
      await api.createAccount('admin'),
    ];
    hourly = (await createJob(api, owner.accessToken, laterJob({ ...HOURLY, name: 'hourly 100%' }))).id;
    other = (await createJob(api, stranger.accessToken)).id;
    await store(hourly, -5, { status: 'completed', tookMs: 1_000 });
    await store(hourly, -4, { status: 'completed', tookMs: 3_000, lateMs: 20_000 });
    await store(hourly, -3, { status: 'failed', tookMs: 100 });
    await store(hourly, -2, { status: 'completed', tookMs: 2_000, lateMs: 10_000 });
    await store(other, -3, { status: 'completed' });
  });

  afterAll(() => api.close());

  const get = (path: string, account = owner) => api.request(`GET ${path}`, { token: account.accessToken });

  describe('GET /executions', () => {
    const namesOf = ({ body }: TestAnswer) =>
      (body.data as { jobName: string; status: string }[]).map(
        ({ jobName, status }) => `${jobName} ${status}`,
      );

    it("lists one's own, newest first; all for an admin", async () => {
      const own = await get('/executions');
      expect(namesOf(own)).toEqual([
        'hourly 100% completed',
        'hourly 100% failed',
        'hourly 100% completed',
        'hourly 100% completed',
      ]);
      expect(own.body.meta.total).toBe(4);
      expect((await get('/executions', stranger)).body.meta.total).toBe(1);
      expect((await get('/executions', admin)).body.meta.total).toBe(5);
      expect((await get(`/executions?owner=${stranger.id}`, admin)).body.meta.total).toBe(1);
      expect((await get(`/executions?owner=${stranger.id}`)).body.meta.total).toBe(0);
    });

    it.each([
      ['status=failed', 1],
      ['status=failed,completed', 4],
      ['status=failed&status=timed_out', 1],
      ['trigger=manual', 0],
      ['trigger=schedule', 4],
      ['type=custom', 4],
      ['type=http', 0],
      ['search=LY%20100%25', 4],
      ['search=_', 0],
      [`from=${at(-3)}`, 2],
      [`to=${at(-3)}`, 3],
      [`to=${at(-30)}`, 0],
    ])('narrows by %s', async (query, total) => {
      expect((await get(`/executions?${query}`)).body.meta.total).toBe(total);
    });

    it('goes on where a page ended', async () => {
      const first = await get('/executions?limit=3');
      const rest = await get(`/executions?limit=3&cursor=${first.body.meta.nextCursor}`);
      expect([namesOf(first).length, namesOf(rest)]).toEqual([3, ['hourly 100% completed']]);
    });

    it.each([
      ['status=lost', 'status'],
      ['status=', 'status'],
      ['trigger=x', 'trigger'],
      ['owner=me', 'owner'],
    ])('refuses %s', async (query, field) => {
      expect((await get(`/executions?${query}`)).fault).toMatchObject({ status: 400, fields: [field] });
    });
  });

  describe('GET /jobs/activity', () => {
    it('tells of the latest runs of the jobs one may see, oldest first', async () => {
      const { body } = await get(`/jobs/activity?ids=${hourly},${other}`);
      expect(body.data).toEqual([
        {
          jobId: hourly,
          recent: [
            expect.objectContaining({
              scheduledFor: at(-5),
              status: 'completed',
              durationMs: 1_000,
              latenessMs: 0,
            }),
            expect.objectContaining({ scheduledFor: at(-4), durationMs: 3_000, latenessMs: 20_000 }),
            expect.objectContaining({ scheduledFor: at(-3), status: 'failed' }),
            expect.objectContaining({ scheduledFor: at(-2) }),
          ],
          p50DurationMs: 2_000,
        },
      ]);
      expect((await get(`/jobs/activity?ids=${hourly}&ids=${other}`, admin)).body.data).toHaveLength(2);
    });

    it('knows a job that never ran', async () => {
      const { id } = await createJob(api, owner.accessToken);
      expect((await get(`/jobs/activity?ids=${id}`)).body.data).toEqual([
        { jobId: id, recent: [], p50DurationMs: null },
      ]);
    });

    it.each([
      '',
      '?ids=',
      '?ids=7',
      `?ids=${Array(101).fill('01900000-0000-7000-8000-000000000001').join()}`,
    ])('refuses %s', async (query) => {
      expect((await get(`/jobs/activity${query}`)).fault).toMatchObject({ status: 400, fields: ['ids'] });
    });
  });

  describe('GET /jobs/:id/stats', () => {
    it('sums up what ended, by day of its zone and in all', async () => {
      const { body } = await get(`/jobs/${hourly}/stats?days=2`);
      expect(body.data.total).toEqual({
        completed: 3,
        failed: 1,
        skipped: 0,
        missed: 0,
        p50DurationMs: 2_000,
        p95DurationMs: 3_000,
        maxDurationMs: 3_000,
        p95LatenessMs: 20_000,
      });
      const days = body.data.days as { date: string; completed: number }[];
      expect(days.map(({ date }) => date)).toEqual([
        ...new Set([-5, -4, -3, -2].map((hours) => at(hours).slice(0, 10))),
      ]);
      expect(days.reduce((sum, { completed }) => sum + completed, 0)).toBe(3);
    });

    it('is empty for a job that never ran, and 404 for one that is not there', async () => {
      const { id } = await createJob(api, owner.accessToken);
      const { body } = await get(`/jobs/${id}/stats`);
      expect(body.data).toMatchObject({ total: { completed: 0, p50DurationMs: null }, days: [] });
      expect((await get(`/jobs/${hourly}/stats`, stranger)).fault?.status).toBe(404);
      expect((await get(`/jobs/${hourly}/stats?days=91`)).fault?.fields).toEqual(['days']);
    });
  });

  describe('GET /jobs/ledger-columns', () => {
    const columns = (query: string, account = owner) => get(`/jobs/ledger-columns?${query}`, account);
    const sums = (all: Record<string, number | string>[], field: string) =>
      all.map((column) => column[field]);

    it('counts what became of each time, and what is to come', async () => {
      const { body } = await columns(`jobIds=${hourly},${other}&from=${at(-6)}&to=${at(4)}&buckets=5`);
      expect(body.data).toHaveLength(1);
      const [job] = body.data;
      expect(job).toMatchObject({
        jobId: hourly,
        name: 'hourly 100%',
        status: 'active',
        pausedAt: null,
        gaps: [],
      });
      expect(sums(job.columns, 'from')).toEqual([-6, -4, -2, 0, 2].map((hours) => at(hours)));
      expect(sums(job.columns, 'ran')).toEqual([1, 0, 1, 0, 0]);
      expect(sums(job.columns, 'late')).toEqual([0, 1, 0, 0, 0]);
      expect(sums(job.columns, 'failed')).toEqual([0, 1, 0, 0, 0]);
      expect(sums(job.columns, 'forecast')).toEqual([0, 0, 0, 1, 2]);
    });

    it('ends the forecast with the last of its runs, and with a pause', async () => {
      const body = laterJob({ ...HOURLY, maxRuns: 2 });
      const { id } = await createJob(api, owner.accessToken, body);
      const ask = async () =>
        (await columns(`jobIds=${id}&from=${at(0)}&to=${at(5)}&buckets=5`)).body.data[0];
      expect(sums((await ask()).columns, 'forecast')).toEqual([0, 1, 1, 0, 0]);
      await api.request(`POST /jobs/${id}/pause`, { token: owner.accessToken });
      const paused = await ask();
      expect(sums(paused.columns, 'forecast')).toEqual([0, 0, 0, 0, 0]);
      expect(paused).toMatchObject({ status: 'paused', pausedAt: expect.any(String) as string });
    });

    it('shows the last day and the next hours unless told otherwise', async () => {
      const [job] = (await columns(`jobIds=${hourly}`)).body.data;
      expect(job.columns).toHaveLength(60);
      const total = (field: string) =>
        (sums(job.columns, field) as number[]).reduce((sum, count) => sum + count, 0);
      expect([total('ran'), total('forecast')]).toEqual([2, 6]);
    });

    it('refuses columns of no width', async () => {
      const answer = await columns(`jobIds=${hourly}&from=${at(0)}&to=${at(0)}`);
      expect(answer.fault).toMatchObject({ status: 400, fields: ['to'] });
    });
  });
});
