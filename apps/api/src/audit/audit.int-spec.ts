import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SECRET_MASK } from '#contracts';
import { createJob, laterJob, type TestJob } from '../testing/job-fixtures.js';
import { createTestApi, TEST_PASSWORD, type TestAccount, type TestApi } from '../testing/test-api.js';

interface Shown {
  id: string;
  action: string;
  occurredAt: string;
  actorId: string | null;
  actorEmail: string | null;
  [field: string]: unknown;
}

describe('the audit routes', () => {
  let api: TestApi;
  let user: TestAccount;
  let other: TestAccount;
  let admin: TestAccount;
  let job: TestJob;

  beforeAll(async () => {
    api = await createTestApi({ http: { trustedProxies: ['127.0.0.1'] } });
    [user, other, admin] = [
      await api.createAccount(),
      await api.createAccount(),
      await api.createAccount('admin'),
    ];
    job = await createJob(
      api,
      user.accessToken,
      laterJob({
        type: 'webhook',
        payload: { url: 'https://example.com', data: 1, secret: 'hunter2-hunter2' },
      }),
    );
    await api.request(`PATCH /jobs/${job.id}`, {
      token: user.accessToken,
      headers: { 'x-forwarded-for': '203.0.113.7', 'x-request-id': 'the-change' },
      body: { name: 'Renamed', payload: { url: 'https://example.com', data: 1, secret: 'hunter3-hunter3' } },
    });
    await createJob(api, other.accessToken);
  });

  afterAll(() => api.close());

  const list = async (query: string, as = user): Promise<Shown[]> =>
    (await api.request(`GET /audit${query}`, { token: as.accessToken })).body.data;
  const actions = async (query: string, as = user) => (await list(query, as)).map(({ action }) => action);

  it('tells what changed, who did it, when, from where and by which request; secrets masked', async () => {
    const [event] = await list(`?jobId=${job.id}`);
    expect(event).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      occurredAt: expect.stringMatching(/^\d{4}-.*Z$/),
      actorId: user.id,
      actorEmail: user.email,
      apiKeyId: null,
      action: 'job.update',
      targetType: 'job',
      targetId: job.id,
      jobId: job.id,
      before: { name: 'Later', payload: { secret: SECRET_MASK }, version: 1 },
      after: { name: 'Renamed', payload: { secret: SECRET_MASK }, version: 2 },
      requestId: 'the-change',
      address: '203.0.113.7',
    });
    const stored = await api.dataSource.query(`SELECT before::text || after::text AS text FROM audit_events`);
    expect(JSON.stringify(stored)).not.toMatch(/hunter|sealed/);
  });

  it('names the API key that was used', async () => {
    const { key, id } = (
      await api.request('POST /auth/api-keys', { token: user.accessToken, body: { name: 'ci' } })
    ).body.data as { key: string; id: string };
    await api.request(`POST /jobs/${job.id}/pause`, { token: key });
    expect(await list('?action=job.pause')).toMatchObject([{ actorId: user.id, apiKeyId: id }]);
  });

  it('shows owners their own jobs and account, whoever acted, and admins everything', async () => {
    await api.request(`PATCH /users/${other.id}`, { token: admin.accessToken, body: { role: 'admin' } });
    await api.request(`PATCH /users/${other.id}`, { token: admin.accessToken, body: { role: 'user' } });
    expect(await actions('', other)).toEqual(['user.role', 'user.role', 'job.create', 'user.login']);
    expect((await list('?action=user.role', other))[0]).toMatchObject({
      actorId: admin.id,
      before: { role: 'admin' },
      after: { role: 'user' },
    });
    expect(await list(`?jobId=${job.id}`, other)).toEqual([]);
    expect(await actions(`?jobId=${job.id}&action=job.create`, admin)).toEqual(['job.create']);
  });

  it('filters by actor, kind, target and time', async () => {
    expect(await actions(`?actor=${user.email}&action=job`, admin)).toEqual(
      await actions(`?actor=${user.id}&target=${job.id}`, admin),
    );
    expect(await actions('?from=2100-01-01')).toEqual([]);
    expect(await actions('?to=2100-01-01&action=job.update')).toEqual(['job.update']);
    const refused = await api.request('GET /audit?actor=me&action=job.explode&jobId=7&from=soon&user=x', {
      token: user.accessToken,
    });
    expect(refused.fault?.fields.toSorted()).toEqual(['action', 'actor', 'from', 'jobId', 'user']);
  });

  it('pages by cursor without repeating or losing an event', async () => {
    const all = (await list('?limit=100', admin)).map(({ id }) => id);
    const read: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const { body } = await api.request(`GET /audit?limit=3${cursor && `&cursor=${cursor}`}`, {
        token: admin.accessToken,
      });
      expect(body.meta.total).toBe(all.length);
      read.push(...(body.data as Shown[]).map(({ id }) => id));
      cursor = body.meta.nextCursor;
    }
    expect(read).toEqual(all);
    const { fault } = await api.request('GET /audit?cursor=WzFd', { token: admin.accessToken });
    expect(fault).toMatchObject({ code: 'VALIDATION_FAILED', fields: ['cursor'] });
  });

  it('tells of failed sign-ins, by reason, and of the lock', async () => {
    const login = (email: string, password: string) =>
      api.request('POST /auth/login', { body: { email, password } });
    const victim = await api.createAccount();
    for (let count = 0; count < 5; count += 1) await login(victim.email, 'Wrong-Pass-1');
    await login(victim.email, TEST_PASSWORD);
    await login('nobody@example.com', TEST_PASSWORD);
    const told = await list('?action=user', victim);
    expect(told.map(({ action, after }) => [action, (after as { reason?: string }).reason])).toEqual([
      ['user.login_failed', 'locked'],
      ['user.lock', undefined],
      ...Array.from({ length: 5 }, () => ['user.login_failed', 'wrong_password']),
      ['user.login', undefined],
    ]);
    const unknown = await api.dataSource.query(
      `SELECT * FROM audit_events WHERE after->>'reason' = 'unknown_address'`,
    );
    expect(unknown).toMatchObject([{ actor_email: null, target_id: null, owner_id: null }]);
    expect(JSON.stringify(unknown)).not.toContain('nobody@');
  });

  it('tells of the reuse of a refresh token', async () => {
    const { refreshToken, id, ...account } = await api.createAccount();
    await api.request('POST /auth/refresh', { body: { refreshToken } });
    await api.request('POST /auth/refresh', { body: { refreshToken } });
    expect(await list(`?action=session`, admin)).toMatchObject([
      { action: 'session.reuse', after: { reason: 'refresh_reuse' } },
    ]);
    expect(account.email).toContain(id);
  });

  it('leaves no event of a change that was refused', async () => {
    const before = await list('?limit=100', user);
    await api.request(`PATCH /jobs/${job.id}`, {
      token: user.accessToken,
      body: { version: 77, name: 'No' },
    });
    await api.request(`POST /jobs/${job.id}/pause`, { token: user.accessToken });
    expect(await list('?limit=100', user)).toEqual(before);
  });

  describe('export', () => {
    const file = (query: string, as = admin) =>
      api.app.inject({
        url: `/api/v1/audit/export${query}`,
        headers: { authorization: `Bearer ${as.accessToken}` },
      });

    it('streams what the list shows as NDJSON', async () => {
      const answer = await file('');
      expect(answer.headers).toMatchObject({
        'content-type': 'application/x-ndjson; charset=utf-8',
        'content-disposition': 'attachment; filename="chronos-audit.ndjson"',
      });
      const lines = answer.body.trimEnd().split('\n');
      expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(await list('?limit=100', admin));
    });

    it('streams more than one batch', async () => {
      await api.dataSource.query(
        `INSERT INTO audit_events (id, action, target_type, target_id, owner_id)
         SELECT gen_random_uuid(), 'job.trigger', 'job', 'many', $1 FROM generate_series(1, 1203)`,
        [other.id],
      );
      const lines = (await file('?target=many', other)).body.trimEnd().split('\n');
      expect(new Set(lines.map((line) => (JSON.parse(line) as Shown).id)).size).toBe(1203);
    });

    it('writes CSV that no spreadsheet runs', async () => {
      const evil = await createJob(api, user.accessToken, laterJob({ name: '=1+1, "x"' }));
      await api.dataSource.query(
        `INSERT INTO audit_events (id, action, target_type, target_id, owner_id)
         VALUES (gen_random_uuid(), 'job.trigger', 'job', '=cmd', $1)`,
        [user.id],
      );
      const { body, headers } = await file(`?format=csv&jobId=${evil.id}`, user);
      expect(headers['content-type']).toBe('text/csv; charset=utf-8');
      const [names, line] = body.split('\r\n');
      expect(names).toMatch(/^id,occurredAt,actorId,/);
      expect(line).toContain('""name"":""=1+1, \\""x\\""""');
      expect((await file('?format=csv&target=%3Dcmd', user)).body).toContain(`,'=cmd,`);
    });
  });

  it('cannot be changed or emptied, not even by the program', async () => {
    const run = (sql: string) => api.dataSource.query(sql);
    await expect(run(`UPDATE audit_events SET action = 'job.create'`)).rejects.toThrow(/append-only/);
    await expect(run('DELETE FROM audit_events')).rejects.toThrow(/append-only/);
    await expect(run('TRUNCATE audit_events')).rejects.toThrow(/append-only/);
    const young = api.dataSource.transaction(async (manager) => {
      await manager.query(`SELECT set_config('chronos.audit_retention_days', '30', true)`);
      await manager.query('DELETE FROM audit_events');
    });
    await expect(young).rejects.toThrow(/append-only/);
  });
});
