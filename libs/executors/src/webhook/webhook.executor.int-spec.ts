import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '#contracts';
import { OutboundClient } from '#outbound';
import {
  describeExecutorConformance,
  type HttpReceiver,
  startHttpReceiver,
  testContext,
  testConfig,
} from '#testing';
import { runAttempt } from '../attempt/run-attempt.js';
import { WebhookExecutor } from './webhook.executor.js';

const clientFor = (...allowedCidrs: string[]) =>
  new OutboundClient(testConfig({ outbound: { allowedCidrs } }));

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const startReceiver = () =>
  startHttpReceiver(({ path }, response) => {
    const [, step, status] = path.split(/[/?]/);
    if (step === 'hang') return;
    response.statusCode = status ? Number(status) : 200;
    if (step === 'redirect') response.setHeader('location', '/hook');
    response.end(step === 'large' ? Buffer.alloc(5 * 1024 * 1024, 'x') : 'ok');
  });

describeExecutorConformance('WebhookExecutor', {
  type: 'webhook',
  runAttempt,
  badPayloads: [
    [{ url: 'http://example.com', data: {} }, 'payload.secret'],
    [{ url: 'http://example.com', secret: 's' }, 'payload.data'],
    [{ url: 'http://example.com', data: {}, secret: 'whsec_?' }, 'payload.secret'],
    [{ data: {}, secret: 's' }, 'payload.url'],
  ],
  async start() {
    const receiver = await startReceiver();
    const client = clientFor('127.0.0.0/8');
    const hook = (path: string) => ({
      url: `${receiver.url}${path}`,
      data: { value: 'data-secret' },
      secret,
    });
    return {
      executor: new WebhookExecutor(client),
      success: { payload: hook('/hook'), result: { statusCode: 200, body: 'ok' } },
      failure: { payload: hook('/status/500?key=query-secret'), code: 'HTTP_STATUS', retryable: true },
      hang: {
        payload: hook('/hang'),
        started: async ({ executionId }) =>
          void (await receiver.request(({ headers }) => headers['webhook-id'] === executionId)),
      },
      oversized: { payload: hook('/large'), end: { status: 'completed', result: { bodyTruncated: true } } },
      secrets: ['data-secret', 'query-secret', secret],
      leftovers: () => receiver.open(),
      stop: async () => {
        await client.onApplicationShutdown();
        await receiver.close();
      },
    };
  },
});

describe('WebhookExecutor', () => {
  let receiver: HttpReceiver;
  const client = clientFor('127.0.0.0/8');

  beforeAll(async () => {
    receiver = await startReceiver();
  });
  afterAll(async () => {
    await client.onApplicationShutdown();
    await receiver.close();
  });

  const run = (payload: JsonObject, test = testContext()) =>
    runAttempt(new WebhookExecutor(client), payload, test.context);

  it.each([
    [secret, new Webhook(secret)],
    ['webhook-secret-key', new Webhook('webhook-secret-key', { format: 'raw' })],
  ])('sends what a Standard Webhooks receiver verifies (%s)', async (given, verifier) => {
    const test = testContext();
    const data = { event: 'job.completed', note: 'grüße' };
    const end = await run({ url: `${receiver.url}/hook`, data, secret: given }, test);
    expect(end).toMatchObject({ status: 'completed', result: { webhookId: test.context.executionId } });
    const received = await receiver.request(
      ({ headers }) => headers['webhook-id'] === test.context.executionId,
    );
    expect(received).toMatchObject({ method: 'POST', headers: { 'content-type': 'application/json' } });
    expect(verifier.verify(received.body, received.headers as Record<string, string>)).toEqual(data);
  });

  it('sends the same id on every attempt', async () => {
    const { context } = testContext();
    const payload = { url: `${receiver.url}/hook`, data: 1, secret };
    for (const attempt of [1, 2]) {
      await runAttempt(new WebhookExecutor(client), payload, { ...context, attempt });
    }
    const ids = receiver.requests.map(({ headers }) => headers['webhook-id']);
    expect(ids.filter((id) => id === context.executionId)).toHaveLength(2);
  });

  it('lets no header of the payload stand in for the signature', async () => {
    const test = testContext();
    const headers = { 'Webhook-Signature': 'v1,forged', 'WEBHOOK-ID': 'forged', 'x-extra': 'kept' };
    await run({ url: `${receiver.url}/hook`, data: {}, secret, headers }, test);
    const received = await receiver.request(
      (request) => request.headers['webhook-id'] === test.context.executionId,
    );
    expect(received.headers['x-extra']).toBe('kept');
    expect(() =>
      new Webhook(secret).verify(received.body, received.headers as Record<string, string>),
    ).not.toThrow();
  });

  it.each([301, 302, 307, 308])('fails on a redirect (%i) and does not follow it', async (status) => {
    const test = testContext();
    const end = await run({ url: `${receiver.url}/redirect/${status}`, data: {}, secret }, test);
    expect(end).toMatchObject({
      status: 'failed',
      error: { code: 'HTTP_STATUS', retryable: false },
      result: { statusCode: status, webhookId: test.context.executionId },
    });
    expect(
      receiver.requests.filter((r) => r.headers['webhook-id'] === test.context.executionId),
    ).toHaveLength(1);
  });

  it.each([
    [410, false],
    [400, false],
    [429, true],
    [502, true],
  ])('%i: retried is %s', async (status, retryable) => {
    expect(await run({ url: `${receiver.url}/status/${status}`, data: {}, secret })).toMatchObject({
      status: 'failed',
      error: { code: 'HTTP_STATUS', retryable },
    });
  });

  it('calls no address that is not public or listed', async () => {
    const guarded = clientFor();
    const payload = { url: `http://localhost:${receiver.port}/hook`, data: {}, secret };
    expect(await runAttempt(new WebhookExecutor(guarded), payload, testContext().context)).toMatchObject({
      error: { code: 'ADDRESS_BLOCKED', retryable: false },
    });
    await guarded.onApplicationShutdown();
  });
});
