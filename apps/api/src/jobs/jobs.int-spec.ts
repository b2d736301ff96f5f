import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createJob, jobOf, laterJob, type TestJob, WEEKLY_REPORT } from '../testing/job-fixtures.js';
import { createTestApi, type TestAccount, type TestApi } from '../testing/test-api.js';

const NOBODY = '01900000-0000-7000-8000-000000000001';

describe('the job routes', () => {
  let api: TestApi;
  let user: TestAccount;
  let token: string;

  beforeAll(async () => {
    api = await createTestApi();
    user = await api.createAccount();
    token = user.accessToken;
  });

  afterAll(() => api.close());

  const send = (line: string, body?: unknown, headers?: Record<string, string>) =>
    api.request(line, { token, body, headers });

  describe('POST /jobs', () => {
    it('takes the document of the requirements as it stands', async () => {
      const answer = await send('POST /jobs', WEEKLY_REPORT);
      expect(answer.status).toBe(201);
      expect(answer.body).toEqual({
        success: true,
        data: {
          ...WEEKLY_REPORT,
          payload: { ...WEEKLY_REPORT.payload, headers: { Authorization: '********' } },
          id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
          ownerId: user.id,
          description: null,
          secretFields: [],
          scheduledAt: null,
          retryDelay: 5000,
          backoff: { strategy: 'exponential', factor: 5, maxDelay: 86_400_000, jitter: 0 },
          priority: 0,
          tags: [],
          notifications: {},
          overlapPolicy: 'skip',
          maxConcurrency: null,
          misfirePolicy: 'fire_once',
          catchupWindow: 86_400_000,
          dstGap: 'shift',
          dstOverlap: 'first',
          every: null,
          after: [],
          startsAt: null,
          endsAt: null,
          maxRuns: null,
          jitter: 0,
          pauseAfterFailures: null,
          calendars: [],
          status: 'active',
          statusReason: null,
          nextRunAt: expect.stringMatching(/T1[34]:00:00.000Z$/) as string,
          lastRunAt: null,
          lastStatus: null,
          version: 1,
          createdAt: expect.any(String) as string,
          updatedAt: expect.any(String) as string,
        },
      });
      expect(answer.headers['etag']).toBe('"1"');
      expect(new Date(jobOf(answer).nextRunAt ?? 0).getUTCDay()).toBe(1);
    });

    it('keeps every field a client can set', async () => {
      const given = {
        name: 'Everything',
        description: 'All of it.',
        type: 'custom',
        payload: {
          handler: 'noop',
          data: { constructor: 'Ferrari', toString: 1, nested: [{ valueOf: null }] },
        },
        secretFields: [],
        scheduleType: 'recurring',
        cronExpression: '*/15 8-18 * * MON-FRI',
        timezone: 'Europe/Berlin',
        maxRetries: 0,
        retryDelay: 0,
        backoff: { strategy: 'linear', factor: 1.5, maxDelay: 60_000, jitter: 0.5 },
        timeout: 100,
        priority: 10,
        tags: ['a', 'b c'],
        notifications: { onFailure: true, onSuccess: false, email: 'ops@example.com' },
        overlapPolicy: 'allow_all',
        misfirePolicy: 'fire_all',
        catchupWindow: 3_600_000,
        dstGap: 'skip',
        dstOverlap: 'both',
        startsAt: '2030-01-01T00:00:00.000Z',
        endsAt: '2030-12-31T00:00:00.000Z',
        maxRuns: 10,
        jitter: 60_000,
        pauseAfterFailures: 5,
      };
      const job = await createJob(api, token, given);
      expect(job).toMatchObject(given);
      expect(jobOf(await send(`GET /jobs/${job.id}`))).toEqual(job);
    });

    it('plans the one execution of an immediate job with it', async () => {
      const job = await createJob(api, token, {
        ...laterJob(),
        scheduleType: 'immediate',
        scheduledAt: undefined,
      });
      expect(job.nextRunAt).toBeNull();
      const { body } = await send(`GET /jobs/${job.id}/executions`);
      expect(body.data).toMatchObject([{ jobId: job.id, trigger: 'api', status: 'scheduled', attempt: 0 }]);
    });

    it('takes a time with any offset, and one just gone as now', async () => {
      const job = await createJob(api, token, laterJob({ scheduledAt: '2040-06-01T02:30:00+02:00' }));
      expect(job).toMatchObject({
        scheduledAt: '2040-06-01T00:30:00.000Z',
        nextRunAt: '2040-06-01T00:30:00.000Z',
      });
      const justGone = new Date(Date.now() - 30_000).toISOString();
      expect((await send('POST /jobs', laterJob({ scheduledAt: justGone }))).status).toBe(201);
    });
  });

  describe('GET /jobs/:id', () => {
    it('answers the job with its version as ETag', async () => {
      const job = await createJob(api, token);
      const answer = await send(`GET /jobs/${job.id}`);
      expect([answer.status, answer.headers['etag']]).toEqual([200, '"1"']);
      expect(jobOf(answer)).toEqual(job);
      expect((await send(`GET /jobs/${job.id.toUpperCase()}`)).status).toBe(200);
    });

    it('answers 404 for one nobody has', async () => {
      expect((await send(`GET /jobs/${NOBODY}`)).fault).toEqual({
        status: 404,
        code: 'NOT_FOUND',
        fields: [],
      });
    });
  });

  describe.each(['PUT', 'PATCH'])('%s /jobs/:id', (method) => {
    it('changes the given fields and nothing else', async () => {
      const job = await createJob(api, token, WEEKLY_REPORT);
      const answer = await send(`${method} /jobs/${job.id}`, { name: 'Updated Job Name', maxRetries: 5 });
      expect([answer.status, answer.headers['etag']]).toEqual([200, '"2"']);
      expect(jobOf(answer)).toEqual({
        ...job,
        name: 'Updated Job Name',
        maxRetries: 5,
        version: 2,
        updatedAt: expect.any(String) as string,
      });
      expect(jobOf(await send(`GET /jobs/${job.id}`))).toEqual(jobOf(answer));
    });

    it('empties the description with null', async () => {
      const job = await createJob(api, token, laterJob({ description: 'x' }));
      expect(jobOf(await send(`${method} /jobs/${job.id}`, { description: null }))['description']).toBeNull();
    });

    it('moves the next run with the schedule', async () => {
      const job = await createJob(api, token, WEEKLY_REPORT);
      const { nextRunAt } = jobOf(await send(`${method} /jobs/${job.id}`, { timezone: 'Asia/Tokyo' }));
      expect(nextRunAt).toMatch(/T00:00:00.000Z$/);
    });

    it('refuses a change made from an older version: 409, by header or field', async () => {
      const { id } = await createJob(api, token);
      await send(`${method} /jobs/${id}`, { name: 'Second' });
      const stale = { status: 409, code: 'VERSION_CONFLICT', fields: [] };
      for (const tag of ['"1"', 'W/"1"', '1', '"3"']) {
        expect((await send(`${method} /jobs/${id}`, { name: 'Lost' }, { 'if-match': tag })).fault).toEqual(
          stale,
        );
      }
      expect((await send(`${method} /jobs/${id}`, { name: 'Lost', version: 1 })).fault).toEqual(stale);
      expect(jobOf(await send(`GET /jobs/${id}`))).toMatchObject({ name: 'Second', version: 2 });
      expect((await send(`${method} /jobs/${id}`, { name: 'Third' }, { 'if-match': '"2"' })).status).toBe(
        200,
      );
      expect((await send(`${method} /jobs/${id}`, { name: 'Fourth', version: 3 })).status).toBe(200);
      expect((await send(`${method} /jobs/${id}`, { name: 'Fifth' }, { 'if-match': '*' })).status).toBe(200);
    });

    it('lets one of two through that change the same version at once', async () => {
      const { id } = await createJob(api, token);
      const answers = await Promise.all(
        ['one', 'two'].map((name) => send(`${method} /jobs/${id}`, { name }, { 'if-match': '"1"' })),
      );
      expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
    });

    it.each(['', '"x"', '"1", "2"', '1.5', '"0"'])('refuses If-Match: %s with 400', async (tag) => {
      const { id } = await createJob(api, token);
      const answer = await send(`${method} /jobs/${id}`, { name: 'x' }, { 'if-match': tag });
      expect(answer.fault).toMatchObject({ status: 400, fields: ['If-Match'] });
    });

    it('refuses a version that contradicts If-Match', async () => {
      const { id } = await createJob(api, token);
      const answer = await send(`${method} /jobs/${id}`, { version: 1 }, { 'if-match': '"2"' });
      expect(answer.fault).toMatchObject({ status: 400, fields: ['version'] });
    });

    it('refuses a cancelled job: 409', async () => {
      const { id } = await createJob(api, token);
      await send(`POST /jobs/${id}/cancel`);
      expect((await send(`${method} /jobs/${id}`, { name: 'x' })).fault).toMatchObject({
        status: 409,
        code: 'INVALID_STATE',
      });
    });

    it('runs nothing again for a zone that the schedule does not read', async () => {
      const job = await createJob(api, token, {
        ...laterJob(),
        scheduleType: 'immediate',
        scheduledAt: undefined,
      });
      await send(`${method} /jobs/${job.id}`, { timezone: 'Europe/Paris' });
      expect((await send(`GET /jobs/${job.id}/executions`)).body.meta.total).toBe(1);
    });

    it('takes back a whole job as it was read, its time long kept', async () => {
      const job = await createJob(api, token, laterJob());
      await api.dataSource.query(
        `UPDATE jobs SET scheduled_at = '2020-01-01', next_run_at = NULL, status = 'completed' WHERE id = $1`,
        [job.id],
      );
      const change = { name: 'Renamed', scheduledAt: '2020-01-01T00:00:00.000Z', scheduleType: 'scheduled' };
      expect(jobOf(await send(`${method} /jobs/${job.id}`, change))).toMatchObject({
        name: 'Renamed',
        status: 'completed',
        nextRunAt: null,
      });
    });
  });

  describe('DELETE /jobs/:id', () => {
    it('removes the job for good, and answers nothing', async () => {
      const { id } = await createJob(api, token);
      const answer = await send(`DELETE /jobs/${id}`);
      expect([answer.status, answer.body]).toEqual([204, undefined]);
      expect((await send(`GET /jobs/${id}`)).status).toBe(404);
      expect((await send(`DELETE /jobs/${id}`)).status).toBe(404);
      expect((await send(`PATCH /jobs/${id}`, { name: 'x' })).status).toBe(404);
      const { body } = await send('GET /jobs?limit=100');
      expect((body.data as TestJob[]).map((job) => job.id)).not.toContain(id);
    });
  });
});
