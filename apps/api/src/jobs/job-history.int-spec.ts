import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#database';
import {
  createJob,
  laterJob,
  storeExecution,
  storeLog,
  type TestJob,
  WEEKLY_REPORT,
} from '../testing/job-fixtures.js';
import { createTestApi, type TestAnswer, type TestApi } from '../testing/test-api.js';

describe("a job's history", () => {
  let api: TestApi;
  let token: string;
  let job: TestJob;
  /** Oldest first; two of one nominal time. */
  let executions: string[];

  beforeAll(async () => {
    api = await createTestApi();
    token = (await api.createAccount()).accessToken;
    job = await createJob(api, token, WEEKLY_REPORT);
    const other = await createJob(api, token);
    await storeExecution(api.dataSource, other.id);
    executions = [];
    for (const [scheduledFor, status, attempts] of [
      ['2030-01-01T09:00:00.000Z', 'failed', 2],
      ['2030-01-02T09:00:00.000Z', 'completed', 1],
      ['2030-01-03T09:00:00.000Z', 'completed', 3],
      ['2030-01-04T09:00:00.000Z', 'running', 1],
    ] as const) {
      executions.push(await storeExecution(api.dataSource, job.id, { scheduledFor, status, attempts }));
    }
    for (const [level, message] of [
      ['info', 'Calling 100%'],
      ['error', 'Answered 503'],
      ['debug', 'Waiting'],
      ['error', 'Answered 500'],
      ['warn', 'Slow'],
    ] as const) {
      await storeLog(api.dataSource, job.id, { executionId: executions[0], level, message });
    }
    await storeLog(api.dataSource, job.id, { message: 'Of another execution' });
    await storeLog(api.dataSource, other.id, { message: 'Of another job' });
  });

  afterAll(() => api.close());

  const get = (path: string) => api.request(`GET ${path}`, { token });
  const idsOf = ({ body }: TestAnswer) => (body.data as { id: string }[]).map(({ id }) => id);
  const messagesOf = ({ body }: TestAnswer) =>
    (body.data as { message: string }[]).map(({ message }) => message);

  describe('GET /jobs/:id/executions', () => {
    const list = (query: string) => get(`/jobs/${job.id}/executions${query}`);

    it('lists the newest first', async () => {
      const answer = await list('?page=1&limit=20');
      expect(idsOf(answer)).toEqual(executions.toReversed());
      expect(answer.body.meta).toEqual({ page: 1, limit: 20, total: 4, totalPages: 1, nextCursor: null });
      expect(answer.body.data[1]).toEqual({
        id: executions[2],
        jobId: job.id,
        type: 'custom',
        trigger: 'schedule',
        scheduledFor: '2030-01-03T09:00:00.000Z',
        status: 'completed',
        reason: null,
        attempt: 3,
        maxAttempts: 10,
        nextAttemptAt: null,
        bufferedAt: null,
        queuedAt: null,
        startedAt: '2030-01-01T00:00:00.010Z',
        finishedAt: '2030-01-01T00:00:01.010Z',
        durationMs: 1000,
        latenessMs: expect.any(Number) as number,
        workerId: null,
        retryOf: null,
        backfillId: null,
        heldForReview: null,
        result: { ok: true },
        error: null,
      });
    });

    it('walks by cursor as by page', async () => {
      const first = await list('?limit=3');
      expect(idsOf(first)).toEqual(executions.slice(1).toReversed());
      const rest = await list(`?limit=3&cursor=${first.body.meta.nextCursor}`);
      expect(idsOf(rest)).toEqual(executions.slice(0, 1));
      expect(rest.body.data).toEqual((await list('?limit=3&page=2')).body.data);
      expect(rest.body.meta).toMatchObject({ total: 4, nextCursor: null });
    });

    it.each([
      ['?status=completed', [2, 1]],
      ['?status=skipped', []],
      ['?from=2030-01-03T09:00:00Z', [3, 2]],
      ['?to=2030-01-02T09:00:00.000Z', [1, 0]],
      ['?from=2030-01-02&to=2030-01-03', [2, 1]],
      ['?from=2030-01-02T10:00:00+01:00&to=2030-01-02T10:00:00%2B01:00', [1]],
      ['?from=2030-01-02T09:00:00.001Z&to=2030-01-03T08:59:59.999Z', []],
      ['?status=completed&to=2030-01-02', [1]],
    ])('filters %s', async (query, expected) => {
      expect(idsOf(await list(query))).toEqual(expected.map((index) => executions[index]));
    });

    it.each([
      'status=done',
      'from=yesterday',
      'from=2030-02-30',
      'to=2030-01-01T09:00:00',
      'to=2030-01-01T25:00:00Z',
      'from=0001-01-01',
      'to=99999-01-01T00:00:00Z',
      'from=2030-01-01&from=2030-01-02',
      'cursor=x',
      `cursor=${Buffer.from('["log","x"]').toString('base64url')}`,
      'level=error',
    ])('refuses ?%s with 400', async (query) => {
      const fields = [query.slice(0, query.indexOf('='))];
      expect((await list(`?${query}`)).fault).toEqual({ status: 400, code: 'VALIDATION_FAILED', fields });
    });
  });

  describe('GET /jobs/:id/logs', () => {
    const list = (query: string) => get(`/jobs/${job.id}/logs${query}`);

    it('lists the newest line first', async () => {
      const answer = await list('');
      expect(messagesOf(answer)).toEqual([
        'Of another execution',
        'Slow',
        'Answered 500',
        'Waiting',
        'Answered 503',
        'Calling 100%',
      ]);
      expect(answer.body.data[1]).toEqual({
        id: expect.any(String) as string,
        executionId: executions[0],
        attempt: 1,
        level: 'warn',
        message: 'Slow',
        data: null,
        loggedAt: expect.stringMatching(/Z$/) as string,
      });
    });

    it('filters by level, as in the requirements, by execution and by text', async () => {
      expect(messagesOf(await list('?level=error'))).toEqual(['Answered 500', 'Answered 503']);
      expect((await list(`?executionId=${executions[0]}`)).body.meta.total).toBe(5);
      expect((await list(`?executionId=${newId()}`)).body.meta.total).toBe(0);
      expect(messagesOf(await list('?search=ANSWERED&level=error'))).toHaveLength(2);
      expect(messagesOf(await list('?search=%25'))).toEqual(['Calling 100%']);
    });

    it('walks by cursor as by page', async () => {
      const first = await list('?limit=4');
      const rest = await list(`?limit=4&cursor=${first.body.meta.nextCursor}`);
      expect(messagesOf(rest)).toEqual(['Answered 503', 'Calling 100%']);
      expect(rest.body.data).toEqual((await list('?limit=4&page=2')).body.data);
      expect(rest.body.meta).toMatchObject({ total: 6, nextCursor: null });
    });

    it.each(['level=fatal', 'executionId=x', `search=${'x'.repeat(201)}`, 'cursor=x', 'status=failed'])(
      'refuses ?%s with 400',
      async (query) => {
        expect((await list(`?${query}`)).fault).toMatchObject({
          status: 400,
          fields: [query.slice(0, query.indexOf('='))],
        });
      },
    );

    it('refuses the cursor of executions', async () => {
      const { body } = await get(`/jobs/${job.id}/executions?limit=1`);
      expect((await list(`?cursor=${body.meta.nextCursor}`)).status).toBe(400);
    });
  });

  describe('GET /executions/:id', () => {
    it('tells each attempt, also the one that runs', async () => {
      const { body } = await get(`/executions/${executions[2]}`);
      expect(body.data).toMatchObject({
        id: executions[2],
        status: 'completed',
        attempt: 3,
        result: { ok: true },
      });
      expect(body.data.attempts).toMatchObject([
        { attempt: 1, status: 'failed', durationMs: 500, error: { code: 'HTTP_STATUS', retryable: true } },
        { attempt: 2, status: 'failed' },
        { attempt: 3, status: 'completed', error: null },
      ]);
      const running = await get(`/executions/${executions[3]}`);
      expect(running.body.data.attempts).toMatchObject([
        { attempt: 1, status: 'failed' },
        { attempt: 2, status: 'running', finishedAt: null, durationMs: null },
      ]);
    });

    it('answers 404 for one nobody has, 400 for what is no id', async () => {
      expect((await get(`/executions/${newId()}`)).fault).toMatchObject({ status: 404, code: 'NOT_FOUND' });
      expect((await get('/executions/7')).fault).toMatchObject({ status: 400, fields: ['id'] });
    });

    it('is told by its job as the last run', async () => {
      const { body } = await get(`/jobs/${job.id}`);
      expect(body.data).toMatchObject({ lastRunAt: '2030-01-01T00:00:00.010Z', lastStatus: 'running' });
    });
  });

  describe('POST /executions/:id/cancel and /retry', () => {
    const send = (line: string, body?: unknown) => api.request(line, { token, body });

    it('cancels what waits, and with it the job that ran once', async () => {
      const once = await createJob(api, token, {
        ...laterJob(),
        scheduleType: 'immediate',
        scheduledAt: undefined,
      });
      const [id] = idsOf(await get(`/jobs/${once.id}/executions`));
      const answer = await send(`POST /executions/${id}/cancel`);
      expect(answer.status).toBe(200);
      expect(answer.body.data).toMatchObject({ id, status: 'cancelled', reason: 'cancelled_by_user' });
      expect((await get(`/jobs/${once.id}`)).body.data.status).toBe('cancelled');
      expect((await send(`POST /executions/${id}/cancel`)).fault).toMatchObject({
        status: 409,
        code: 'INVALID_STATE',
      });
    });

    it('asks what runs to end', async () => {
      const { id: jobId } = await createJob(api, token, WEEKLY_REPORT);
      const id = await storeExecution(api.dataSource, jobId, { status: 'running' });
      const answer = await send(`POST /executions/${id}/cancel`);
      expect(answer.body.data).toMatchObject({ id, status: 'running' });
      const rows = await api.dataSource.query(
        'SELECT cancel_requested_at IS NOT NULL AS asked FROM executions WHERE id = $1',
        [id],
      );
      expect(rows).toEqual([{ asked: true }]);
    });

    it('runs what is over once more, for the same time', async () => {
      const { id: jobId } = await createJob(api, token, WEEKLY_REPORT);
      const id = await storeExecution(api.dataSource, jobId, { status: 'failed', attempts: 4 });
      const answer = await send(`POST /executions/${id}/retry`);
      expect(answer.status).toBe(202);
      expect(answer.body.data).toMatchObject({
        jobId,
        retryOf: id,
        trigger: 'retry',
        status: 'scheduled',
        scheduledFor: '2030-01-01T00:00:00.000Z',
        attempt: 0,
        maxAttempts: 4,
      });
      expect((await send(`POST /executions/${id}/retry`)).fault).toMatchObject({
        status: 409,
        code: 'ALREADY_RUNNING',
      });
      expect((await send(`POST /executions/${answer.body.data.id}/retry`)).fault).toMatchObject({
        status: 409,
        code: 'INVALID_STATE',
      });
    });

    it.each(['cancel', 'retry'])('refuses what %s does not take', async (action) => {
      const answer = await send(`POST /executions/${executions[0]}/${action}`, { payload: {} });
      expect(answer.fault).toMatchObject({ status: 400, fields: ['payload'] });
    });
  });
});
