import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApi, TEST_PASSWORD, type TestAccount, type TestApi } from '../testing/test-api.js';

describe('rate limits', () => {
  let api: TestApi;
  let account: TestAccount;

  beforeAll(async () => {
    api = await createTestApi({ auth: { rateLimitPerMinute: 10, authRateLimitPerMinute: 3 } });
    account = await api.createAccount();
  });

  afterAll(() => api.close());

  it('count by user, whatever the address, and say how much is left', async () => {
    const me = () => api.request('GET /auth/me', { token: account.accessToken });
    for (let left = 9; left >= 0; left -= 1) {
      const { status, headers } = await me();
      expect([status, headers['ratelimit-limit'], headers['ratelimit-remaining']]).toEqual([
        200,
        '10',
        String(left),
      ]);
    }
    const { fault, headers } = await me();
    expect(fault).toMatchObject({ status: 429, code: 'RATE_LIMITED' });
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    const other = await api.createAccount();
    expect((await api.request('GET /auth/me', { token: other.accessToken })).status).toBe(200);
  });

  it('count an API key towards its user, once it has worked in this process', async () => {
    const { accessToken: token } = await api.createAccount();
    const made = await api.request('POST /auth/api-keys', { token, body: { name: 'ci' } });
    const { id, key } = made.body.data as { id: string; key: string };
    const leftFor = async (bearer: string) =>
      (await api.request('GET /auth/me', { token: bearer })).headers['ratelimit-remaining'];
    expect(made.headers['ratelimit-remaining']).toBe('9');
    const byAddress = Number(await leftFor(key));
    expect([await leftFor(key), await leftFor(token), await leftFor(key)]).toEqual(['8', '7', '6']);
    await api.request(`DELETE /auth/api-keys/${id}`, { token });
    // Refused this once, it is forgotten: a key that holds no more does not use up its former owner's limit.
    expect([await leftFor(key), await leftFor(token)]).toEqual(['4', '3']);
    expect(await leftFor(key)).toBe(String(byAddress - 1));
    expect(await leftFor(token)).toBe('2');
  });

  it('are tighter, and by address, where credentials are checked', async () => {
    const login = (email: string) =>
      api.request('POST /auth/login', { body: { email, password: TEST_PASSWORD } });
    const first = await login(account.email);
    expect([first.status, first.headers['ratelimit-limit'], first.headers['ratelimit-remaining']]).toEqual([
      200,
      '3',
      '2',
    ]);
    await login('a@example.com');
    await api.request('POST /auth/refresh', { body: { refreshToken: 'x' } });
    expect((await login('b@example.com')).fault).toMatchObject({ status: 429, code: 'RATE_LIMITED' });
  });

  it('count bad tokens by address, before any database is asked', async () => {
    const answers = [];
    for (let count = 0; count < 12; count += 1) {
      answers.push(await api.request('GET /auth/me', { token: 'forged' }));
    }
    expect(answers.at(-1)?.fault?.code).toBe('RATE_LIMITED');
  });

  it('spare the probes', async () => {
    for (let count = 0; count < 15; count += 1) {
      expect((await api.request('GET /health/live')).status).toBe(200);
    }
  });
});
