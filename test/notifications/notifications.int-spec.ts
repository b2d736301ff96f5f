import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Webhook } from 'standardwebhooks';
import {
  freePort,
  type HttpReceiver,
  type SmtpReceiver,
  startHttpReceiver,
  startSmtpReceiver,
  waitFor,
} from '#testing';
import { type Installation, OWNER_EMAIL, startInstallation } from './notifying-worker.js';

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

interface OutboxRow {
  id: string;
  event: string;
  channel: string;
  status: string;
  attempts: number;
  error: string | null;
}

describe('notifications', () => {
  let on: Installation;
  let smtp: SmtpReceiver;
  let http: HttpReceiver;

  beforeAll(async () => {
    smtp = await startSmtpReceiver();
    http = await startHttpReceiver((_, response) => response.end('ok'));
    // Two workers: each notification must still go out once.
    on = await startInstallation(2, {
      smtp: { host: '127.0.0.1', port: smtp.port, from: 'Chronos <jobs@example.com>' },
      outbound: { allowedCidrs: ['127.0.0.0/8'] },
      http: { publicUrl: 'https://jobs.example.com' },
    });
  });
  afterAll(async () => {
    await on.stop();
    await Promise.all([smtp.close(), http.close()]);
  });

  const outbox = (jobId: string) =>
    on.rows<OutboxRow>(
      'SELECT id, event, channel, status, attempts, error FROM notifications WHERE job_id = $1 ORDER BY id',
      [jobId],
    );
  const untilOutbox = (jobId: string, ...statuses: string[]) =>
    waitFor(
      async () => {
        const rows = await outbox(jobId);
        return (
          rows.length === statuses.length && rows.every(({ status }, at) => status === statuses[at]) && rows
        );
      },
      { what: `notifications of ${jobId} to be ${statuses.join()}`, progress: () => outbox(jobId) },
    );

  it('that are tested go out through every channel a job names, and lead to the job', async () => {
    const job = await on.create(
      'ok',
      {
        email: 'ops@example.com',
        webhook: { url: `${http.url}/tested`, secret: SECRET },
        slack: { url: `${http.url}/tested-slack` },
      },
      { name: 'Tried out' },
    );
    await on.testNotifications(job.id);
    await waitFor(
      async () => {
        const tests = (await outbox(job.id)).filter(({ event }) => event === 'test');
        return tests.length === 3 && tests.every(({ status }) => status === 'sent');
      },
      { what: 'three tests to be sent', progress: () => outbox(job.id) },
    );
    const link = `https://jobs.example.com/jobs/${job.id}`;
    const { source } = await smtp.mail(`Job:       ${job.id}`);
    expect(source).toMatch(/^Subject: \[Chronos\] Test: Tried out/m);
    expect(source.replaceAll('=\r\n', '')).toContain(`By:        ${OWNER_EMAIL}`);
    const bodies = http.requests.map(({ body }) => JSON.parse(body) as Record<string, unknown>);
    expect(bodies).toContainEqual({
      type: 'notification.test',
      timestamp: expect.any(String),
      data: {
        jobId: job.id,
        jobName: 'Tried out',
        jobType: 'custom',
        requestedBy: OWNER_EMAIL,
        url: link,
      },
    });
    expect(bodies).toContainEqual({
      text: `*This is a test. The job "Tried out" tells this way how its runs end.*\n<${link}|Job>`,
    });
  });

  it('writes one e-mail after the last retry, in text and HTML', async () => {
    const job = await on.create(
      'fail',
      { email: 'ops@example.com' },
      { name: 'Nightly <copy>', maxRetries: 2 },
    );
    const execution = await on.untilEnded(job.id, 'failed');
    const mail = await smtp.mail(`Execution:     ${execution.id}`);
    // Quoted-printable breaks long lines.
    const source = mail.source.replaceAll('=\r\n', '');
    expect(mail.to).toEqual(['ops@example.com']);
    expect(source).toMatch(/^Subject: \[Chronos\] Failed: Nightly <copy>/m);
    expect(source).toContain('no luck at attempt 3');
    expect(source).toContain('Attempt:       3 of 3');
    expect(source).toContain(`https://jobs.example.com/executions/${execution.id}`);
    expect(source).toContain('multipart/alternative');
    expect(source).toContain('Nightly &lt;copy&gt;');
    const [row] = await untilOutbox(job.id, 'sent');
    expect(source).toContain(`Message-ID: <n.${row?.id}@example.com>`);
    expect(smtp.mails.filter(({ source }) => source.includes(execution.id))).toHaveLength(1);
    expect(row).toMatchObject({ event: 'failed', attempts: 1, error: null });
  });

  it('writes nothing for a job that asks for nothing, and nothing of a success nobody asked for', async () => {
    const [silent, quiet] = [
      await on.create('fail', {}),
      await on.create('ok', { email: 'ops@example.com' }),
    ];
    await on.untilEnded(silent.id, 'failed');
    await on.untilEnded(quiet.id, 'completed');
    expect(await outbox(silent.id)).toEqual([]);
    expect(await outbox(quiet.id)).toEqual([]);
  });

  it('writes to the owner where a job names no channel', async () => {
    const job = await on.create('ok', { onSuccess: true });
    await untilOutbox(job.id, 'sent');
    expect((await smtp.mail(job.id)).to).toEqual([OWNER_EMAIL]);
  });

  it('sends a webhook that its receiver can verify, and a message to Slack, with secrets sealed until then', async () => {
    const job = await on.create('fail', {
      webhook: { url: `${http.url}/hook`, secret: SECRET },
      slack: { url: `${http.url}/slack/T0/key-of-the-channel` },
    });
    expect(job.notifications).toEqual({
      webhook: { url: `${http.url}/hook`, secret: '********' },
      slack: { url: '********' },
    });
    const rows = await untilOutbox(job.id, 'sent', 'sent');
    const hook = await http.request(({ path, body }) => path === '/hook' && body.includes(job.id));
    expect(new Webhook(SECRET).verify(hook.body, hook.headers as Record<string, string>)).toMatchObject({
      type: 'execution.failed',
      data: { jobId: job.id, status: 'failed', attempt: 1, error: { message: 'no luck at attempt 1' } },
    });
    expect(rows.map(({ id }) => id)).toContain(hook.headers['webhook-id']);
    const slack = await http.request(({ path }) => path.startsWith('/slack'));
    expect(JSON.parse(slack.body)).toEqual({
      text: expect.stringContaining('no luck at attempt 1') as string,
    });
    const stored = JSON.stringify([
      await on.rows('SELECT notifications FROM jobs WHERE id = $1', [job.id]),
      await on.rows('SELECT definition FROM job_versions WHERE job_id = $1', [job.id]),
      await on.rows('SELECT payload FROM notifications WHERE job_id = $1', [job.id]),
    ]);
    expect(stored).not.toMatch(/MfKQ9r8G|key-of-the-channel/);
  });

  it('tells of the nth failure in a row once, and of the recovery', async () => {
    const job = await on.create('fail', { email: 'ops@example.com', afterFailures: 2, onRecovered: true });
    await on.untilEnded(job.id, 'failed');
    for (const data of ['fail', 'fail'] as const) await on.runAgain(job.id, data);
    for (const data of ['ok', 'ok'] as const) await on.runAgain(job.id, data);
    const rows = await untilOutbox(job.id, 'sent', 'sent');
    expect(rows.map(({ event }) => event)).toEqual(['failed', 'recovered']);
    await smtp.mail('completed again after 3 failures');
  });

  it('gives up at once what no retry mends, and says why', async () => {
    const job = await on.create('fail', { email: 'unknown@example.com' });
    const [row] = await untilOutbox(job.id, 'failed');
    expect(row).toMatchObject({
      attempts: 1,
      error: expect.stringMatching(/^SMTP_RESPONSE: .*550/) as string,
    });
  });

  it('refuses addresses that outbound calls may not reach', async () => {
    const job = await on.create('fail', { webhook: { url: 'http://169.254.169.254/latest' } });
    const [row] = await untilOutbox(job.id, 'failed');
    expect(row?.error).toMatch(/^ADDRESS_BLOCKED: /);
  });

  it('keeps what a busy server refuses until it takes it, and gives up in the end', async () => {
    const job = await on.create('fail', { email: 'busy@example.com' });
    const again = () =>
      on.rows('UPDATE notifications SET next_attempt_at = now() WHERE job_id = $1', [job.id]);
    await waitFor(async () => (await outbox(job.id))[0]?.error, { what: 'a first refusal' });
    expect(await outbox(job.id)).toMatchObject([{ status: 'pending', attempts: 1 }]);
    await on.rows('UPDATE notifications SET attempts = 15 WHERE job_id = $1', [job.id]);
    await again();
    expect(await untilOutbox(job.id, 'failed')).toMatchObject([
      { attempts: 16, error: expect.stringContaining('451') as string },
    ]);
  });

  it('sends again, under the same id, what a sender that died had claimed', async () => {
    const job = await on.create('fail', { email: 'ops@example.com' });
    const [row] = await untilOutbox(job.id, 'sent');
    // As a notifier leaves it that is killed between sending and saying so, once its claim has run out.
    await on.rows(
      `UPDATE notifications SET status = 'pending', sent_at = NULL, next_attempt_at = now() WHERE job_id = $1`,
      [job.id],
    );
    const sent = () => smtp.mails.filter(({ source }) => source.includes(`Message-ID: <n.${row?.id}@`));
    await waitFor(() => sent().length === 2, { what: 'the second copy' });
    expect(await untilOutbox(job.id, 'sent')).toMatchObject([{ attempts: 2 }]);
  });

  it('tells of an execution whose worker was lost', async () => {
    const job = await on.create('ok', { email: 'ops@example.com' });
    const { id } = await on.untilEnded(job.id, 'completed');
    await on.rows(
      `UPDATE executions SET status = 'running', finished_at = NULL, lease_until = now() - interval '1 s', attempt = 2, max_attempts = 2
       WHERE id = $1`,
      [id],
    );
    await on.untilEnded(job.id, 'failed');
    expect((await smtp.mail(id)).source).toContain('WORKER_LOST');
  });
});

describe('notifications while the mail server is down', () => {
  it('wait for it', async () => {
    const port = await freePort();
    const on = await startInstallation(1, {
      smtp: { host: '127.0.0.1', port, from: 'jobs@example.com' },
    });
    const job = await on.create('ok', { onSuccess: true, email: 'ops@example.com' });
    const row = async () => {
      const sql = 'SELECT status, attempts, error FROM notifications WHERE job_id = $1';
      return (await on.rows<OutboxRow>(sql, [job.id]))[0];
    };
    await waitFor(async () => (await row())?.error, { what: 'a failed attempt', progress: row });
    expect(await row()).toMatchObject({
      status: 'pending',
      error: expect.stringMatching(/^SMTP_CONNECTION: /) as string,
    });
    const smtp = await startSmtpReceiver({ port });
    await on.rows('UPDATE notifications SET next_attempt_at = now() WHERE job_id = $1', [job.id]);
    await waitFor(async () => (await row())?.status === 'sent', { what: 'it to be sent', progress: row });
    expect(smtp.mails.map(({ to }) => to)).toEqual([['ops@example.com']]);
    await on.stop();
    await smtp.close();
  });
});
