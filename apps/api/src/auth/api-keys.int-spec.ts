import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createJob, laterJob } from '../testing/job-fixtures.js';
import { createTestApi, type TestAccount, type TestApi } from '../testing/test-api.js';

const NOBODY = '01900000-0000-7000-8000-000000000001';
const INSTANT = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string;

describe('the API key routes', () => {
  let api: TestApi;
  let account: TestAccount;
  let token: string;

  beforeAll(async () => {
    api = await createTestApi();
    account = await api.createAccount();
    token = account.accessToken;
  });

  afterAll(() => api.close());

  const create = (body: unknown = { name: 'ci' }, as = token) =>
    api.request('POST /auth/api-keys', { token: as, body });
  const list = (as = token) => api.request('GET /auth/api-keys', { token: as });
  const remove = (id: string, as = token) => api.request(`DELETE /auth/api-keys/${id}`, { token: as });
  const me = (as: string) => api.request('GET /auth/me', { token: as });
  const made = async (as = token): Promise<{ id: string; key: string }> =>
    (await create(undefined, as)).body.data;

  describe('POST /auth/api-keys', () => {
    it('answers with the key once, and keeps only its hash', async () => {
      const { status, body } = await create({ name: ' deploy ', expiresAt: '2099-01-31T09:00:00+02:00' });
      expect(status).toBe(201);
      const { key, ...shown } = body.data as Record<'key' | 'id' | 'prefix', string>;
      expect(shown).toEqual({
        id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
        name: 'deploy',
        prefix: `chr_${shown.id.replaceAll('-', '')}`,
        createdAt: INSTANT,
        expiresAt: '2099-01-31T07:00:00.000Z',
        lastUsedAt: null,
      });
      expect(key.startsWith(`${shown.prefix}_`)).toBe(true);
      const secret = key.slice(shown.prefix.length + 1);
      expect(secret).toHaveLength(43);
      expect((await list()).body.data).toContainEqual(shown);
      expect(JSON.stringify((await list()).body)).not.toContain(secret);
      expect(JSON.stringify(await api.dataSource.query('SELECT * FROM api_keys'))).not.toContain(secret);
    });

    it.each([
      [{}, 'name'],
      [{ name: '  ' }, 'name'],
      [{ name: 'x'.repeat(101) }, 'name'],
      [{ name: 7 }, 'name'],
      [{ name: 'a', expiresAt: '2020-01-01T00:00:00Z' }, 'expiresAt'],
      [{ name: 'a', expiresAt: 'tomorrow' }, 'expiresAt'],
      [{ name: 'a', expiresAt: null }, 'expiresAt'],
      [{ name: 'a', role: 'admin' }, 'role'],
    ])('400 for %j', async (body, field) => {
      const { accessToken } = await api.createAccount();
      expect((await create(body, accessToken)).fault).toEqual({
        status: 400,
        code: 'VALIDATION_FAILED',
        fields: [field],
      });
      expect((await list(accessToken)).body.data).toEqual([]);
    });

    it('409 for the 51st, also when many are made at once', async () => {
      const { accessToken, id } = await api.createAccount();
      await api.dataSource.query(
        `INSERT INTO api_keys (id, user_id, name, key_hash)
         SELECT gen_random_uuid(), $1, 'many', 'none' FROM generate_series(1, 47)`,
        [id],
      );
      const answers = await Promise.all(Array.from({ length: 6 }, () => create(undefined, accessToken)));
      expect(answers.filter(({ status }) => status === 201)).toHaveLength(3);
      const refused = answers.filter(({ status }) => status !== 201);
      expect(refused.map(({ fault }) => fault)).toEqual(
        refused.map(() => ({ status: 409, code: 'INVALID_STATE', fields: [] })),
      );
      expect((await list(accessToken)).body.data).toHaveLength(50);
    });
  });

  describe('GET /auth/api-keys', () => {
    it('lists the newest first, expired ones included, and nobody else’s', async () => {
      const { accessToken, id } = await api.createAccount();
      const first = await made(accessToken);
      const second = await made(accessToken);
      await made();
      await api.dataSource.query('UPDATE api_keys SET expires_at = now() WHERE user_id = $1', [id]);
      const { status, body } = await list(accessToken);
      expect(status).toBe(200);
      expect((body.data as { id: string }[]).map((one) => one.id)).toEqual([second.id, first.id]);
    });
  });

  describe('DELETE /auth/api-keys/:id', () => {
    it('ends the key with its next request, once', async () => {
      const { id, key } = await made();
      expect((await me(key)).status).toBe(200);
      const gone = await remove(id);
      expect([gone.status, gone.body]).toEqual([204, undefined]);
      expect((await me(key)).fault).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
      expect((await remove(id)).fault).toMatchObject({ status: 404, code: 'NOT_FOUND' });
    });

    it('404 for somebody else’s, also to an admin, and the key lives on', async () => {
      const { id, key } = await made();
      for (const role of ['user', 'admin'] as const) {
        const other = await api.createAccount(role);
        expect((await remove(id, other.accessToken)).fault?.code).toBe('NOT_FOUND');
      }
      expect((await me(key)).status).toBe(200);
      expect((await remove(NOBODY)).fault?.code).toBe('NOT_FOUND');
    });

    it('400 for an id that is none', async () => {
      expect((await remove('chr_x')).fault).toEqual({
        status: 400,
        code: 'VALIDATION_FAILED',
        fields: ['id'],
      });
    });
  });

  describe('an API key', () => {
    it('acts for its user: own jobs, and nobody else’s', async () => {
      const { key } = await made();
      expect((await me(key)).body.data.id).toBe(account.id);
      const job = await createJob(api, key, laterJob());
      expect(job['ownerId']).toBe(account.id);
      expect((await api.request(`GET /jobs/${job.id}`, { token: key })).status).toBe(200);
      const stranger = await made((await api.createAccount()).accessToken);
      expect((await api.request(`GET /jobs/${job.id}`, { token: stranger.key })).fault?.code).toBe(
        'NOT_FOUND',
      );
      const answer = await api.request('GET /auth/me', { headers: { authorization: `bearer ${key}` } });
      expect(answer.status).toBe(200);
    });

    it('has the role its user has now', async () => {
      const { accessToken, id } = await api.createAccount();
      const { key } = await made(accessToken);
      expect((await api.request('GET /users', { token: key })).fault?.code).toBe('FORBIDDEN');
      await api.dataSource.query(`UPDATE users SET role = 'admin' WHERE id = $1`, [id]);
      expect((await api.request('GET /users', { token: key })).status).toBe(200);
    });

    it('403 where credentials are made or ended, and nothing happens', async () => {
      const { id, key } = await made();
      const before = (await list()).body.data.length;
      const passwords = { currentPassword: 'SecurePass123', newPassword: 'SecurePass124' };
      const answers = [
        await create(undefined, key),
        await list(key),
        await remove(id, key),
        await api.request('POST /auth/change-password', { token: key, body: passwords }),
        await api.request('POST /auth/logout', { token: key }),
        await api.request('POST /auth/logout-everywhere', { token: key }),
      ];
      expect(answers.map(({ fault }) => fault)).toEqual(
        answers.map(() => ({ status: 403, code: 'FORBIDDEN', fields: [] })),
      );
      expect((await list()).body.data).toHaveLength(before);
      expect((await me(key)).status).toBe(200);
    });

    it('lives on after a logout and a change of password', async () => {
      const { accessToken } = await api.createAccount();
      const { key } = await made(accessToken);
      const passwords = { currentPassword: 'SecurePass123', newPassword: 'SecurePass124' };
      const changed = await api.request('POST /auth/change-password', {
        token: accessToken,
        body: passwords,
      });
      expect(changed.status).toBe(204);
      await api.request('POST /auth/logout', { token: accessToken });
      expect((await me(key)).status).toBe(200);
    });

    it('401 once it has expired', async () => {
      const { id, key } = await made();
      await api.dataSource.query('UPDATE api_keys SET expires_at = now() WHERE id = $1', [id]);
      const answer = await me(key);
      expect(answer.fault).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
      expect(answer.headers['www-authenticate']).toMatch(/^Bearer/);
    });

    it('401 when changed, cut short, or of another key’s id', async () => {
      const [one, other] = [await made(), await made()];
      const forged = [
        `${one.key.slice(0, -1)}${one.key.endsWith('A') ? 'B' : 'A'}`,
        one.key.slice(0, -1),
        one.key.toUpperCase(),
        `${other.key.slice(0, 37)}${one.key.slice(37)}`,
        `chr_${NOBODY.replaceAll('-', '')}_${'A'.repeat(43)}`,
        'chr_',
      ];
      for (const key of forged) expect([key, (await me(key)).fault?.code]).toEqual([key, 'UNAUTHENTICATED']);
      expect((await me(one.key)).status).toBe(200);
    });

    it('goes with a suspension of its account and does not come back', async () => {
      const admin = await api.createAccount('admin');
      const { accessToken, id } = await api.createAccount();
      const { key } = await made(accessToken);
      const setActive = (active: boolean) =>
        api.request(`PATCH /users/${id}`, { token: admin.accessToken, body: { active } });
      await setActive(false);
      expect((await me(key)).fault?.code).toBe('UNAUTHENTICATED');
      await setActive(true);
      expect((await me(key)).fault?.code).toBe('UNAUTHENTICATED');
      expect(await api.dataSource.query('SELECT 1 FROM api_keys WHERE user_id = $1', [id])).toEqual([]);
    });

    it('goes with its account, and works for nobody whose account is off', async () => {
      const { accessToken, id } = await api.createAccount();
      const { key } = await made(accessToken);
      await api.dataSource.query('UPDATE users SET is_active = false WHERE id = $1', [id]);
      expect((await me(key)).fault?.code).toBe('UNAUTHENTICATED');
      await api.dataSource.query('DELETE FROM users WHERE id = $1', [id]);
      expect(await api.dataSource.query('SELECT 1 FROM api_keys WHERE user_id = $1', [id])).toEqual([]);
    });

    it('notes its use, but writes at most once a minute', async () => {
      const { id, key } = await made();
      const rowOf = async () => {
        const rows = await api.dataSource.query(
          'SELECT last_used_at AS "lastUsedAt", xmin::text AS version FROM api_keys WHERE id = $1',
          [id],
        );
        return rows[0] as { lastUsedAt: Date | null; version: string };
      };
      expect((await rowOf()).lastUsedAt).toBeNull();
      await me(key);
      const first = await rowOf();
      expect(first.lastUsedAt).toBeInstanceOf(Date);
      await api.dataSource.query(`UPDATE api_keys SET last_used_at = now() - interval '30 s' WHERE id = $1`, [
        id,
      ]);
      const recent = await rowOf();
      await me(key);
      expect(await rowOf()).toEqual(recent);
      await api.dataSource.query(`UPDATE api_keys SET last_used_at = now() - interval '61 s' WHERE id = $1`, [
        id,
      ]);
      const stale = await rowOf();
      await Promise.all([me(key), me(key), me(key)]);
      const after = await rowOf();
      expect(Number(after.lastUsedAt)).toBeGreaterThan(Number(stale.lastUsedAt));
      expect((await list()).body.data).toContainEqual(
        expect.objectContaining({ id, lastUsedAt: after.lastUsedAt?.toISOString() }),
      );
    });
  });
});
