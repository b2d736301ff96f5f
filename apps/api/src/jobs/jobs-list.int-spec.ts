import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { JOB_SORTS } from '#jobs';
import { createJob, laterJob, type TestJob, WEEKLY_REPORT } from '../testing/job-fixtures.js';
import { createTestApi, type TestAccount, type TestApi } from '../testing/test-api.js';

describe('GET /jobs', () => {
  let api: TestApi;
  let user: TestAccount;
  let jobs: TestJob[];

  beforeAll(async () => {
    api = await createTestApi();
    user = await api.createAccount();
    const token = user.accessToken;
    jobs = [
      await createJob(api, token, { ...WEEKLY_REPORT, tags: ['reports', 'weekly'] }),
      await createJob(api, token, laterJob({ name: 'b 100%', priority: 5, tags: ['reports'] })),
      await createJob(api, token, laterJob({ name: 'a_c', description: 'Nightly SYNC', priority: 5 })),
      await createJob(api, token, {
        ...laterJob({ name: 'abc' }),
        scheduleType: 'immediate',
        scheduledAt: undefined,
      }),
      await createJob(api, token, laterJob({ name: 'Zoë', scheduledAt: '2041-01-01T00:00:00Z' })),
    ];
    await api.request(`POST /jobs/${jobs[4]?.id}/pause`, { token });
  });

  afterAll(() => api.close());

  const list = (query: string, token = user.accessToken) => api.request(`GET /jobs${query}`, { token });
  const idsOf = ({ body }: Awaited<ReturnType<typeof list>>) => (body.data as TestJob[]).map(({ id }) => id);
  const namesOf = ({ body }: Awaited<ReturnType<typeof list>>) =>
    (body.data as { name: string }[]).map(({ name }) => name);

  it('answers the page of the requirements, newest first', async () => {
    const answer = await list('?page=1&limit=20&status=active');
    expect(answer.status).toBe(200);
    expect(answer.body.meta).toEqual({ page: 1, limit: 20, total: 4, totalPages: 1, nextCursor: null });
    expect(namesOf(answer)).toEqual(['abc', 'a_c', 'b 100%', 'Send Weekly Report']);
  });

  it.each([
    ['?status=paused', ['Zoë']],
    ['?status=cancelled', []],
    ['?type=http', ['Send Weekly Report']],
    ['?scheduleType=immediate', ['abc']],
    ['?tag=reports', ['b 100%', 'Send Weekly Report']],
    ['?tag=weekly&type=http', ['Send Weekly Report']],
    ['?tag=weekly&type=custom', []],
    ['?search=weekly', ['Send Weekly Report']],
    ['?search=sync', ['a_c']],
    ['?search=%25', ['b 100%']],
    ['?search=_', ['a_c']],
    ['?search=%5C', []],
    [`?search=zo%C3%AB`, ['Zoë']],
    ['?sort=name&search=b', ['abc', 'b 100%']],
  ])('filters %s', async (query, names) => {
    expect(namesOf(await list(query))).toEqual(names);
  });

  it('shows an owner by id, and to a user only what is their own', async () => {
    const admin = await api.createAccount('admin');
    await createJob(api, admin.accessToken, laterJob({ name: "admin's" }));
    expect(namesOf(await list(`?owner=${admin.id}`, admin.accessToken))).toEqual(["admin's"]);
    expect((await list(`?owner=${user.id}`, admin.accessToken)).body.meta.total).toBe(5);
    expect((await list('', admin.accessToken)).body.meta.total).toBe(6);
    expect((await list(`?owner=${admin.id}`)).body.meta.total).toBe(0);
    expect((await list('')).body.meta.total).toBe(5);
  });

  const sorts = JOB_SORTS.flatMap((sort) => [sort, `-${sort}`]);

  it.each(sorts)('walks all jobs by cursor in the order %s, as by page', async (sort) => {
    const whole = idsOf(await list(`?sort=${sort}`));
    expect(whole.toSorted()).toEqual(jobs.map(({ id }) => id).toSorted());
    const walked: string[] = [];
    let cursor = '';
    for (let page = 1; page <= 3; page += 1) {
      const byPage = await list(`?sort=${sort}&limit=2&page=${page}`);
      const byCursor = await list(`?sort=${sort}&limit=2${cursor}`);
      expect(byCursor.body.data).toEqual(byPage.body.data);
      expect(byCursor.body.meta.total).toBe(5);
      expect(byCursor.body.meta.nextCursor).toBe(byPage.body.meta.nextCursor);
      walked.push(...idsOf(byCursor));
      cursor = `&cursor=${byCursor.body.meta.nextCursor}`;
    }
    expect(walked).toEqual(whole);
    expect(cursor).toBe('&cursor=null');
  });

  it('goes on where it was although jobs were added before', async () => {
    const token = (await api.createAccount()).accessToken;
    const [oldest, middle] = [await createJob(api, token), await createJob(api, token)];
    await createJob(api, token);
    const first = await list('?limit=1', token);
    await createJob(api, token);
    const rest = await list(`?limit=2&cursor=${first.body.meta.nextCursor}`, token);
    expect(idsOf(rest)).toEqual([middle.id, oldest.id]);
  });

  it('sorts by what is shown: jobs without a next run come last', async () => {
    const names = namesOf(await list('?sort=nextRunAt'));
    expect(names.slice(0, 1)).toEqual(['Send Weekly Report']);
    expect(names.slice(3).toSorted()).toEqual(['Zoë', 'abc'].toSorted());
    expect(
      namesOf(await list('?sort=-nextRunAt'))
        .slice(3)
        .toSorted(),
    ).toEqual(['Zoë', 'abc'].toSorted());
  });

  it('refuses a cursor of another order, and what is none', async () => {
    const { body } = await list('?limit=1');
    const made = (key: unknown) => Buffer.from(JSON.stringify(key)).toString('base64url');
    const id = jobs[0]?.id;
    const bad = [
      ['name', body.meta.nextCursor],
      ['createdAt', body.meta.nextCursor],
      ['-createdAt', 'x'],
      ['-createdAt', ''],
      ['-createdAt', made(['-createdAt', 'yesterday', id])],
      ['-createdAt', made(['-createdAt', '2025-02-31T99:00:00.000Z', id])],
      ['-createdAt', made(['-createdAt', null, id])],
      ['-createdAt', made(['-createdAt', '2025-01-01T00:00:00.000Z', 'x'])],
      ['-createdAt', made(['-createdAt', '2025-01-01T00:00:00.000Z', { a: 1 }])],
      ['name', made(['name', 7, id])],
      ['name', made(['name', 'a\u0000', id])],
      ['priority', made(['priority', '7', id])],
      ['priority', made(['priority', 70_000, id])],
      ['priority', Buffer.from(`["priority",1e999,"${id}"]`).toString('base64url')],
    ];
    for (const [sort, cursor] of bad) {
      const answer = await list(`?sort=${sort}&cursor=${cursor}`);
      expect([cursor, answer.fault]).toEqual([
        cursor,
        { status: 400, code: 'VALIDATION_FAILED', fields: ['cursor'] },
      ]);
    }
  });

  it.each([
    'status=gone',
    'status=active&status=paused',
    'type=ftp',
    'scheduleType=never',
    'sort=payload',
    'sort=--name',
    'owner=me',
    'limit=101',
    `search=${'x'.repeat(201)}`,
    `tag=${'x'.repeat(51)}`,
    'filter=x',
    'constructor=x',
  ])('refuses ?%s with 400', async (query) => {
    expect((await list(`?${query}`)).fault).toEqual({
      status: 400,
      code: 'VALIDATION_FAILED',
      fields: [query.slice(0, query.indexOf('='))],
    });
  });
});
