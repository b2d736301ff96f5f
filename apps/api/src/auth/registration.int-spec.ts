import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApi, requester, startApi, type TestApi } from '../testing/test-api.js';

const ADMIN = { email: 'root@example.com', password: 'AdminPass123' };

describe('a closed installation with an admin of its own', () => {
  const auth = { allowRegistration: false, adminEmail: 'Root@Example.com', adminPassword: ADMIN.password };
  let api: TestApi;

  beforeAll(async () => {
    api = await createTestApi({ auth });
  });

  afterAll(() => api.close());

  it('takes no registrations: 403 REGISTRATION_CLOSED', async () => {
    const body = { email: 'new@example.com', password: 'SecurePass123', name: 'New' };
    const answer = await api.request('POST /auth/register', { body });
    expect(answer.fault).toMatchObject({ status: 403, code: 'REGISTRATION_CLOSED' });
  });

  it('says so to those who would register', async () => {
    expect((await api.request('GET /auth/options')).body.data).toEqual({ registration: false });
    const open = await startApi(api.databaseUrl, { auth: { allowRegistration: true } });
    expect((await requester(open)('GET /auth/options')).body.data).toEqual({ registration: true });
    await open.close();
  });

  it('has made its admin', async () => {
    const { body } = await api.request('POST /auth/login', { body: ADMIN });
    expect(body.data.user).toMatchObject({ email: ADMIN.email, role: 'admin' });
  });

  it('makes it once, however many replicas start, and leaves its password alone after', async () => {
    const rest = { ...auth, adminEmail: 'second@example.com' };
    const replicas = await Promise.all([1, 2, 3].map(() => startApi(api.databaseUrl, { auth: rest })));
    const other = { ...rest, adminPassword: 'OtherPass123' };
    const later = await startApi(api.databaseUrl, { auth: other });
    const login = (password: string) =>
      requester(later)('POST /auth/login', { body: { email: rest.adminEmail, password } });
    expect((await login(ADMIN.password)).status).toBe(200);
    expect((await login('OtherPass123')).status).toBe(401);
    await Promise.all([...replicas, later].map((app) => app.close()));
    const rows = await api.dataSource.query(`SELECT role FROM users WHERE email = 'second@example.com'`);
    expect(rows).toEqual([{ role: 'admin' }]);
  });

  it('does not start with an admin password no account may have', async () => {
    const weak = { ...auth, adminEmail: 'third@example.com', adminPassword: 'weak' };
    await expect(startApi(api.databaseUrl, { auth: weak })).rejects.toThrow(
      /ADMIN_PASSWORD must have at least/,
    );
  });
});
