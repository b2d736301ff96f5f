import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createJob, jobOf, laterJob } from '../testing/job-fixtures.js';
import { createTestApi, type TestAccount, type TestApi } from '../testing/test-api.js';

const VALUE = 'sk_live_hunter2';
const INSTANT = expect.stringMatching(/^\d{4}-.*Z$/) as string;

describe('the secrets routes', () => {
  let api: TestApi;
  let user: TestAccount;
  let other: TestAccount;

  beforeAll(async () => {
    api = await createTestApi();
    [user, other] = [await api.createAccount(), await api.createAccount()];
    await create({ name: 'TOKEN', value: VALUE, description: 'of the shop' });
  });

  afterAll(() => api.close());

  const send = (line: string, body?: unknown, as = user) =>
    api.request(line, { token: as.accessToken, body });
  const create = (body: unknown, as = user) => send('POST /secrets', body, as);
  const webhook = (payload: Record<string, unknown>, more: Record<string, unknown> = {}) =>
    laterJob({
      type: 'webhook',
      payload: { url: 'https://example.com', data: 1, secret: 'some-secret', ...payload },
      ...more,
    });

  it('keeps a secret sealed and never answers with its value', async () => {
    const made = await create({ name: 'FIRST', value: VALUE });
    const shown = {
      id: expect.any(String),
      name: 'FIRST',
      description: null,
      createdAt: INSTANT,
      updatedAt: INSTANT,
      lastUsedAt: null,
      usedBy: [],
    };
    expect([made.status, made.body.data]).toEqual([201, shown]);
    expect((await send('GET /secrets/FIRST')).body.data).toEqual(shown);
    expect((await send('GET /secrets')).body.data).toMatchObject([{ name: 'FIRST' }, { name: 'TOKEN' }]);
    const everything = await api.dataSource.query('SELECT value FROM secrets');
    expect(JSON.stringify(everything)).not.toContain(VALUE);
    const trail = await send('GET /audit?action=secret');
    expect(JSON.stringify(trail.body)).not.toContain(VALUE);
  });

  it.each([
    [{ name: '1A', value: VALUE }, ['name']],
    [{ name: 'a-b', value: VALUE }, ['name']],
    [{ name: '', value: VALUE }, ['name']],
    [{ name: 'x'.repeat(65), value: VALUE }, ['name']],
    [{ name: 'A', value: 'abc' }, ['value']],
    [{ name: 'A', value: 7 }, ['value']],
    [{ name: 'A' }, ['value']],
    [{ name: 'A', value: VALUE, owner: 'me' }, ['owner']],
  ])('refuses %j', async (body, fields) => {
    expect((await create(body)).fault).toEqual({ status: 400, code: 'VALIDATION_FAILED', fields });
  });

  it('409 SECRET_EXISTS for a name that is taken, but not by somebody else', async () => {
    expect((await create({ name: 'TOKEN', value: VALUE })).fault).toMatchObject({
      status: 409,
      code: 'SECRET_EXISTS',
    });
    expect((await create({ name: 'TOKEN', value: VALUE }, other)).status).toBe(201);
    await send('DELETE /secrets/TOKEN', undefined, other);
  });

  it('is nobody else’s business, not even an admin’s', async () => {
    const admin = await api.createAccount('admin');
    for (const stranger of [other, admin]) {
      expect((await send('GET /secrets', undefined, stranger)).body.data).toEqual([]);
      for (const line of ['GET /secrets/TOKEN', 'DELETE /secrets/TOKEN'])
        expect((await send(line, undefined, stranger)).fault?.code).toBe('NOT_FOUND');
      expect((await send('PATCH /secrets/TOKEN', { value: VALUE }, stranger)).fault?.code).toBe('NOT_FOUND');
    }
  });

  it('replaces value and description, each by itself', async () => {
    const sealed = async () =>
      (await api.dataSource.query(`SELECT value FROM secrets WHERE name = 'TOKEN'`))[0].value as string;
    const before = await sealed();
    const described = await send('PATCH /secrets/TOKEN', { description: null });
    expect([described.body.data.description, await sealed()]).toEqual([null, before]);
    await send('PATCH /secrets/TOKEN', { value: 'another-value' });
    expect(await sealed()).not.toBe(before);
  });

  it('takes payloads that name it anywhere, also where the field has a form of its own', async () => {
    const job = await createJob(
      api,
      user.accessToken,
      webhook({
        url: '{{ secrets.TOKEN }}/hook',
        data: { list: ['{{ attempt }}', { deep: '{{ secrets.TOKEN | json }}' }] },
        secret: 'whsec_{{ secrets.TOKEN }}',
      }),
    );
    expect(job.payload).toMatchObject({ url: '{{ secrets.TOKEN }}/hook' });
    expect(job).not.toHaveProperty('usedSecrets');
    expect((await send('GET /secrets/TOKEN')).body.data.usedBy).toEqual([{ id: job.id, name: job['name'] }]);
    await send(`DELETE /jobs/${job.id}`);
    expect((await send('GET /secrets/TOKEN')).body.data.usedBy).toEqual([]);
  });

  it.each([
    [{ data: '{{ secrets.NOPE }}' }, 'payload.data', /"NOPE".*POST \/api\/v1\/secrets/],
    [{ data: { a: ['x', '{{ user }}'] } }, 'payload.data.a.1', /"user".*known are secrets.*raw/],
    [{ url: 'https://x/{{ secrets.TOKEN' }, 'payload.url', /not closed.*raw/],
    [{ data: '{% if a %}x{% endif %}' }, 'payload.data', /tag "if" not found.*raw/],
    [{ headers: { Host: '{{ secrets.TOKEN }}' } }, 'payload.headers.Host', /set by Chronos/],
    [{ [`extra`]: '{{ secrets.TOKEN }}' }, 'payload.extra', /not a field/],
  ])('400 for %j, naming field and fix', async (payload, field, message) => {
    const answer = await send('POST /jobs', webhook(payload));
    expect(answer.status).toBe(400);
    expect(answer.body.error.details).toEqual([{ field, message: expect.stringMatching(message) }]);
  });

  it('keeps braces in a raw block', async () => {
    const text = '{% raw %}{{ theirs }}{% endraw %}';
    expect((await createJob(api, user.accessToken, webhook({ data: text }))).payload['data']).toBe(text);
  });

  it('checks payloads of changes and of single runs, against the owner’s secrets', async () => {
    const job = await createJob(api, user.accessToken, webhook({}));
    const payload = webhook({ data: '{{ secrets.TOKEN }}' })['payload'];
    const admin = await api.createAccount('admin');
    const unknown = webhook({ data: '{{ secrets.NOPE }}' })['payload'];
    for (const line of [`PATCH /jobs/${job.id}`, `POST /jobs/${job.id}/trigger`])
      expect((await send(line, { payload: unknown }, admin)).fault?.fields).toEqual(['payload.data']);
    expect((await send(`POST /jobs/${job.id}/trigger`, { payload }, admin)).status).toBe(202);
    expect((await send('GET /secrets/TOKEN')).body.data.usedBy).toEqual([]);
    expect((await send(`PATCH /jobs/${job.id}`, { payload }, admin)).status).toBe(200);
    expect((await send('GET /secrets/TOKEN')).body.data.usedBy).toHaveLength(1);
    const renamed = await send(`PATCH /jobs/${job.id}`, { name: 'Still' });
    expect(jobOf(renamed).name).toBe('Still');
    expect((await send('GET /secrets/TOKEN')).body.data.usedBy).toEqual([{ id: job.id, name: 'Still' }]);
    await send(`POST /jobs/${job.id}/cancel`);
    expect((await send('GET /secrets/TOKEN')).body.data.usedBy).toEqual([]);
  });

  it('409 SECRET_IN_USE while a job uses it, unless forced', async () => {
    await create({ name: 'BUSY', value: VALUE });
    const job = await createJob(api, user.accessToken, webhook({ data: '{{ secrets.BUSY }}' }));
    const refused = await send('DELETE /secrets/BUSY');
    expect(refused.fault).toMatchObject({ status: 409, code: 'SECRET_IN_USE' });
    expect(refused.body.error.message).toContain(job.id);
    expect((await send('DELETE /secrets/BUSY?force=yes')).fault?.fields).toEqual(['force']);
    expect((await send('DELETE /secrets/BUSY?force=true')).status).toBe(204);
    expect((await send('DELETE /secrets/BUSY')).fault?.code).toBe('NOT_FOUND');
    // What was valid when it was given does not block a new name.
    expect((await send(`PATCH /jobs/${job.id}`, { name: 'Orphan' })).status).toBe(200);
  });

  it('does not let a job be stored with a secret that is being deleted', async () => {
    await create({ name: 'RACED', value: VALUE });
    const outcomes = await Promise.all([
      send('DELETE /secrets/RACED'),
      ...Array.from({ length: 5 }, () => send('POST /jobs', webhook({ data: '{{ secrets.RACED }}' }))),
    ]);
    const [deletion, ...jobs] = outcomes.map(({ status }) => status);
    expect(jobs.some((status) => status === 201)).toBe(deletion === 409);
  });
});
