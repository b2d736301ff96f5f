import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AttemptEnd, JsonObject } from '#contracts';
import { OutboundClient } from '#outbound';
import {
  type Answer,
  describeExecutorConformance,
  type HttpReceiver,
  startHttpReceiver,
  testContext,
  freePort,
  testConfig,
} from '#testing';
import { runAttempt } from '../attempt/run-attempt.js';
import { HttpExecutor } from './http.executor.js';

const clientFor = (...allowedCidrs: string[]) =>
  new OutboundClient(testConfig({ outbound: { allowedCidrs } }));

const SECRETS = ['query-secret', 'path-secret', 'header-secret', 'body-secret'];

/** Answers by path; `/hang` never, `/drip` a byte at a time. */
const answer: Answer = ({ path, method, headers, body }, response) => {
  const { pathname, searchParams } = new URL(path, 'http://receiver');
  const step = pathname.split('/')[1];
  switch (step) {
    case 'echo':
      response.setHeader('content-type', 'application/json');
      return void response.end(JSON.stringify({ method, path, headers, body }));
    case 'status': {
      const retryAfter = searchParams.get('retry-after');
      if (retryAfter) response.setHeader('retry-after', retryAfter);
      response.statusCode = Number(pathname.split('/')[2]);
      return void response.end('said no');
    }
    case 'redirect':
      response.writeHead(Number(searchParams.get('status') ?? 302), {
        location: searchParams.get('to') ?? '',
      });
      return void response.end();
    case 'redirect-drip': {
      response.writeHead(302, { location: '/echo' });
      const timer = setInterval(() => response.write('.'), 5);
      return void response.once('close', () => clearInterval(timer));
    }
    case 'large':
      return void response.end(Buffer.alloc(5 * 1024 * 1024, 'x'));
    case 'bomb':
      response.setHeader('content-encoding', 'gzip');
      return void response.end(gzipSync(Buffer.alloc(32 * 1024 * 1024)));
    case 'garbage':
      response.setHeader('content-encoding', 'gzip');
      return void response.end('not gzip');
    case 'drip': {
      response.writeHead(200);
      const timer = setInterval(() => response.write('.'), 5);
      return void response.once('close', () => clearInterval(timer));
    }
    case 'reset':
      return void response.destroy();
    default:
  }
};

describeExecutorConformance('HttpExecutor', {
  type: 'http',
  runAttempt,
  badPayloads: [
    [{}, 'payload.url'],
    [{ url: 'ftp://example.com' }, 'payload.url'],
    [{ url: 'http://example.com', method: 'TRACE' }, 'payload.method'],
    [{ url: 'http://example.com', headers: { 'bad name': 'x' } }, 'payload.headers.bad name'],
    ['http://example.com', 'payload'],
  ],
  async start() {
    const receiver = await startHttpReceiver(answer);
    const client = clientFor('127.0.0.0/8');
    return {
      executor: new HttpExecutor(client),
      success: {
        payload: { url: `${receiver.url}/echo` },
        result: { statusCode: 200, bodyTruncated: false },
      },
      failure: {
        payload: {
          url: `${receiver.url}/status/503/path-secret?key=query-secret`,
          method: 'POST',
          headers: { authorization: 'header-secret' },
          body: { value: 'body-secret' },
        },
        code: 'HTTP_STATUS',
        retryable: true,
      },
      hang: {
        payload: { url: `${receiver.url}/hang` },
        started: async ({ executionId }) =>
          void (await receiver.request(({ headers }) => headers['idempotency-key'] === executionId)),
      },
      oversized: {
        payload: { url: `${receiver.url}/large` },
        end: { status: 'completed', result: { statusCode: 200, bodyTruncated: true } },
      },
      secrets: SECRETS,
      leftovers: () => receiver.open(),
      stop: async () => {
        await client.onApplicationShutdown();
        await receiver.close();
      },
    };
  },
});

describe('HttpExecutor', () => {
  let receiver: HttpReceiver;
  const client = clientFor('127.0.0.0/8');
  const guarded = clientFor();

  beforeAll(async () => {
    receiver = await startHttpReceiver(answer);
  });
  afterAll(async () => {
    await client.onApplicationShutdown();
    await guarded.onApplicationShutdown();
    await receiver.close();
  });

  const run = (payload: JsonObject, through = client, test = testContext()) =>
    runAttempt(new HttpExecutor(through), payload, test.context);
  const echoOf = (end: AttemptEnd) => {
    if (end.status !== 'completed') throw new Error(`It did not complete: ${JSON.stringify(end)}`);
    return JSON.parse((end.result as { body: string }).body) as {
      method: string;
      headers: Record<string, string>;
      body: string;
    };
  };

  describe('the request', () => {
    it('is as the payload says, introduced as Chronos and safe to repeat', async () => {
      const test = testContext();
      const end = await run(
        {
          url: `${receiver.url}/echo?a=1`,
          method: 'put',
          headers: { 'X-Trace': 't' },
          body: { list: [1, 'ü'] },
        },
        client,
        test,
      );
      expect(echoOf(end)).toMatchObject({
        method: 'PUT',
        path: '/echo?a=1',
        body: '{"list":[1,"ü"]}',
        headers: {
          'x-trace': 't',
          'content-type': 'application/json',
          'idempotency-key': test.context.executionId,
          'user-agent': expect.stringMatching(/^Chronos\/\d+\.\d+\.\d+$/),
        },
      });
    });

    it('sends a string body as it is, and lets the payload set headers in any case', async () => {
      const headers = { 'CONTENT-TYPE': 'text/csv', 'Idempotency-KEY': 'mine', 'User-Agent': 'me' };
      const echo = echoOf(await run({ url: `${receiver.url}/echo`, method: 'POST', headers, body: 'a,b' }));
      expect(echo.body).toBe('a,b');
      expect(echo.headers).toMatchObject({
        'content-type': 'text/csv',
        'idempotency-key': 'mine',
        'user-agent': 'me',
      });
    });
  });

  describe('the status', () => {
    it.each([
      [400, false],
      [401, false],
      [404, false],
      [408, true],
      [409, false],
      [410, false],
      [425, true],
      [429, true],
      [500, true],
      [503, true],
      [304, false],
    ])('%i: retried is %s, and the answer is kept', async (status, retryable) => {
      expect(await run({ url: `${receiver.url}/status/${status}` })).toMatchObject({
        status: 'failed',
        error: {
          code: 'HTTP_STATUS',
          message: expect.stringMatching(new RegExp(`^GET ${receiver.url} answered ${status} \\w+`)),
          retryable,
        },
        result: { statusCode: status },
      });
    });

    it.each([
      [404, [200, 404], 'completed'],
      [204, 204, 'completed'],
      [200, [201], 'failed'],
      [302, 302, 'completed'],
    ])('%i with expectedStatus %j is %s', async (status, expectedStatus, expected) => {
      const url = `${receiver.url}/redirect?status=${status}&to=/echo`;
      expect(await run({ url, expectedStatus })).toMatchObject({ status: expected });
    });

    it('asks to wait as long as the answer does', async () => {
      expect(await run({ url: `${receiver.url}/status/429?retry-after=7` })).toMatchObject({
        retryAfterMs: 7_000,
      });
    });
  });

  describe('redirects', () => {
    it('are followed up to five', async () => {
      const chain = (hops: number): string =>
        hops === 0 ? '/echo' : `/redirect?to=${encodeURIComponent(chain(hops - 1))}`;
      expect(await run({ url: `${receiver.url}${chain(5)}` })).toMatchObject({ status: 'completed' });
      expect(await run({ url: `${receiver.url}${chain(6)}` })).toMatchObject({
        error: { code: 'TOO_MANY_REDIRECTS', retryable: false },
      });
    });

    it('hand no credentials to another origin', async () => {
      const other = await startHttpReceiver(answer);
      const url = `${receiver.url}/redirect?status=307&to=${encodeURIComponent(`${other.url}/echo`)}`;
      const headers = { authorization: 'Bearer t', Cookie: 'c', 'X-Api-Key': 'k', 'x-plain': 'p' };
      const echo = echoOf(await run({ url, method: 'POST', headers, body: 'kept' }));
      await other.close();
      expect(echo).toMatchObject({ method: 'POST', body: 'kept', headers: { 'x-plain': 'p' } });
      expect(Object.keys(echo.headers)).not.toEqual(
        expect.arrayContaining([expect.stringMatching(/authorization|cookie|api-key/)]),
      );
    });

    it('to a blocked address are not followed', async () => {
      const target = encodeURIComponent('http://169.254.169.254/latest/meta-data/');
      expect(await run({ url: `${receiver.url}/redirect?to=${target}` })).toMatchObject({
        status: 'failed',
        error: {
          code: 'ADDRESS_BLOCKED',
          message: expect.stringMatching(/169\.254\.169\.254 is not a public.*OUTBOUND_ALLOWED_CIDRS/),
          retryable: false,
        },
      });
    });

    it('are followed before their bodies have ended', async () => {
      expect(await run({ url: `${receiver.url}/redirect-drip` })).toMatchObject({ status: 'completed' });
      await expect.poll(() => receiver.open()).toEqual([]);
    });

    it('to a file are not followed', async () => {
      expect(await run({ url: `${receiver.url}/redirect?to=file:///etc/passwd` })).toMatchObject({
        error: { code: 'REDIRECT_REFUSED', retryable: false },
      });
    });
  });

  describe('addresses', () => {
    it.each([
      '127.0.0.1',
      '127.1',
      '2130706433',
      '0x7f000001',
      '0177.0.0.1',
      '0x7f.1',
      '127.0.0.1.',
      '0.0.0.0',
      '[::1]',
      '[::ffff:127.0.0.1]',
      '[::ffff:7f00:1]',
      '[::127.0.0.1]',
      '[0:0:0:0:0:0:0:1]',
      '１２７.0.0.1',
      '127。0。0。1',
      'localhost',
    ])('http://%s is not called unless it is listed', async (host) => {
      const before = receiver.requests.length;
      expect(await run({ url: `http://${host}:${receiver.port}/echo` }, guarded)).toMatchObject({
        status: 'failed',
        error: {
          code: 'ADDRESS_BLOCKED',
          message: expect.stringContaining('OUTBOUND_ALLOWED_CIDRS'),
          retryable: false,
        },
      });
      expect(receiver.requests).toHaveLength(before);
    });

    it('a listed one is called by name as by number', async () => {
      const loopback = clientFor('127.0.0.0/8', '::1');
      expect(await run({ url: `http://localhost:${receiver.port}/echo` }, loopback)).toMatchObject({
        status: 'completed',
      });
      await loopback.onApplicationShutdown();
    });
  });

  describe('the network', () => {
    it('refusing is a failure that is retried', async () => {
      const port = await freePort();
      expect(await run({ url: `http://127.0.0.1:${port}/?key=query-secret` })).toEqual({
        status: 'failed',
        error: {
          code: 'NETWORK',
          message: `GET http://127.0.0.1:${port}: the connection was refused (ECONNREFUSED)`,
          retryable: true,
        },
      });
    });

    it('losing the connection is one as well', async () => {
      expect(await run({ url: `${receiver.url}/reset` })).toMatchObject({
        error: { code: 'NETWORK', retryable: true },
      });
    });

    it('an unknown name is one as well', async () => {
      expect(await run({ url: 'http://no-such-host.invalid/' })).toMatchObject({
        error: {
          code: 'NETWORK',
          message: expect.stringContaining('name cannot be resolved'),
          retryable: true,
        },
      });
    });
  });

  describe('the body', () => {
    it('of a compression bomb is cut off', async () => {
      const end = await run({ url: `${receiver.url}/bomb` });
      expect(end).toMatchObject({ status: 'completed', result: { bodyTruncated: true } });
    });

    it('that does not decode is a failure', async () => {
      expect(await run({ url: `${receiver.url}/garbage` })).toMatchObject({
        error: { code: 'BODY_UNREADABLE', retryable: true },
      });
    });

    it("that drips for ever ends with the payload's own time limit", async () => {
      expect(await run({ url: `${receiver.url}/drip`, timeout: 150 })).toEqual({
        status: 'timed_out',
        error: { code: 'TIMEOUT', message: 'took longer than 150 ms', retryable: true },
      });
      await expect.poll(() => receiver.open()).toEqual([]);
    });
  });
});
