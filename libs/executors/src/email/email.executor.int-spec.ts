import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SmtpConfig } from '#config';
import type { JsonObject } from '#contracts';
import { SmtpPool } from '#outbound';
import {
  describeExecutorConformance,
  freePort,
  type SmtpReceiver,
  startSmtpReceiver,
  testConfig,
  testContext,
} from '#testing';
import { runAttempt } from '../attempt/run-attempt.js';
import { EmailExecutor } from './email.executor.js';

const from = 'Chronos <jobs@example.com>';
const poolFor = (smtp: Partial<SmtpConfig>) =>
  new SmtpPool(testConfig({ smtp: { host: '127.0.0.1', from, ...smtp } }));
const mailTo = (to: string | string[], more: JsonObject = {}) => ({
  to,
  subject: 'Report',
  text: 'It is ready.',
  ...more,
});

describeExecutorConformance('EmailExecutor', {
  type: 'email',
  runAttempt,
  badPayloads: [
    [{}, 'payload.to'],
    [mailTo('nobody'), 'payload.to'],
    [mailTo(['a@example.com', 'b']), 'payload.to.1'],
    [{ to: 'a@example.com', subject: 'x' }, 'payload.text'],
    [mailTo('a@example.com', { subject: 'a\r\nBcc: x@example.com' }), 'payload.subject'],
    [mailTo('a@example.com', { attachments: [{ path: '/etc/passwd' }] }), 'payload.attachments'],
  ],
  async start() {
    const receiver = await startSmtpReceiver();
    const pool = poolFor({ port: receiver.port });
    return {
      executor: new EmailExecutor(pool),
      success: { payload: mailTo('a@example.com'), result: { accepted: ['a@example.com'], rejected: [] } },
      failure: {
        payload: mailTo('busy@example.com', { text: 'text-secret' }),
        code: 'SMTP_RESPONSE',
        retryable: true,
      },
      hang: {
        payload: mailTo('hang@example.com'),
        started: async ({ executionId }) => void (await receiver.mail(executionId)),
      },
      oversized: {
        payload: mailTo('long@example.com'),
        end: { status: 'failed', error: { code: 'SMTP_RESPONSE', retryable: false } },
      },
      secrets: ['text-secret'],
      leftovers: () => receiver.open(),
      stop: async () => {
        pool.onApplicationShutdown();
        await receiver.close();
      },
    };
  },
});

describe('EmailExecutor', () => {
  let receiver: SmtpReceiver;
  let pool: SmtpPool;
  beforeAll(async () => {
    receiver = await startSmtpReceiver();
    pool = poolFor({ port: receiver.port });
  });
  afterAll(async () => {
    pool.onApplicationShutdown();
    await receiver.close();
  });

  const run = (payload: JsonObject, test = testContext(), through = pool) =>
    runAttempt(new EmailExecutor(through), payload, test.context);

  it('sends text and HTML to everyone named', async () => {
    const test = testContext();
    const payload = mailTo(['a@example.com', 'b@example.com'], {
      cc: 'c@example.com',
      bcc: ['d@example.com'],
      subject: 'Grüße',
      html: '<h1>It is ready.</h1>',
    });
    expect(await run(payload, test)).toEqual({
      status: 'completed',
      result: {
        messageId: `<${test.context.executionId}@example.com>`,
        accepted: ['a@example.com', 'b@example.com', 'c@example.com', 'd@example.com'],
        rejected: [],
      },
    });
    const mail = await receiver.mail(test.context.executionId);
    expect(mail).toMatchObject({
      from: 'jobs@example.com',
      to: expect.arrayContaining(['d@example.com']) as string[],
    });
    expect(mail.source).toMatch(/^From: Chronos <jobs@example\.com>$/m);
    expect(mail.source).toMatch(/^Auto-Submitted: auto-generated/m);
    expect(mail.source).toContain('multipart/alternative');
    expect(mail.source).not.toContain('d@example.com');
  });

  it('gives every attempt the same Message-ID', async () => {
    const { context } = testContext();
    for (const attempt of [1, 2]) {
      await runAttempt(new EmailExecutor(pool), mailTo('again@example.com'), { ...context, attempt });
    }
    const sent = receiver.mails.filter(({ source }) =>
      source.includes(`Message-ID: <${context.executionId}@`),
    );
    expect(sent).toHaveLength(2);
  });

  it('completes when some recipients are rejected, and tells which', async () => {
    const test = testContext();
    expect(await run(mailTo(['a@example.com', 'unknown@example.com']), test)).toMatchObject({
      status: 'completed',
      result: { accepted: ['a@example.com'], rejected: ['unknown@example.com'] },
    });
    expect(test.lines).toEqual([
      { level: 'warn', message: expect.stringMatching(/^unknown@example\.com was rejected: 550 /) as string },
    ]);
  });

  it.each([
    ['unknown@example.com', false],
    ['busy@example.com', true],
  ])('%s alone fails, retried is %s', async (to, retryable) => {
    expect(await run(mailTo(to))).toMatchObject({
      status: 'failed',
      error: {
        code: 'SMTP_RESPONSE',
        message: expect.stringMatching(
          new RegExp(`^127\\.0\\.0\\.1:${receiver.port} answered (550|451) `),
        ) as string,
        retryable,
      },
    });
  });

  it('sends the next message after a failed and after an aborted one', async () => {
    const aborted = testContext();
    const running = run(mailTo('hang@example.com'), aborted);
    await receiver.mail(aborted.context.executionId);
    aborted.abort('cancelled');
    await running;
    await run(mailTo('unknown@example.com'));
    expect(await run(mailTo('a@example.com'))).toMatchObject({ status: 'completed' });
  });

  it.each([
    ['SMTP_HOST', { host: undefined }],
    ['SMTP_FROM', { from: undefined }],
  ])('says that %s is not set', async (variable, smtp) => {
    expect(await run(mailTo('a@example.com'), testContext(), poolFor(smtp))).toEqual({
      status: 'failed',
      error: {
        code: 'EMAIL_NOT_CONFIGURED',
        message: expect.stringContaining(`set ${variable}`) as string,
        retryable: false,
      },
    });
  });

  it('signs in, and does not retry a wrong password nor tell it', async () => {
    const account = { user: 'jobs@example.com', password: 'right-password' };
    const guarded = await startSmtpReceiver({ account });
    const right = poolFor({ port: guarded.port, from: undefined, ...account });
    const wrong = poolFor({ port: guarded.port, user: account.user, password: 'wrong-password' });
    expect(await run(mailTo('a@example.com'), testContext(), right)).toMatchObject({ status: 'completed' });
    const end = await run(mailTo('a@example.com'), testContext(), wrong);
    expect(end).toMatchObject({ error: { code: 'SMTP_RESPONSE', retryable: false } });
    expect(JSON.stringify(end)).not.toContain('wrong-password');
    right.onApplicationShutdown();
    wrong.onApplicationShutdown();
    await guarded.close();
  });

  it('retries when no server answers', async () => {
    const nobody = poolFor({ port: await freePort() });
    expect(await run(mailTo('a@example.com'), testContext(), nobody)).toMatchObject({
      error: { code: 'SMTP_CONNECTION', retryable: true },
    });
    nobody.onApplicationShutdown();
  });

  it('retries when the server hangs up', async () => {
    const server = createServer((socket) => socket.destroy());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const rude = poolFor({ port: (server.address() as { port: number }).port });
    expect(await run(mailTo('a@example.com'), testContext(), rude)).toMatchObject({
      error: { code: 'SMTP_CONNECTION', retryable: true },
    });
    rude.onApplicationShutdown();
    await new Promise((resolve) => server.close(resolve));
  });
});
