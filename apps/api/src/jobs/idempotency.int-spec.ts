import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countOf, createJob, jobOf, laterJob, WEEKLY_REPORT } from '../testing/job-fixtures.js';
import { createTestApi, type TestApi } from '../testing/test-api.js';

describe('Idempotency-Key', () => {
  let api: TestApi;
  let token: string;

  beforeAll(async () => {
    api = await createTestApi();
    token = (await api.createAccount()).accessToken;
  });

  afterAll(() => api.close());

  const send = (line: string, body: unknown, key: string, as = token) =>
    api.request(line, { token: as, body, headers: { 'idempotency-key': key } });

  it('replays the first answer of a create, secrets masked', async () => {
    const first = await send('POST /jobs', WEEKLY_REPORT, 'weekly');
    await api.request(`PATCH /jobs/${jobOf(first).id}`, { token, body: { name: 'Changed meanwhile' } });
    const again = await send('POST /jobs', WEEKLY_REPORT, 'weekly');
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.body).toEqual(first.body);
    expect(again.headers['etag']).toBe('"1"');
    expect(JSON.stringify(again.body)).not.toContain('api-key');
    const kept = await api.dataSource.query(`SELECT answer FROM idempotency_keys`);
    expect(JSON.stringify(kept)).not.toContain('api-key');
  });

  it('refuses another body: 422', async () => {
    await send('POST /jobs', laterJob(), 'once');
    const before = await countOf(api.dataSource, 'jobs');
    expect((await send('POST /jobs', laterJob({ name: 'Other' }), 'once')).fault).toEqual({
      status: 422,
      code: 'IDEMPOTENCY_KEY_REUSED',
      fields: [],
    });
    expect(await countOf(api.dataSource, 'jobs')).toBe(before);
  });

  it('makes one job of many requests at once', async () => {
    const before = await countOf(api.dataSource, 'jobs');
    const answers = await Promise.all(
      Array.from({ length: 15 }, () => send('POST /jobs', laterJob(), 'at-once')),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map((answer) => jobOf(answer).id)).size).toBe(1);
    expect(await countOf(api.dataSource, 'jobs')).toBe(before + 1);
  });

  it('belongs to one user', async () => {
    const other = (await api.createAccount()).accessToken;
    const mine = await send('POST /jobs', laterJob(), 'shared');
    const theirs = await send('POST /jobs', laterJob({ name: 'Theirs' }), 'shared', other);
    expect(theirs.status).toBe(201);
    expect(jobOf(theirs).id).not.toBe(jobOf(mine).id);
  });

  it('is not spent by a request that was refused', async () => {
    expect((await send('POST /jobs', laterJob({ timezone: 'Mars' }), 'retry')).status).toBe(400);
    expect((await send('POST /jobs', laterJob(), 'retry')).status).toBe(201);
  });

  it('replays a create whose time has passed since', async () => {
    const body = laterJob({ scheduledAt: new Date(Date.now() - 30_000).toISOString() });
    const first = await send('POST /jobs', body, 'soon');
    expect(first.status).toBe(201);
    // The same body, as it would be judged when a minute more has gone by.
    const late = laterJob({ scheduledAt: '2020-01-01T00:00:00Z' });
    await api.dataSource.query(
      `UPDATE idempotency_keys SET request_hash = encode(sha256(convert_to($1, 'UTF8')), 'hex') WHERE key = 'soon'`,
      [JSON.stringify(late)],
    );
    const again = await send('POST /jobs', late, 'soon');
    expect([again.status, jobOf(again).id]).toEqual([201, jobOf(first).id]);
  });

  it('replays a trigger, and refuses it with another body', async () => {
    const { id } = await createJob(api, token);
    const first = await send(`POST /jobs/${id}/trigger`, undefined, 'run');
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => send(`POST /jobs/${id}/trigger`, undefined, 'run')),
    );
    for (const again of answers) expect([again.status, again.body]).toEqual([202, first.body]);
    expect(
      (await send(`POST /jobs/${id}/trigger`, { overlapPolicy: 'allow_all' }, 'run')).fault,
    ).toMatchObject({
      status: 422,
      code: 'IDEMPOTENCY_KEY_REUSED',
    });
    const { body } = await api.request(`GET /jobs/${id}/executions`, { token });
    expect(body.meta.total).toBe(1);
  });

  it('means another request on another job', async () => {
    const [one, two] = [await createJob(api, token), await createJob(api, token)];
    const answers = [
      await send(`POST /jobs/${one.id}/trigger`, {}, 'both'),
      await send(`POST /jobs/${two.id}/trigger`, {}, 'both'),
    ];
    expect(answers.map(({ body }) => body.data.jobId as string)).toEqual([one.id, two.id]);
  });
});
