import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  countOf,
  createJob,
  jobOf,
  laterJob,
  storeExecution,
  WEEKLY_REPORT,
} from '../testing/job-fixtures.js';
import { createTestApi, type TestApi } from '../testing/test-api.js';

const INVALID_STATE = { status: 409, code: 'INVALID_STATE', fields: [] };

describe('actions on jobs', () => {
  let api: TestApi;
  let token: string;

  beforeAll(async () => {
    api = await createTestApi();
    token = (await api.createAccount()).accessToken;
  });

  afterAll(() => api.close());

  const send = (line: string, body?: unknown) => api.request(line, { token, body });
  const immediate = () =>
    createJob(api, token, { ...laterJob(), scheduleType: 'immediate', scheduledAt: undefined });

  describe('pause, resume and cancel', () => {
    it('pauses with a reason, and resumes', async () => {
      const { id, nextRunAt } = await createJob(api, token, WEEKLY_REPORT);
      const paused = await send(`POST /jobs/${id}/pause`, { reason: 'Supplier is down' });
      expect(paused.status).toBe(200);
      expect(jobOf(paused)).toMatchObject({
        status: 'paused',
        statusReason: 'Supplier is down',
        nextRunAt: null,
      });
      const resumed = await send(`POST /jobs/${id}/resume`);
      expect(resumed.status).toBe(200);
      expect(jobOf(resumed)).toMatchObject({ status: 'active', statusReason: null, nextRunAt });
    });

    it('pauses without a body, or with an empty one', async () => {
      const [one, two] = [await createJob(api, token), await createJob(api, token)];
      expect((await send(`POST /jobs/${one.id}/pause`)).status).toBe(200);
      expect((await send(`POST /jobs/${two.id}/pause`, {})).status).toBe(200);
    });

    it('cancels for good', async () => {
      const { id } = await createJob(api, token, WEEKLY_REPORT);
      const answer = await send(`POST /jobs/${id}/cancel`);
      expect([answer.status, answer.headers['etag']]).toEqual([200, '"1"']);
      expect(jobOf(answer)).toMatchObject({ status: 'cancelled', nextRunAt: null });
    });

    it('answers 409 where it makes no sense', async () => {
      const { id } = await createJob(api, token);
      expect((await send(`POST /jobs/${id}/resume`)).fault).toEqual(INVALID_STATE);
      await send(`POST /jobs/${id}/pause`);
      expect((await send(`POST /jobs/${id}/pause`)).fault).toEqual(INVALID_STATE);
      await send(`POST /jobs/${id}/cancel`);
      for (const action of ['pause', 'resume', 'cancel', 'trigger']) {
        expect((await send(`POST /jobs/${id}/${action}`)).fault).toEqual(INVALID_STATE);
      }
      expect((await send(`POST /jobs/${id}/reschedule`, { cronExpression: '@daily' })).fault).toEqual(
        INVALID_STATE,
      );
    });

    it('refuses what they do not take, and does nothing', async () => {
      const { id } = await createJob(api, token);
      const faultOf = async (action: string, body: unknown) =>
        (await send(`POST /jobs/${id}/${action}`, body)).fault;
      expect(await faultOf('pause', { reason: 'x'.repeat(501) })).toMatchObject({
        status: 400,
        fields: ['reason'],
      });
      expect(await faultOf('pause', { reason: 7 })).toMatchObject({ status: 400, fields: ['reason'] });
      expect(await faultOf('cancel', { force: true })).toMatchObject({ status: 400, fields: ['force'] });
      expect(await faultOf('resume', { catchUp: 'yes' })).toMatchObject({
        status: 400,
        fields: ['catchUp'],
      });
      expect(jobOf(await send(`GET /jobs/${id}`)).status).toBe('active');
    });
  });

  describe('reschedule', () => {
    it('takes a cron expression alone, as in the requirements', async () => {
      const { id } = await createJob(api, token, WEEKLY_REPORT);
      const answer = await send(`POST /jobs/${id}/reschedule`, { cronExpression: '0 */2 * * *' });
      expect([answer.status, answer.headers['etag']]).toEqual([200, '"2"']);
      const { nextRunAt, ...job } = jobOf(answer);
      expect(job).toMatchObject({
        cronExpression: '0 */2 * * *',
        timezone: 'America/New_York',
        status: 'active',
      });
      expect(Date.parse(nextRunAt ?? '') - Date.now()).toBeLessThanOrEqual(2 * 3_600_000);
    });

    it('makes a recurring job of one that ran once, and the other way', async () => {
      const { id } = await createJob(api, token);
      await api.dataSource.query(`UPDATE jobs SET status = 'completed', next_run_at = NULL WHERE id = $1`, [
        id,
      ]);
      expect(jobOf(await send(`POST /jobs/${id}/reschedule`, { cronExpression: '@daily' }))).toMatchObject({
        scheduleType: 'recurring',
        scheduledAt: null,
        status: 'active',
        nextRunAt: expect.any(String) as string,
      });
      const back = await send(`POST /jobs/${id}/reschedule`, { scheduledAt: '2042-01-01T00:00:00Z' });
      expect(jobOf(back)).toMatchObject({ scheduleType: 'scheduled', cronExpression: null });
    });

    it('leaves a paused job paused', async () => {
      const { id } = await createJob(api, token, WEEKLY_REPORT);
      await send(`POST /jobs/${id}/pause`);
      const answer = await send(`POST /jobs/${id}/reschedule`, { timezone: 'UTC' });
      expect(jobOf(answer)).toMatchObject({ status: 'paused', timezone: 'UTC', nextRunAt: null });
    });

    it.each([
      [{}, 'body'],
      [{ cronExpression: '* * * *' }, 'cronExpression'],
      [{ scheduledAt: '2020-01-01T00:00:00Z' }, 'scheduledAt'],
      [{ timezone: 'Mars/Base' }, 'timezone'],
      [{ scheduleType: 'scheduled' }, 'scheduledAt'],
      [{ cronExpression: '@daily', scheduledAt: '2042-01-01T00:00:00Z' }, 'scheduledAt'],
      [{ name: 'x' }, 'name'],
      [{ every: 60_000, endsAt: '2020-01-01T00:00:00Z' }, 'endsAt'],
    ])('refuses %j with 400', async (body, field) => {
      const { id } = await createJob(api, token, WEEKLY_REPORT);
      expect((await send(`POST /jobs/${id}/reschedule`, body)).fault).toMatchObject({
        status: 400,
        fields: [field],
      });
    });

    it('refuses to arm a time that has passed once more', async () => {
      const { id } = await createJob(api, token);
      await api.dataSource.query(
        `UPDATE jobs SET scheduled_at = '2020-01-01', next_run_at = NULL, status = 'completed' WHERE id = $1`,
        [id],
      );
      const answer = await send(`POST /jobs/${id}/reschedule`, { scheduleType: 'scheduled' });
      expect(answer.fault).toMatchObject({ status: 400, fields: ['scheduledAt'] });
    });
  });

  describe('trigger', () => {
    it('runs a job now, beside its schedule', async () => {
      const job = await createJob(api, token, WEEKLY_REPORT);
      const answer = await send(`POST /jobs/${job.id}/trigger`);
      expect(answer.status).toBe(202);
      expect(answer.body.data).toMatchObject({
        jobId: job.id,
        trigger: 'manual',
        status: 'scheduled',
        attempt: 0,
      });
      expect(jobOf(await send(`GET /jobs/${job.id}`)).nextRunAt).toBe(job.nextRunAt);
      const found = await send(`GET /executions/${answer.body.data.id}`);
      expect(found.body.data).toEqual({ ...answer.body.data, attempts: [], parents: [], children: [] });
    });

    it('takes a payload for one run, and seals it', async () => {
      const { id } = await createJob(api, token, WEEKLY_REPORT);
      const payload = { url: 'https://example.com', headers: { Authorization: 'hunter2' } };
      const answer = await send(`POST /jobs/${id}/trigger`, { payload });
      expect(answer.status).toBe(202);
      const rows = await api.dataSource.query('SELECT payload_override AS p FROM executions WHERE id = $1', [
        answer.body.data.id,
      ]);
      expect(JSON.stringify(rows)).toContain('https://example.com');
      expect(JSON.stringify(rows) + JSON.stringify(answer.body)).not.toContain('hunter2');
      expect(jobOf(await send(`GET /jobs/${id}`)).payload['url']).toBe('https://api.example.com/reports');
    });

    it('obeys the overlap policy unless told otherwise', async () => {
      const { id } = await immediate();
      expect((await send(`POST /jobs/${id}/trigger`)).fault).toEqual({
        status: 409,
        code: 'ALREADY_RUNNING',
        fields: [],
      });
      expect((await send(`POST /jobs/${id}/trigger`, { overlapPolicy: 'allow_all' })).status).toBe(202);
    });

    it.each([
      [{ payload: { handler: '' } }, 'payload.handler'],
      [{ payload: [] }, 'payload'],
      [{ payload: null }, 'payload'],
      [{ overlapPolicy: 'queue' }, 'overlapPolicy'],
      [{ when: 'now' }, 'when'],
    ])('refuses %j with 400, and runs nothing', async (body, field) => {
      const { id } = await createJob(api, token);
      const before = await countOf(api.dataSource, 'executions');
      expect((await send(`POST /jobs/${id}/trigger`, body)).fault).toMatchObject({
        status: 400,
        fields: [field],
      });
      expect(await countOf(api.dataSource, 'executions')).toBe(before);
    });
  });

  it('cancels what runs with the job that is cancelled or deleted', async () => {
    for (const line of ['POST /jobs/:id/cancel', 'DELETE /jobs/:id']) {
      const { id } = await createJob(api, token, WEEKLY_REPORT);
      const running = await storeExecution(api.dataSource, id, { status: 'running' });
      const waiting = await storeExecution(api.dataSource, id, {
        status: 'retrying',
        scheduledFor: '2020-01-01T00:00:00.000Z',
      });
      await send(line.replace(':id', id));
      const rows = await api.dataSource.query(
        'SELECT id, status, cancel_requested_at IS NOT NULL AS asked FROM executions WHERE job_id = $1',
        [id],
      );
      expect(rows).toEqual(
        expect.arrayContaining([
          { id: running, status: 'running', asked: true },
          { id: waiting, status: 'cancelled', asked: true },
        ]),
      );
    }
  });
});
