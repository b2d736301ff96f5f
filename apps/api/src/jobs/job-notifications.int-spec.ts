import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#database';
import { createJob, jobOf, laterJob, type TestJob } from '../testing/job-fixtures.js';
import { createTestApi, type TestApi } from '../testing/test-api.js';

const NOTIFICATIONS = {
  onRecovered: true,
  afterFailures: 3,
  webhook: { url: 'https://hooks.example.com/chronos', secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' },
  slack: { url: 'https://hooks.slack.example.com/services/T0/B0/key' },
};
const MASKED = {
  ...NOTIFICATIONS,
  webhook: { url: NOTIFICATIONS.webhook.url, secret: '********' },
  slack: { url: '********' },
};

describe('notifications of jobs', () => {
  let api: TestApi;
  let token: string;
  let job: TestJob;

  beforeAll(async () => {
    api = await createTestApi();
    token = (await api.createAccount()).accessToken;
    job = await createJob(api, token, laterJob({ notifications: NOTIFICATIONS }));
  });

  afterAll(() => api.close());

  const send = (line: string, body?: unknown) => api.request(line.replace(':id', job.id), { token, body });
  const stored = async () =>
    JSON.stringify(await api.dataSource.query('SELECT notifications FROM jobs WHERE id = $1', [job.id]));

  it('are shown with masks and stored without a secret in the clear', async () => {
    expect(job['notifications']).toEqual(MASKED);
    expect(jobOf(await send('GET /jobs/:id'))['notifications']).toEqual(MASKED);
    expect(await stored()).not.toMatch(/MfKQ9r8G|services\/T0/);
  });

  it('keep their secrets where the mask is sent back', async () => {
    const before = JSON.parse(await stored()) as [{ notifications: { slack: object } }];
    const change = { ...MASKED, onSuccess: true, slack: { url: '********' } };
    expect(jobOf(await send('PATCH /jobs/:id', { notifications: change }))['notifications']).toEqual(change);
    const after = JSON.parse(await stored()) as [{ notifications: { slack: object } }];
    expect(after[0].notifications.slack).toEqual(before[0].notifications.slack);
  });

  it.each([
    [{ email: 'nobody' }, 'notifications.email'],
    [{ afterFailures: 0 }, 'notifications.afterFailures'],
    [{ webhook: {} }, 'notifications.webhook.url'],
    [{ webhook: { url: 'ftp://x.example.com' } }, 'notifications.webhook.url'],
    [{ webhook: { url: 'https://x.example.com', secret: 'whsec_%' } }, 'notifications.webhook.secret'],
    [{ slack: { url: '********' } }, 'notifications.slack.url'],
    [{ pager: 'x' }, 'notifications.pager'],
  ])('%j is refused by its field', async (notifications, field) => {
    const answer = await send('POST /jobs', laterJob({ notifications }));
    expect(answer.fault).toEqual({ status: 400, code: 'VALIDATION_FAILED', fields: [field] });
  });

  it('can be listed by those who see the job, newest first, a page at a time', async () => {
    const executionId = newId();
    const add = (event: string, channel: string, status: string, target: object) =>
      api.dataSource.query(
        `INSERT INTO notifications (id, job_id, execution_id, event, channel, payload, status, attempts, error, sent_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7::text, 1, $8, CASE WHEN $7::text = 'sent' THEN now() END)`,
        [
          ...[newId(), job.id, executionId, event, channel, JSON.stringify({ notice: {}, target }), status],
          status === 'failed' ? 'SMTP_RESPONSE: refused' : null,
        ],
      );
    await add('failed', 'email', 'failed', { address: 'ops@example.com' });
    await add('failed', 'webhook', 'pending', { url: 'https://hooks.example.com/secret/path' });
    await add('recovered', 'slack', 'sent', { url: { $sealed: 'x' } });

    const first = await send('GET /jobs/:id/notifications?limit=2');
    expect(first.body.data).toMatchObject([
      { event: 'recovered', channel: 'slack', recipient: null, status: 'sent', nextAttemptAt: null },
      { channel: 'webhook', recipient: 'https://hooks.example.com', status: 'pending', sentAt: null },
    ]);
    expect(first.body.meta.total).toBe(3);
    const second = await send(`GET /jobs/:id/notifications?limit=2&cursor=${first.body.meta.nextCursor}`);
    expect(second.body.data).toMatchObject([
      {
        executionId,
        channel: 'email',
        recipient: 'ops@example.com',
        status: 'failed',
        attempts: 1,
        error: 'SMTP_RESPONSE: refused',
      },
    ]);
    expect((await send('GET /jobs/:id/notifications?status=sent')).body.data).toHaveLength(1);
    const stranger = (await api.createAccount()).accessToken;
    const { fault } = await api.request(`GET /jobs/${job.id}/notifications`, { token: stranger });
    expect(fault).toMatchObject({ status: 404, code: 'NOT_FOUND' });
  });
});
