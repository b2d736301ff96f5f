import { JwtService } from '@nestjs/jwt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEST_SECRETS } from '#testing';
import { createTestApi, TEST_PASSWORD, type TestApi } from '../testing/test-api.js';

const USER = {
  id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
  createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string,
};

describe('the auth routes', () => {
  let api: TestApi;

  beforeAll(async () => {
    api = await createTestApi();
  });

  afterAll(() => api.close());

  const login = (email: string, password: string) =>
    api.request('POST /auth/login', { body: { email, password } });
  const me = (token: string) => api.request('GET /auth/me', { token });

  describe('POST /auth/register', () => {
    const body = { email: 'Jane@Example.com ', password: 'SecurePass123', name: ' Jane Doe ' };

    it('makes an account, signs it in, and keeps the password from everybody', async () => {
      const { status, body: answer } = await api.request('POST /auth/register', { body });
      expect(status).toBe(201);
      const { user, accessToken, refreshToken, ...rest } = answer.data;
      expect(user).toEqual({ ...USER, email: 'jane@example.com', name: 'Jane Doe', role: 'user' });
      expect(rest).toEqual({});
      expect((await me(accessToken)).body.data).toEqual(user);
      const stored = JSON.stringify(await api.dataSource.query('SELECT * FROM users, sessions'));
      expect(stored).not.toContain('SecurePass123');
      expect(stored).not.toContain((refreshToken as string).split('.')[1]);
      expect(stored).toContain('$2b$12$');
    });

    it('409 EMAIL_TAKEN, in whatever case the address is written', async () => {
      const again = await api.request('POST /auth/register', {
        body: { ...body, email: 'JANE@example.com' },
      });
      expect(again.fault).toMatchObject({ status: 409, code: 'EMAIL_TAKEN' });
    });

    it('lets one of two simultaneous registrations have the address', async () => {
      const twin = { ...body, email: 'twin@example.com' };
      const answers = await Promise.all([1, 2].map(() => api.request('POST /auth/register', { body: twin })));
      expect(answers.map(({ status }) => String(status)).toSorted()).toEqual(['201', '409']);
    });

    it.each([
      [{ email: 'no-address' }, 'email'],
      [{ email: 'jürgen@example.com' }, 'email'],
      [{ email: `${'a'.repeat(250)}@example.com` }, 'email'],
      [{ email: 7 }, 'email'],
      [{ email: null }, 'email'],
      [{ password: 'short1A' }, 'password'],
      [{ password: 'ä'.repeat(35) + 'aB1' }, 'password'],
      [{ password: 'alllower1' }, 'password'],
      [{ password: ['SecurePass123'] }, 'password'],
      [{ name: '   ' }, 'name'],
      [{ name: 'x'.repeat(201) }, 'name'],
      [{ name: { first: 'Jane' } }, 'name'],
      [{ role: 'admin' }, 'role'],
    ])('400 for %j', async (part, field) => {
      const answer = await api.request('POST /auth/register', {
        body: { ...body, email: 'new@example.com', ...part },
      });
      expect(answer.fault).toEqual({ status: 400, code: 'VALIDATION_FAILED', fields: [field] });
      expect(await api.dataSource.query(`SELECT 1 FROM users WHERE email LIKE 'new@%'`)).toEqual([]);
    });
  });

  describe('POST /auth/login', () => {
    it('signs in with the address in any case', async () => {
      const { email } = await api.createAccount();
      const { status, body } = await login(email.toUpperCase(), TEST_PASSWORD);
      expect(status).toBe(200);
      expect(Object.keys(body.data).toSorted()).toEqual(['accessToken', 'refreshToken', 'user']);
      expect((await me(body.data.accessToken)).status).toBe(200);
    });

    it('401 INVALID_CREDENTIALS, the same for a wrong password and an unknown address', async () => {
      const { email } = await api.createAccount();
      const wrong = await login(email, 'SecurePass124');
      const unknown = await login('nobody@example.com', TEST_PASSWORD);
      expect(wrong.fault).toMatchObject({ status: 401, code: 'INVALID_CREDENTIALS' });
      const blank = ({ body }: typeof wrong) => ({ ...body.error, requestId: '' });
      expect(blank(unknown)).toEqual(blank(wrong));
      expect(unknown.headers['www-authenticate']).toBeUndefined();
    });

    it('429 ACCOUNT_LOCKED from the sixth try on, the same with and without an account', async () => {
      const { email } = await api.createAccount();
      for (const address of [email, 'stranger@example.com']) {
        for (let count = 0; count < 5; count += 1) {
          expect((await login(address, 'WrongPass123')).fault?.code).toBe('INVALID_CREDENTIALS');
        }
        const locked = await login(address, TEST_PASSWORD);
        expect(locked.fault).toMatchObject({ status: 429, code: 'ACCOUNT_LOCKED' });
        expect(Number(locked.headers['retry-after'])).toBeGreaterThan(50);
      }
    });

    it('403 ACCOUNT_DISABLED, only to who knows the password', async () => {
      const { email, id } = await api.createAccount();
      await api.dataSource.query('UPDATE users SET is_active = false WHERE id = $1', [id]);
      expect((await login(email, TEST_PASSWORD)).fault).toMatchObject({
        status: 403,
        code: 'ACCOUNT_DISABLED',
      });
      expect((await login(email, 'WrongPass123')).fault?.code).toBe('INVALID_CREDENTIALS');
    });

    it('400 without its fields', async () => {
      const answer = await api.request('POST /auth/login', { body: {} });
      expect(answer.fault).toEqual({
        status: 400,
        code: 'VALIDATION_FAILED',
        fields: ['email', 'password'],
      });
    });
  });

  describe('POST /auth/refresh', () => {
    const refresh = (refreshToken: unknown) => api.request('POST /auth/refresh', { body: { refreshToken } });

    it('gives new tokens; those of before that were access tokens live on with the session', async () => {
      const { accessToken, refreshToken } = await api.createAccount();
      const { status, body } = await refresh(refreshToken);
      expect(status).toBe(200);
      expect(Object.keys(body.data).toSorted()).toEqual(['accessToken', 'refreshToken']);
      expect(body.data.refreshToken).not.toBe(refreshToken);
      expect(body.data.accessToken).not.toBe(accessToken);
      expect((await me(body.data.accessToken)).status).toBe(200);
      expect((await me(accessToken)).status).toBe(200);
      expect((await refresh(body.data.refreshToken)).status).toBe(200);
    });

    it('401 for one used before, and the whole family ends', async () => {
      const { refreshToken, id } = await api.createAccount();
      const { body } = await refresh(refreshToken);
      expect((await refresh(refreshToken)).fault).toMatchObject({
        status: 401,
        code: 'INVALID_REFRESH_TOKEN',
      });
      expect((await refresh(body.data.refreshToken)).fault?.code).toBe('INVALID_REFRESH_TOKEN');
      expect((await me(body.data.accessToken)).fault?.code).toBe('UNAUTHENTICATED');
      const [session] = await api.dataSource.query('SELECT revoke_reason FROM sessions WHERE user_id = $1', [
        id,
      ]);
      expect(session).toEqual({ revoke_reason: 'refresh_reuse' });
    });

    it.each(['', 'x', `01900000-0000-7000-8000-000000000001.${'a'.repeat(43)}`, 'a'.repeat(400)])(
      '401 for a made-up one: %s',
      async (token) => {
        expect((await refresh(token)).fault).toMatchObject({ status: 401, code: 'INVALID_REFRESH_TOKEN' });
      },
    );

    it('401 once the session has expired', async () => {
      const { refreshToken, accessToken, id } = await api.createAccount();
      await api.dataSource.query('UPDATE sessions SET expires_at = now() WHERE user_id = $1', [id]);
      expect((await refresh(refreshToken)).fault?.code).toBe('INVALID_REFRESH_TOKEN');
      expect((await me(accessToken)).fault?.code).toBe('UNAUTHENTICATED');
    });

    it.each([[undefined], [null], [7], ['a'.repeat(501)]])('400 for %j', async (token) => {
      expect((await refresh(token)).fault).toEqual({
        status: 400,
        code: 'VALIDATION_FAILED',
        fields: ['refreshToken'],
      });
    });
  });

  describe('POST /auth/logout', () => {
    it('ends every token of this session at once, and no other session', async () => {
      const account = await api.createAccount();
      const other = (await login(account.email, TEST_PASSWORD)).body.data;
      const out = await api.request('POST /auth/logout', { token: account.accessToken });
      expect([out.status, out.body]).toEqual([204, undefined]);
      expect((await me(account.accessToken)).fault).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
      const refreshed = await api.request('POST /auth/refresh', {
        body: { refreshToken: account.refreshToken },
      });
      expect(refreshed.fault?.code).toBe('INVALID_REFRESH_TOKEN');
      expect((await me(other.accessToken)).status).toBe(200);
    });
  });

  describe('POST /auth/logout-everywhere', () => {
    it("ends every session of the user at once, and nobody else's", async () => {
      const [account, stranger] = [await api.createAccount(), await api.createAccount()];
      const other = (await login(account.email, TEST_PASSWORD)).body.data;
      const out = await api.request('POST /auth/logout-everywhere', { token: account.accessToken });
      expect([out.status, out.body]).toEqual([204, undefined]);
      for (const token of [account.accessToken, other.accessToken as string]) {
        expect((await me(token)).fault).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
      }
      const refreshed = await api.request('POST /auth/refresh', {
        body: { refreshToken: other.refreshToken as string },
      });
      expect(refreshed.fault?.code).toBe('INVALID_REFRESH_TOKEN');
      expect((await me(stranger.accessToken)).status).toBe(200);
    });
  });

  describe('GET and PATCH /auth/me', () => {
    it('reads and renames', async () => {
      const { accessToken: token, id, email } = await api.createAccount();
      const renamed = await api.request('PATCH /auth/me', { token, body: { name: ' New Name ' } });
      expect(renamed.body.data).toEqual({ ...USER, id, email, name: 'New Name', role: 'user' });
      expect((await me(token)).body.data).toEqual(renamed.body.data);
      expect((await api.request('PATCH /auth/me', { token, body: {} })).body.data.name).toBe('New Name');
    });

    it.each([{ name: '' }, { name: null }, { email: 'other@example.com' }, { role: 'admin' }])(
      '400 for %j',
      async (body) => {
        const { accessToken: token } = await api.createAccount();
        const answer = await api.request('PATCH /auth/me', { token, body });
        expect(answer.fault).toEqual({ status: 400, code: 'VALIDATION_FAILED', fields: Object.keys(body) });
      },
    );
  });

  describe('a token', () => {
    const ours = { algorithm: 'HS256', issuer: 'chronos', audience: 'chronos-api', expiresIn: 60 } as const;
    const forge = async (claims: object, options: object = {}, secret: string = TEST_SECRETS.JWT_SECRET) => {
      const { id } = await api.createAccount();
      const [session] = await api.dataSource.query('SELECT id FROM sessions WHERE user_id = $1', [id]);
      return new JwtService().sign({ sub: id, sid: session.id, ...claims }, { ...ours, ...options, secret });
    };

    it('as we sign it is taken', async () => {
      expect((await me(await forge({}))).status).toBe(200);
    });

    it.each([
      ['of another secret', {}, {}, 'another-secret-that-is-long-enough-to-be-one'],
      ['of another issuer', {}, { issuer: 'someone' }, undefined],
      ['of another audience', {}, { audience: 'something' }, undefined],
      ['of another algorithm', {}, { algorithm: 'HS384' }, undefined],
      ['that has expired', {}, { expiresIn: -1 }, undefined],
      ['of another user', { sub: '01900000-0000-7000-8000-000000000001' }, {}, undefined],
      ['of no session', { sid: '01900000-0000-7000-8000-000000000001' }, {}, undefined],
    ])('%s is 401', async (_, claims, options, secret) => {
      const answer = await me(await forge(claims, options, secret));
      expect(answer.fault).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
      expect(answer.headers['www-authenticate']).toMatch(/^Bearer/);
    });

    it('unsigned, garbled or missing is 401', async () => {
      const signed = await forge({});
      const none = `${Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')}.${signed.split('.')[1]}.`;
      for (const token of [none, 'x', `${signed}x`, signed.split('.').slice(0, 2).join('.')]) {
        expect((await me(token)).fault?.code).toBe('UNAUTHENTICATED');
      }
      for (const authorization of ['', 'Bearer', `Basic ${signed}`]) {
        const answer = await api.request('GET /auth/me', { headers: { authorization } });
        expect(answer.fault?.code).toBe('UNAUTHENTICATED');
      }
    });

    it('holds no role: a promotion and a suspension hold with the next request', async () => {
      const { accessToken: token, id } = await api.createAccount();
      expect((await api.request('GET /users', { token })).fault).toMatchObject({
        status: 403,
        code: 'FORBIDDEN',
      });
      await api.dataSource.query(`UPDATE users SET role = 'admin' WHERE id = $1`, [id]);
      expect((await api.request('GET /users', { token })).status).toBe(200);
      await api.dataSource.query('UPDATE users SET is_active = false WHERE id = $1', [id]);
      expect((await api.request('GET /users', { token })).fault?.code).toBe('UNAUTHENTICATED');
    });
  });
});
