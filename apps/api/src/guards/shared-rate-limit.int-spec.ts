import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort, testRedisUrl } from '#testing';
import { createTestApi, requester, startApi, type TestApi } from '../testing/test-api.js';

const LIMITS = { rateLimitPerMinute: 6, authRateLimitPerMinute: 1_000 };
const queueAt = (redisUrl: string) => ({
  backend: 'redis' as const,
  redisUrl,
  prefix: `t${randomBytes(6).toString('hex')}`,
});

describe('rate limits of several API processes', () => {
  let api: TestApi;

  afterAll(() => api.close());

  it('count together on Redis', async () => {
    const queue = queueAt(testRedisUrl());
    api = await createTestApi({ auth: LIMITS, queue });
    const second = await startApi(api.databaseUrl, { auth: LIMITS, queue });
    const { accessToken: token } = await api.createAccount();
    const both = [api.request, requester(second)];
    const left: unknown[] = [];
    for (let count = 0; count < 6; count += 1) {
      const answer = await both[count % 2]?.('GET /auth/me', { token });
      left.push(answer?.headers['ratelimit-remaining']);
    }
    expect(left).toEqual(['5', '4', '3', '2', '1', '0']);
    for (const request of both) {
      const { fault, headers } = await request('GET /auth/me', { token });
      expect(fault).toMatchObject({ status: 429, code: 'RATE_LIMITED' });
      expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    }
    await second.close();
  });
});

describe('rate limits while Redis is away', () => {
  let api: TestApi;

  beforeAll(async () => {
    api = await createTestApi({ auth: LIMITS, queue: queueAt(`redis://127.0.0.1:${await freePort()}`) });
  });
  afterAll(() => api.close());

  it('still hold within the process', async () => {
    const { accessToken: token } = await api.createAccount();
    for (let count = 0; count < 6; count += 1) {
      expect((await api.request('GET /auth/me', { token })).status).toBe(200);
    }
    expect((await api.request('GET /auth/me', { token })).fault?.status).toBe(429);
  });
});
