import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createJob,
  jobOf,
  laterJob,
  type StoredNotification,
  storeNotification,
  type TestJob,
} from '../testing/job-fixtures.js';
import { createTestApi, type TestApi } from '../testing/test-api.js';

const CHANNELS = {
  email: 'ops@example.com',
  webhook: { url: 'https://hooks.example.com/chronos?key=abc' },
  slack: { url: 'https://hooks.slack.example.com/services/T0/B0/key' },
};

describe('notifications of all jobs', () => {
  let api: TestApi;
  let token: string;
  let admin: string;
  let job: TestJob;

  beforeAll(async () => {
    api = await createTestApi();
    admin = (await api.createAccount('admin')).accessToken;
    token = (await api.createAccount()).accessToken;
    job = await createJob(api, token, laterJob({ name: 'Told', notifications: CHANNELS }));
    const foreign = await createJob(
      api,
      (await api.createAccount()).accessToken,
      laterJob({ notifications: { email: 'they@example.com' } }),
    );
    await store(foreign.id, { status: 'sent' });
    await store(job.id, { error: 'EMAIL_REFUSED: 550 no such mailbox' });
    await store(job.id, { channel: 'slack', status: 'sent' });
    await store(job.id, { channel: 'webhook', status: 'pending', error: 'HTTP_STATUS: 503' });
  });

  afterAll(() => api.close());

  const store = (id: string, stored: StoredNotification) => storeNotification(api.dataSource, id, stored);
  const send = (line: string, as = token) => api.request(line, { token: as });
  it('are listed newest first, with the job and where they go, but no key', async () => {
    const { body } = await send('GET /notifications');
    expect(body.data).toMatchObject([
      { channel: 'webhook', recipient: 'https://hooks.example.com', jobName: 'Told', status: 'pending' },
      { channel: 'slack', status: 'sent', nextAttemptAt: null },
      { channel: 'email', recipient: 'ops@example.com', jobId: job.id, status: 'failed' },
    ]);
    expect(JSON.stringify(body)).not.toContain('key=abc');
  });

  it('are told of by status and channel, a page at a time, and of all jobs to admins', async () => {
    expect((await send('GET /notifications?status=failed')).body.meta.total).toBe(1);
    expect((await send('GET /notifications?channel=slack&status=failed')).body.meta.total).toBe(0);
    const first = (await send('GET /notifications?limit=2')).body;
    const rest = (await send(`GET /notifications?limit=2&cursor=${first.meta.nextCursor}`)).body;
    expect([...first.data, ...rest.data].map(({ channel }) => channel)).toEqual([
      'webhook',
      'slack',
      'email',
    ]);
    expect((await send('GET /notifications', admin)).body.meta.total).toBe(4);
    const { fault } = await send('GET /notifications?channel=pager');
    expect(fault).toEqual({ status: 400, code: 'VALIDATION_FAILED', fields: ['channel'] });
  });

  it('are summed up by channel, which says what it lacks', async () => {
    const { body } = await send('GET /notifications/channels');
    expect(body.data).toMatchObject([
      {
        name: 'email',
        problem: 'SMTP_HOST is not set: no e-mail can be sent.',
        jobs: 1,
        pending: 0,
        failed: 1,
        sent: 0,
        lastSentAt: null,
      },
      { name: 'webhook', problem: null, jobs: 1, pending: 1, retrying: 1 },
      { name: 'slack', problem: null, jobs: 1, sent: 1, lastSentAt: expect.any(String) },
    ]);
    const [email] = (await send('GET /notifications/channels', admin)).body.data;
    expect(email).toMatchObject({ jobs: 2, sent: 1, failed: 1 });
  });

  it('count a job that names no channel as one of e-mail', async () => {
    const other = (await api.createAccount()).accessToken;
    await createJob(api, other, laterJob({ notifications: { onFailure: true } }));
    await createJob(api, other, laterJob());
    const [email, webhook] = (await send('GET /notifications/channels', other)).body.data;
    expect([email.jobs, webhook.jobs]).toEqual([1, 0]);
  });

  it('are tested: a message for each channel, to be sent at once', async () => {
    const tested = await createJob(api, token, laterJob({ notifications: CHANNELS }));
    const { status, body } = await send(`POST /jobs/${tested.id}/notifications/test`);
    expect(status).toBe(202);
    expect(body.data).toMatchObject(
      ['email', 'webhook', 'slack'].map((channel) => ({
        channel,
        event: 'test',
        executionId: null,
        status: 'pending',
        attempts: 0,
      })),
    );
    expect((await send(`GET /jobs/${tested.id}/notifications`)).body.meta.total).toBe(3);
    await send(`POST /jobs/${tested.id}/notifications/test`);
    expect((await send(`GET /jobs/${tested.id}/notifications`)).body.meta.total).toBe(6);
    const stored = await api.dataSource.query(`SELECT payload FROM notifications WHERE job_id = $1`, [
      tested.id,
    ]);
    expect(JSON.stringify(stored)).not.toContain('services/T0');
  });

  it('are not tested where a job tells nobody', async () => {
    const silent = await createJob(api, token, laterJob());
    const { fault, body } = await send(`POST /jobs/${silent.id}/notifications/test`);
    expect(fault).toMatchObject({ status: 409, code: 'INVALID_STATE' });
    expect(body.error.message).toContain('Set its `notifications` first');
  });

  it('that were given up are sent again, others not', async () => {
    const id = await store(job.id, { error: 'EMAIL_REFUSED: 550' });
    const { status, body } = await send(`POST /notifications/${id}/resend`);
    expect([status, body.data]).toMatchObject([202, { id, status: 'pending', attempts: 0 }]);
    const again = await send(`POST /notifications/${id}/resend`);
    expect(again.fault).toMatchObject({ status: 409, code: 'INVALID_STATE' });
    expect(again.body.error.message).toContain('is pending');
  });

  it("of somebody else's jobs are not there", async () => {
    const id = await store(job.id, { channel: 'slack' });
    const stranger = (await api.createAccount()).accessToken;
    expect((await send('GET /notifications', stranger)).body.data).toEqual([]);
    for (const line of [`POST /notifications/${id}/resend`, `POST /jobs/${job.id}/notifications/test`]) {
      expect((await send(line, stranger)).fault).toMatchObject({ status: 404, code: 'NOT_FOUND' });
    }
    expect(jobOf(await send(`GET /jobs/${job.id}`)).id).toBe(job.id);
  });
});
