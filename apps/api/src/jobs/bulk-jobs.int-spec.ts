import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createJob, jobOf, laterJob, WEEKLY_REPORT } from '../testing/job-fixtures.js';
import { createTestApi, type TestAccount, type TestApi } from '../testing/test-api.js';

describe('POST /jobs/bulk', () => {
  let api: TestApi;
  let owner: TestAccount;
  let stranger: TestAccount;

  beforeAll(async () => {
    api = await createTestApi();
    [owner, stranger] = [await api.createAccount(), await api.createAccount()];
  });

  afterAll(() => api.close());

  const bulk = (body: object, account = owner) =>
    api.request('POST /jobs/bulk', { token: account.accessToken, body });
  const read = async (id: string, account = owner) =>
    jobOf(await api.request(`GET /jobs/${id}`, { token: account.accessToken }));
  const make = (more: object = {}, account = owner) =>
    createJob(api, account.accessToken, { ...laterJob(), ...more });

  it('does it with each, and tells what single jobs refused', async () => {
    const [one, paused, foreign] = [await make(), await make(), await make({}, stranger)];
    await bulk({ action: 'pause', ids: [paused.id] });
    const { body } = await bulk({
      action: 'pause',
      ids: [one.id, paused.id, foreign.id, one.id],
      reason: 'moving',
    });
    expect(body.data).toEqual({
      done: 1,
      failed: [
        {
          id: paused.id,
          name: 'Later',
          code: 'INVALID_STATE',
          message: 'Only an active job can be paused; this one is paused.',
        },
        expect.objectContaining({ id: foreign.id, name: null, code: 'NOT_FOUND' }),
      ],
      remaining: 0,
      next: null,
    });
    expect(await read(one.id)).toMatchObject({ status: 'paused', statusReason: 'moving' });
    expect(await read(foreign.id, stranger)).toMatchObject({ status: 'active' });
    expect((await bulk({ action: 'resume', ids: [one.id, paused.id] })).body.data.done).toBe(2);
    expect(await read(one.id)).toMatchObject({ status: 'active' });
  });

  it('goes through all that match in steps of a hundred', async () => {
    const tag = 'step';
    await Promise.all(Array.from({ length: 103 }, () => make({ tags: [tag] })));
    await make({ tags: [tag] }, stranger);
    const first = (await bulk({ action: 'addTag', tag: 'seen', filter: { tag } })).body.data;
    expect(first).toEqual({ done: 100, failed: [], remaining: 3, next: expect.any(String) as string });
    const rest = (await bulk({ action: 'addTag', tag: 'seen', filter: { tag }, after: first.next })).body
      .data;
    expect(rest).toEqual({ done: 3, failed: [], remaining: 0, next: null });
    const { body } = await api.request('GET /jobs?tag=seen', { token: owner.accessToken });
    expect(body.meta.total).toBe(103);
  });

  it('deletes jobs that run after each other in any order, and keeps what others still wait for', async () => {
    const a = await make();
    const after = (id: string) => ({
      scheduleType: 'chained',
      scheduledAt: undefined,
      after: [{ jobId: id }],
    });
    const b = await make(after(a.id));
    const c = await make(after(b.id));
    const { body } = await bulk({ action: 'delete', ids: [a.id, b.id] });
    expect(body.data).toMatchObject({ done: 0, failed: [{ code: 'JOB_IN_USE' }, { code: 'JOB_IN_USE' }] });
    expect((await bulk({ action: 'delete', ids: [a.id, b.id, c.id] })).body.data).toMatchObject({
      done: 3,
      failed: [],
    });
  });

  it('leaves what is as it should be', async () => {
    const job = await make({ tags: ['here'] });
    await bulk({ action: 'addTag', tag: 'here', ids: [job.id] });
    await bulk({ action: 'removeTag', tag: 'elsewhere', ids: [job.id] });
    expect(await read(job.id)).toMatchObject({ version: 1, tags: ['here'] });
    await bulk({ action: 'removeTag', tag: 'here', ids: [job.id] });
    expect(await read(job.id)).toMatchObject({ version: 2, tags: [] });
    const full = await make({ tags: Array.from({ length: 20 }, (_, index) => `tag ${index}`) });
    const { failed } = (await bulk({ action: 'addTag', tag: 'here', ids: [full.id] })).body.data;
    expect(failed).toMatchObject([{ id: full.id, code: 'VALIDATION_FAILED' }]);
  });

  it('runs, cancels and deletes', async () => {
    const [run, cancelled, deleted] = [await make(), await make(), await make()];
    for (const [action, { id }] of [
      ['trigger', run],
      ['cancel', cancelled],
      ['delete', deleted],
    ] as const) {
      expect((await bulk({ action, ids: [id] })).body.data).toMatchObject({ done: 1, failed: [] });
    }
    const runs = await api.request(`GET /jobs/${run.id}/executions`, { token: owner.accessToken });
    expect(runs.body.data).toMatchObject([{ trigger: 'manual' }]);
    expect(await read(cancelled.id)).toMatchObject({ status: 'cancelled' });
    expect((await api.request(`GET /jobs/${deleted.id}`, { token: owner.accessToken })).status).toBe(404);
  });

  it.each([
    [{ action: 'pause' }, 'ids'],
    [{ action: 'pause', ids: [], filter: {} }, 'ids'],
    [{ action: 'pause', ids: ['01900000-0000-7000-8000-000000000001'], filter: {} }, 'ids'],
    [{ action: 'pause', ids: 7 }, 'ids'],
    [{ action: 'pause', filter: { status: 'lost' } }, 'filter.status'],
    [{ action: 'addTag', filter: {} }, 'tag'],
    [{ action: 'pause', tag: 'x', filter: {} }, 'tag'],
    [{ action: 'resume', reason: 'x', filter: {} }, 'reason'],
    [{ action: 'explode', filter: {} }, 'action'],
  ])('refuses %j', async (body, field) => {
    expect((await bulk(body)).fault).toMatchObject({ status: 400, fields: [field] });
  });
});

describe('POST /jobs/:id/clone', () => {
  let api: TestApi;
  let token: string;

  beforeAll(async () => {
    api = await createTestApi();
    token = (await api.createAccount()).accessToken;
  });

  afterAll(() => api.close());

  const clone = async (id: string, body?: object) =>
    jobOf(await api.request(`POST /jobs/${id}/clone`, { token, body }));

  it('copies all of a job, its secrets too, and waits', async () => {
    const job = await createJob(api, token, { ...WEEKLY_REPORT, tags: ['reports'] });
    const copy = await clone(job.id);
    expect(copy).toMatchObject({
      name: 'Send Weekly Report (copy)',
      status: 'paused',
      nextRunAt: null,
      version: 1,
      tags: ['reports'],
      payload: { headers: { Authorization: '********' } },
    });
    expect(copy.id).not.toBe(job.id);
    const rows = (await api.dataSource.query(
      `SELECT DISTINCT payload -> 'headers' AS headers FROM jobs WHERE id IN ($1, $2)`,
      [job.id, copy.id],
    )) as unknown[];
    expect(rows).toHaveLength(1);
    const resumed = jobOf(await api.request(`POST /jobs/${copy.id}/resume`, { token }));
    expect(resumed.nextRunAt).toBe(job.nextRunAt);
  });

  it('takes what is said instead', async () => {
    const job = await createJob(api, token, WEEKLY_REPORT);
    const payload = { ...job.payload, url: 'https://example.com/other' };
    expect(await clone(job.id, { name: 'Other', cronExpression: '@daily', payload })).toMatchObject({
      name: 'Other',
      cronExpression: '@daily',
      payload: { url: 'https://example.com/other', headers: { Authorization: '********' } },
    });
    const answer = await api.request(`POST /jobs/${job.id}/clone`, { token, body: { cronExpression: 'x' } });
    expect(answer.fault).toMatchObject({ status: 400, fields: ['cronExpression'] });
  });

  it('keeps a job that would run at once until it is resumed', async () => {
    const job = await createJob(api, token, {
      ...laterJob(),
      scheduleType: 'immediate',
      scheduledAt: undefined,
    });
    const copy = await clone(job.id);
    const runs = async () =>
      (await api.request(`GET /jobs/${copy.id}/executions`, { token })).body.meta.total as number;
    expect([copy.status, await runs()]).toEqual(['paused', 0]);
    expect((await api.request(`POST /jobs/${copy.id}/resume`, { token })).status).toBe(200);
  });

  it('cuts a name that would be too long', async () => {
    const job = await createJob(api, token, laterJob({ name: 'n'.repeat(200) }));
    expect((await clone(job.id))['name']).toBe(`${'n'.repeat(193)} (copy)`);
  });
});
