import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApi, TEST_PASSWORD, type TestAccount, type TestApi } from '../testing/test-api.js';

describe('the user routes', () => {
  let api: TestApi;
  let admin: TestAccount;
  let users: TestAccount[];

  beforeAll(async () => {
    api = await createTestApi();
    admin = await api.createAccount('admin');
    users = [];
    for (let count = 0; count < 4; count += 1) users.push(await api.createAccount());
  });

  afterAll(() => api.close());

  const list = (query: string) => api.request(`GET /users${query}`, { token: admin.accessToken });
  const patch = (id: string, body: unknown, token = admin.accessToken) =>
    api.request(`PATCH /users/${id}`, { token, body });
  const idsOf = ({ body }: Awaited<ReturnType<typeof list>>) =>
    (body.data as TestAccount[]).map(({ id }) => id);

  it('lists the newest first, page by page or by cursor', async () => {
    const newestFirst = [admin, ...users].map(({ id }) => id).toReversed();
    const first = await list('?limit=2');
    expect(idsOf(first)).toEqual(newestFirst.slice(0, 2));
    expect(first.body.meta).toEqual({
      page: 1,
      limit: 2,
      total: 5,
      totalPages: 3,
      nextCursor: expect.any(String) as string,
    });
    expect(idsOf(await list('?limit=2&page=2'))).toEqual(newestFirst.slice(2, 4));
    const second = await list(`?limit=2&cursor=${first.body.meta.nextCursor}`);
    const third = await list(`?limit=2&cursor=${second.body.meta.nextCursor}`);
    expect([...idsOf(second), ...idsOf(third)]).toEqual(newestFirst.slice(2));
    expect(third.body.meta.nextCursor).toBeNull();
    expect(idsOf(await list('?page=9'))).toEqual([]);
  });

  it('shows what an admin needs, and never a hash', async () => {
    const { body } = await list('');
    expect(Object.keys(body.data[0]).toSorted()).toEqual(
      ['active', 'createdAt', 'email', 'id', 'lockedUntil', 'name', 'role', 'updatedAt'].toSorted(),
    );
  });

  it('finds by name, address, role and state', async () => {
    const { id, email } = await api.createAccount();
    await patch(id, { active: false });
    expect(idsOf(await list(`?search=${encodeURIComponent(email.toUpperCase())}`))).toEqual([id]);
    expect(idsOf(await list('?search=%25'))).toEqual([]);
    expect(idsOf(await list('?active=false'))).toEqual([id]);
    expect(idsOf(await list('?role=admin&active=true'))).toEqual([admin.id]);
    const { body } = await list('?active=true&limit=2');
    expect(body.meta).toMatchObject({ total: 5, totalPages: 3 });
    const next = await list(`?active=true&limit=2&cursor=${body.meta.nextCursor}`);
    expect(idsOf(next)).toEqual(
      [...users]
        .toReversed()
        .slice(2, 4)
        .map((user) => user.id),
    );
  });

  it('tells which accounts failed sign-ins have locked, and unlocks them', async () => {
    const { id, email } = await api.createAccount();
    const login = (password: string) => api.request('POST /auth/login', { body: { email, password } });
    for (let count = 0; count < 5; count += 1) await login('WrongPass123');
    expect((await login(TEST_PASSWORD)).status).toBe(429);
    const [locked] = (await list(`?search=${email}`)).body.data as { lockedUntil: string }[];
    expect(Date.parse(locked?.lockedUntil ?? '')).toBeGreaterThan(Date.now());
    expect((await patch(id, { locked: false })).body.data).toMatchObject({ id, lockedUntil: null });
    expect((await login(TEST_PASSWORD)).status).toBe(200);
    const trail = await api.request(`GET /audit?action=user.unlock&target=${id}`, {
      token: admin.accessToken,
    });
    expect(trail.body.meta.total).toBe(1);
    // Unlocked already: nothing happened that anybody would ask about.
    await patch(id, { locked: false });
    const again = await api.request(`GET /audit?action=user.unlock&target=${id}`, {
      token: admin.accessToken,
    });
    expect(again.body.meta.total).toBe(1);
  });

  it.each(['cursor=x', 'cursor=WyJ4Il0', 'cursor=', 'limit=0', 'sort=name', 'role=root', 'active=1'])(
    '400 for ?%s',
    async (query) => {
      expect((await list(`?${query}`)).fault).toEqual({
        status: 400,
        code: 'VALIDATION_FAILED',
        fields: [query.slice(0, query.indexOf('='))],
      });
    },
  );

  it('promotes, demotes, suspends and reinstates, each at once', async () => {
    const { id, accessToken: token, refreshToken } = await api.createAccount();
    expect((await patch(id, { role: 'admin' })).body.data).toMatchObject({ id, role: 'admin', active: true });
    expect((await api.request('GET /users', { token })).status).toBe(200);
    expect((await patch(id, { role: 'user', active: false })).body.data).toMatchObject({
      role: 'user',
      active: false,
    });
    expect((await api.request('GET /auth/me', { token })).status).toBe(401);
    expect((await patch(id, { active: true })).status).toBe(200);
    // Reinstated is not signed in: the sessions of before have ended.
    expect((await api.request('GET /auth/me', { token })).status).toBe(401);
    expect((await api.request('POST /auth/refresh', { body: { refreshToken } })).status).toBe(401);
  });

  it.each([
    { role: 'root' },
    { role: null },
    { active: 'no' },
    { active: null },
    { locked: true },
    { email: 'x@example.com' },
  ])('400 for %j', async (body) => {
    const { id } = users[0] as TestAccount;
    expect((await patch(id, body)).fault).toEqual({
      status: 400,
      code: 'VALIDATION_FAILED',
      fields: Object.keys(body),
    });
  });

  it('400 for an id that is none, 404 for one nobody has', async () => {
    expect((await patch('me', {})).fault).toMatchObject({ status: 400, fields: ['id'] });
    const nobody = await patch('01900000-0000-7000-8000-000000000001', { active: false });
    expect(nobody.fault).toMatchObject({ status: 404, code: 'NOT_FOUND' });
  });

  it('is for admins only: 403, and 401 without a token', async () => {
    const { id, accessToken } = users[0] as TestAccount;
    expect((await patch(id, { role: 'admin' }, accessToken)).fault).toMatchObject({
      status: 403,
      code: 'FORBIDDEN',
    });
    expect((await api.request('GET /users')).fault).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
  });

  it('keeps the last admin: 409, also when two depose each other at once', async () => {
    expect((await patch(admin.id, { active: false })).fault).toMatchObject({
      status: 409,
      code: 'INVALID_STATE',
    });
    const second = await api.createAccount('admin');
    const answers = await Promise.all([
      patch(second.id, { role: 'user' }),
      patch(admin.id, { role: 'user' }, second.accessToken),
    ]);
    // Whoever comes second is refused, as the last admin or as an admin no more.
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const rows = await api.dataSource.query(
      `SELECT count(*)::int FROM users WHERE role = 'admin' AND is_active`,
    );
    expect(rows).toEqual([{ count: 1 }]);
  });
});
