import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApi, TEST_PASSWORD, type TestApi } from '../testing/test-api.js';

const NEW_PASSWORD = 'AnotherPass456';

describe('POST /auth/change-password', () => {
  let api: TestApi;

  beforeAll(async () => {
    api = await createTestApi();
  });

  afterAll(() => api.close());

  const change = (token: string, currentPassword: unknown, newPassword: unknown) =>
    api.request('POST /auth/change-password', { token, body: { currentPassword, newPassword } });
  const login = (email: string, password: string) =>
    api.request('POST /auth/login', { body: { email, password } });
  const statusOf = async (token: string) => (await api.request('GET /auth/me', { token })).status;

  it('puts the new password in force and ends the other sessions', async () => {
    const { accessToken, email } = await api.createAccount();
    const other = (await login(email, TEST_PASSWORD)).body.data;
    const answer = await change(accessToken, TEST_PASSWORD, NEW_PASSWORD);
    expect([answer.status, answer.body]).toEqual([204, undefined]);
    expect(await statusOf(accessToken)).toBe(200);
    expect(await statusOf(other.accessToken)).toBe(401);
    const { refreshToken } = other;
    expect((await api.request('POST /auth/refresh', { body: { refreshToken } })).status).toBe(401);
    expect((await login(email, TEST_PASSWORD)).status).toBe(401);
    expect((await login(email, NEW_PASSWORD)).status).toBe(200);
  });

  it('400 for a wrong current password, and 429 for guessing it', async () => {
    const { accessToken, email } = await api.createAccount();
    for (let count = 0; count < 5; count += 1) {
      expect((await change(accessToken, 'WrongPass123', NEW_PASSWORD)).fault).toEqual({
        status: 400,
        code: 'VALIDATION_FAILED',
        fields: ['currentPassword'],
      });
    }
    expect((await change(accessToken, TEST_PASSWORD, NEW_PASSWORD)).fault?.code).toBe('ACCOUNT_LOCKED');
    expect((await login(email, TEST_PASSWORD)).fault?.code).toBe('ACCOUNT_LOCKED');
  });

  it('lets one of two simultaneous changes win', async () => {
    const { accessToken } = await api.createAccount();
    const answers = await Promise.all([
      change(accessToken, TEST_PASSWORD, NEW_PASSWORD),
      change(accessToken, TEST_PASSWORD, `${NEW_PASSWORD}7`),
    ]);
    expect(answers.map(({ status }) => String(status)).toSorted()).toEqual(['204', '409']);
    expect(answers.map(({ fault }) => fault?.code)).toContain('INVALID_STATE');
  });

  it.each([
    [TEST_PASSWORD, 'weak', 'newPassword'],
    [TEST_PASSWORD, undefined, 'newPassword'],
    [undefined, NEW_PASSWORD, 'currentPassword'],
    [7, NEW_PASSWORD, 'currentPassword'],
  ])('400 for %j and %j', async (current, next, field) => {
    const { accessToken } = await api.createAccount();
    expect((await change(accessToken, current, next)).fault).toEqual({
      status: 400,
      code: 'VALIDATION_FAILED',
      fields: [field],
    });
    expect(await statusOf(accessToken)).toBe(200);
  });

  it('401 without a token', async () => {
    const body = { currentPassword: TEST_PASSWORD, newPassword: NEW_PASSWORD };
    expect((await api.request('POST /auth/change-password', { body })).fault?.code).toBe('UNAUTHENTICATED');
  });
});
