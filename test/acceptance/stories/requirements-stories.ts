import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { ApiClient, waitFor } from '#testing';
import { createJob, type Execution, executionsOf, type Target } from './target.js';

/** The documents of the requirements, letter for letter. */
const documents = JSON.parse(readFileSync(new URL('documents.json', import.meta.url), 'utf8')) as {
  register: { email: string; password: string; name: string };
  login: object;
  createJob: object;
  updateJob: object;
  reschedule: object;
  types: Record<string, { type: string; payload: object }>;
  schedules: Record<'immediate' | 'scheduled' | 'recurring', object>;
  cronExpressions: Record<string, string[]>;
};

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const text = expect.any(String) as string;
const number = expect.any(Number) as number;

/** The walk through the requirements, one document after the other, as somebody with curl would take it. */
export function describeRequirements(target: () => Target): void {
  describe('the documents of the requirements', () => {
    let user: ApiClient;
    let jobId: string;
    const nobody = () => new ApiClient(target().apis[0] ?? '');

    beforeAll(async () => {
      const { status, body } = await nobody().post('/auth/register', documents.register);
      expect([status, body.success]).toEqual([201, true]);
    });

    it('register makes an account once', async () => {
      const again = await nobody().post('/auth/register', documents.register);
      expect([again.status, again.body.error.code]).toEqual([409, 'EMAIL_TAKEN']);
    });

    it('login answers the user and both tokens', async () => {
      const { status, body } = await nobody().post('/auth/login', documents.login);
      expect(status).toBe(200);
      expect(body).toEqual({
        success: true,
        data: {
          user: expect.objectContaining({
            id: expect.stringMatching(UUID),
            email: 'user@example.com',
            name: 'John Doe',
          }),
          accessToken: expect.stringMatching(/^eyJ/),
          refreshToken: text,
        },
      });
      user = new ApiClient(target().apis[0] ?? '', body.data.accessToken as string);
    });

    it('create job stores the weekly report, due on a Monday at 9 in New York', async () => {
      const { status, body } = await user.post('/jobs', documents.createJob);
      expect(status).toBe(201);
      const masked = { payload: { headers: { Authorization: '********' } } };
      expect(body.data).toMatchObject({ ...documents.createJob, ...masked, status: 'active' });
      const due = new Intl.DateTimeFormat('en-US', {
        timeZone: 'America/New_York',
        weekday: 'long',
        hour: 'numeric',
        minute: 'numeric',
      }).format(new Date(body.data.nextRunAt as string));
      expect(due).toBe('Monday 9:00 AM');
      jobId = body.data.id as string;
    });

    it('list jobs pages by status', async () => {
      const { status, body } = await user.get('/jobs?page=1&limit=20&status=active');
      expect([status, body.success]).toEqual([200, true]);
      expect((body.data as { id: string }[]).map(({ id }) => id)).toEqual([jobId]);
      expect(body.meta).toMatchObject({ page: 1, limit: 20, total: 1, totalPages: 1 });
      expect((await user.get('/jobs?page=1&limit=20&status=paused')).body.data).toEqual([]);
    });

    it('get job details answers the job', async () => {
      const { status, body } = await user.get(`/jobs/${jobId}`);
      expect([status, body.data.name]).toEqual([200, 'Send Weekly Report']);
    });

    it('update job changes what is given and nothing else', async () => {
      const { status, body } = await user.request('PUT', `/jobs/${jobId}`, documents.updateJob);
      expect(status).toBe(200);
      expect(body.data).toMatchObject({
        ...documents.updateJob,
        cronExpression: '0 9 * * 1',
        timeout: 30_000,
      });
    });

    it('pause and resume a job', async () => {
      const paused = await user.request('POST', `/jobs/${jobId}/pause`);
      expect([paused.status, paused.body.data.status, paused.body.data.nextRunAt]).toEqual([
        200,
        'paused',
        null,
      ]);
      const resumed = await user.request('POST', `/jobs/${jobId}/resume`);
      expect([resumed.status, resumed.body.data.status]).toEqual([200, 'active']);
      expect(Date.parse(resumed.body.data.nextRunAt as string)).toBeGreaterThan(Date.now());
    });

    it('reschedule a job to every second hour', async () => {
      const { status, body } = await user.post(`/jobs/${jobId}/reschedule`, documents.reschedule);
      expect([status, body.data.cronExpression]).toEqual([200, '0 */2 * * *']);
      const local = new Intl.DateTimeFormat('en-GB', { timeZone: 'America/New_York', timeStyle: 'short' });
      expect(local.format(new Date(body.data.nextRunAt as string))).toMatch(/^(0|1|2)[02468]:00$/);
    });

    it('trigger an execution at once, and read it back with its logs', async () => {
      // The address of the document is not ours to call.
      const { outside } = target();
      const payload = { url: `${outside.http.url}/broken/reports`, method: 'POST', body: { type: 'weekly' } };
      const { status, body } = await user.post(`/jobs/${jobId}/trigger`, { payload });
      expect([status, body.data.trigger]).toEqual([202, 'manual']);
      const [execution] = await executionsOf(user, jobId);
      expect(execution).toMatchObject({ id: body.data.id, status: 'failed', error: { retryable: false } });

      const listed = await user.get(`/jobs/${jobId}/executions?page=1&limit=20`);
      expect([listed.status, listed.body.meta.total]).toEqual([200, 1]);
      const logs = await user.get(`/jobs/${jobId}/logs?level=error`);
      expect(logs.status).toBe(200);
      expect(logs.body.data).toEqual([
        expect.objectContaining({
          executionId: execution?.id,
          level: 'error',
          message: expect.stringContaining('400'),
        }),
      ]);
    });

    it('cancel a job for good', async () => {
      const { status, body } = await user.request('POST', `/jobs/${jobId}/cancel`);
      expect([status, body.data.status, body.data.nextRunAt]).toEqual([200, 'cancelled', null]);
      const again = await user.request('POST', `/jobs/${jobId}/resume`);
      expect([again.status, again.body.error.code]).toEqual([409, 'INVALID_STATE']);
    });

    it('delete job', async () => {
      expect((await user.request('DELETE', `/jobs/${jobId}`)).status).toBe(204);
      expect((await user.get(`/jobs/${jobId}`)).status).toBe(404);
    });

    it('health is public: overall status, database, Redis, uptime', async () => {
      const { status, body } = await nobody().get('/monitoring/health');
      expect(status).toBe(200);
      expect(body.data).toMatchObject({
        status: 'healthy',
        database: 'up',
        redis: expect.stringMatching(/^(up|disabled)$/),
        uptime: number,
      });
    });

    it('dashboard is for users: totals, 24 hours, rates, upcoming, attention, trend', async () => {
      expect((await nobody().get('/monitoring/dashboard')).status).toBe(401);
      const { status, body } = await user.get('/monitoring/dashboard');
      expect(status).toBe(200);
      expect(body.data).toMatchObject({
        jobs: { total: number, byStatus: expect.anything(), byType: expect.anything() },
        executions24h: {
          total: number,
          completed: number,
          failed: number,
          successRate: number,
          failureRate: number,
        },
        upcoming: expect.any(Array),
        attention: expect.any(Array),
        trend: expect.arrayContaining([{ date: text, completed: number, failed: number }]),
      });
    });

    it('metrics are for admins only', async () => {
      const refused = await user.get('/monitoring/metrics');
      expect([refused.status, refused.body.error.code]).toEqual([403, 'FORBIDDEN']);
      const { email, password } = target().admin;
      const admin = await ApiClient.login(target().apis[0] ?? '', email, password);
      const { status, body } = await admin.get('/monitoring/metrics');
      expect(status).toBe(200);
      expect(Object.keys(body.data as object)).toEqual(
        expect.arrayContaining(['queues', 'workers', 'throughput']),
      );
    });
  });

  describe('the job types of the requirements', () => {
    let admin: ApiClient;

    beforeAll(async () => {
      const { apis, admin: account } = target();
      admin = await ApiClient.login(apis[0] ?? '', account.email, account.password);
    });

    /** The document with its host and folder replaced by ones that are there. */
    const onThisMachine = (type: string): object => {
      const { http, folder } = target().outside;
      const changed = JSON.stringify(documents.types[type])
        .replace('https://api.example.com', http.url)
        .replace('"/app"', JSON.stringify(folder));
      return {
        name: `${type} of the requirements`,
        ...documents.schedules.immediate,
        ...(JSON.parse(changed) as object),
      };
    };

    const runOnce = async (type: string) => {
      const [execution] = await executionsOf(admin, await createJob(admin, onThisMachine(type)));
      expect(execution).toMatchObject({ status: 'completed', attempt: 1, error: null });
      return execution;
    };

    it('http sends the request and keeps the answer', async () => {
      const execution = await runOnce('http');
      expect(execution?.result).toMatchObject({ statusCode: 200, body: '{"ok":true}' });
      const call = target().outside.http.requests.find(
        ({ headers }) => headers['idempotency-key'] === execution?.id,
      );
      expect(call).toMatchObject({ method: 'POST', path: '/webhook', body: '{"data":"value"}' });
    });

    it('webhook signs what it sends', async () => {
      const execution = await runOnce('webhook');
      const call = target().outside.http.requests.find(
        ({ headers }) => headers['webhook-id'] === execution?.id,
      );
      expect(call?.headers['webhook-signature']).toMatch(/^v1,/);
      expect(call?.body).toBe('{"event":"job.completed"}');
    });

    it('script runs the program in its folder', async () => {
      const execution = await runOnce('script');
      expect(execution?.result).toMatchObject({
        exitCode: 0,
        stdout: `processed 3 rows in ${target().outside.folder}\n`,
      });
    });

    it('email is sent by SMTP', async () => {
      const execution = await runOnce('email');
      expect(execution?.result).toMatchObject({ accepted: ['user@example.com'], rejected: [] });
      const mail = await target().outside.smtp.mail('<h1>Weekly Report</h1>');
      expect(mail.source).toContain('Subject: Weekly Report');
    });

    it('custom runs the handler', async () => {
      expect((await runOnce('custom'))?.result).toMatchObject({ type: 'string', size: 5, sha256: text });
    });
  });

  describe('the schedules of the requirements', () => {
    let user: ApiClient;
    const noop = { name: 'noop', type: 'custom', payload: { handler: 'processData', data: { input: 1 } } };

    beforeAll(async () => {
      user = await ApiClient.register(target().apis[0] ?? '');
    });

    it('scheduled runs once at its time; a time that has passed is refused', async () => {
      const past = await user.post('/jobs', { ...noop, ...documents.schedules.scheduled });
      expect([past.status, past.body.error.details[0].field]).toEqual([400, 'scheduledAt']);
      const scheduledAt = new Date(Date.now() + 1_000).toISOString();
      const id = await createJob(user, { ...noop, ...documents.schedules.scheduled, scheduledAt });
      const [execution] = await executionsOf(user, id);
      expect(execution).toMatchObject({
        status: 'completed',
        scheduledFor: scheduledAt,
        trigger: 'schedule',
      });
      const done = await waitFor(
        async () => {
          const { body } = await user.get(`/jobs/${id}`);
          return body.data.status === 'completed' && (body.data as { nextRunAt: string | null });
        },
        { what: 'the job to be completed' },
      );
      expect(done.nextRunAt).toBeNull();
    });

    it('recurring runs again and again', async () => {
      const id = await createJob(user, { ...noop, scheduleType: 'recurring', cronExpression: '* * * * * *' });
      const completed = await waitFor(
        async () => {
          const { body } = await user.get(`/jobs/${id}/executions?status=completed`);
          return body.meta.total >= 2 && (body.data as Execution[]);
        },
        { what: 'two executions', intervalMs: 100 },
      );
      expect(new Set(completed.map(({ scheduledFor }) => scheduledFor)).size).toBe(completed.length);
      expect((await user.request('POST', `/jobs/${id}/cancel`)).status).toBe(200);
    });

    it('recurring on weekdays at 9 in New York is taken as it stands', async () => {
      const { status, body } = await user.post('/jobs', { ...noop, ...documents.schedules.recurring });
      expect(status).toBe(201);
      expect(body.data).toMatchObject(documents.schedules.recurring);
    });

    it.each(Object.entries(documents.cronExpressions))(
      '%s means what its description says',
      async (cronExpression, expected) => {
        const preview = { cronExpression, timezone: 'UTC', count: 3, from: '2027-02-14T12:34:30Z' };
        const { status, body } = await user.post('/schedules/preview', preview);
        expect(status).toBe(200);
        expect((body.data as { at: string }[]).map(({ at }) => at)).toEqual(
          expected.map((at) => `${at}:00.000Z`),
        );
      },
    );

    it('hourly, daily, weekly and monthly have names', async () => {
      for (const cronExpression of ['@hourly', '@daily', '@weekly', '@monthly']) {
        const { status } = await user.post('/schedules/preview', { cronExpression, timezone: 'UTC' });
        expect([cronExpression, status]).toEqual([cronExpression, 200]);
      }
    });
  });
}
