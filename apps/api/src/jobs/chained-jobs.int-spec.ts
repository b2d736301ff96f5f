import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createJob, laterJob, type TestJob } from '../testing/job-fixtures.js';
import { createTestApi, type TestAccount, type TestApi } from '../testing/test-api.js';

const NOBODYS_ID = '01900000-0000-7000-8000-000000000001';

interface Link {
  jobId: string;
  on?: string;
}

/** A job that runs after others. */
function chainedJob(after: (string | Link)[], more: Record<string, unknown> = {}): Record<string, unknown> {
  const links = after.map((link) => (typeof link === 'string' ? { jobId: link } : link));
  return laterJob({ scheduleType: 'chained', scheduledAt: undefined, after: links, ...more });
}

describe('jobs that run after others', () => {
  let api: TestApi;
  let user: TestAccount;
  let admin: TestAccount;

  beforeAll(async () => {
    api = await createTestApi();
    [user, admin] = [await api.createAccount(), await api.createAccount('admin')];
  });

  afterAll(() => api.close());

  const send = (line: string, body?: unknown, account = user) =>
    api.request(line, { token: account.accessToken, body });
  const create = (body: Record<string, unknown>, account = user) => createJob(api, account.accessToken, body);
  const job = async (name: string) => (await create(laterJob({ name }))).id;
  const read = async (id: string) => (await send(`GET /jobs/${id}`)).body.data as TestJob;
  const messagesOf = ({ body }: Awaited<ReturnType<typeof send>>) =>
    (body.error.details as { field: string; message: string }[]).map(
      ({ field, message }) => `${field} ${message}`,
    );

  describe('are made', () => {
    it('with what they run after, and no time of their own', async () => {
      const [a, b] = [await job('a'), await job('b')];
      const child = await create(chainedJob([a, { jobId: b, on: 'any' }]));
      expect(child).toMatchObject({
        scheduleType: 'chained',
        status: 'active',
        nextRunAt: null,
        after: [
          { jobId: a, on: 'completed' },
          { jobId: b, on: 'any' },
        ],
      });
      expect(await read(child.id)).toEqual(child);
    });

    it.each<[string, Record<string, unknown>, RegExp]>([
      ['none', { after: undefined }, /^after is missing: name the jobs/],
      ['an empty list', { after: [] }, /^after is missing/],
      [
        'a job that is not there',
        { after: [{ jobId: NOBODYS_ID }] },
        /^after\.0\.jobId is no job of the owner/,
      ],
      ['no id', { after: [{ jobId: 'a' }] }, /^after\.0\.jobId must be the UUID/],
      [
        'no such condition',
        { after: [{ jobId: NOBODYS_ID, on: 'success' }] },
        /^after\.0\.on must be one of completed, failed, any/,
      ],
      [
        'a field that is not known',
        { after: [{ job: 'a' }] },
        /^after\.0\.job is not a known field; known are jobId, on/,
      ],
      ['texts', { after: ['a'] }, /^after must hold objects only/],
      ['no list', { after: { jobId: NOBODYS_ID } }, /^after must be a list of objects/],
      [
        'a schedule, too',
        { after: [{ jobId: NOBODYS_ID }], cronExpression: '@daily' },
        /^cronExpression does not go with scheduleType "chained"/,
      ],
      ['maxRuns', { maxRuns: 3 }, /^maxRuns does not go with scheduleType "chained"/],
    ])('not with %s', async (_, fields, message) => {
      const answer = await send('POST /jobs', { ...chainedJob([]), ...fields });
      expect(answer.fault).toMatchObject({ status: 400, code: 'VALIDATION_FAILED' });
      expect(messagesOf(answer)).toEqual(expect.arrayContaining([expect.stringMatching(message)]));
    });

    it('not after the same job twice, and not with a schedule of another type', async () => {
      const a = await job('a');
      expect(messagesOf(await send('POST /jobs', chainedJob([a, a])))).toEqual([
        'after.1.jobId is there already; name each job once',
      ]);
      expect(messagesOf(await send('POST /jobs', laterJob({ after: [{ jobId: a }] })))).toEqual([
        'after does not go with scheduleType "scheduled"; leave it out',
      ]);
    });

    it("not after somebody else's job, also by an admin", async () => {
      const own = await job('mine');
      const theirs = (await create(laterJob(), admin)).id;
      const stranger = await api.createAccount();
      expect((await send('POST /jobs', chainedJob([own]), stranger)).fault?.fields).toEqual([
        'after.0.jobId',
      ]);
      expect((await send('POST /jobs', chainedJob([own]), admin)).fault?.fields).toEqual(['after.0.jobId']);
      const child = await create(chainedJob([own]));
      const change = (jobId: string) => send(`PATCH /jobs/${child.id}`, { after: [{ jobId }] }, admin);
      expect((await change(theirs)).fault?.fields).toEqual(['after.0.jobId']);
      expect((await change(await job('another of mine'))).status).toBe(200);
    });

    it('with templates that name what they run after, and nothing else', async () => {
      const a = await job('the extract');
      const payload = {
        handler: 'noop',
        data: '{{ parents["the extract"].json.id }} {{ parents.b.status }}',
      };
      const answer = await send('POST /jobs', chainedJob([a], { payload }));
      expect(messagesOf(answer)).toEqual([
        'payload.data names the parent "b", which the job does not run after; "after" names "the extract"',
      ]);
      const own = laterJob({ payload: { handler: 'noop', data: '{{ parents.a.status }}' } });
      expect(messagesOf(await send('POST /jobs', own))).toEqual([
        'payload.data names the parent "a", which the job does not run after; "after" names none',
      ]);
      const byId = { handler: 'noop', data: `{{ parents["${a}"].status }}` };
      expect((await send('POST /jobs', chainedJob([a], { payload: byId }))).status).toBe(201);
    });
  });

  describe('are changed', () => {
    it('to run after others, and back to a schedule', async () => {
      const [a, b] = [await job('a'), await job('b')];
      const child = await create(chainedJob([a]));
      const change = (body: unknown) => send(`PATCH /jobs/${child.id}`, body);
      expect((await change({ after: [{ jobId: b, on: 'failed' }] })).body.data).toMatchObject({
        version: 2,
        after: [{ jobId: b, on: 'failed' }],
      });
      expect((await change({ name: 'renamed' })).body.data.after).toEqual([{ jobId: b, on: 'failed' }]);
      expect((await send(`DELETE /jobs/${a}`)).status).toBe(204);
      const timed = await change({ scheduleType: 'recurring', cronExpression: '@daily' });
      expect(timed.body.data).toMatchObject({ after: [], nextRunAt: expect.any(String) });
      expect((await send(`DELETE /jobs/${b}`)).status).toBe(204);
    });

    it('from a schedule, by PATCH or reschedule', async () => {
      const a = await job('a');
      const after = [{ jobId: a }];
      const patched = await send(`PATCH /jobs/${await job('b')}`, { scheduleType: 'chained', after });
      expect(patched.body.data).toMatchObject({ after: [{ jobId: a, on: 'completed' }], nextRunAt: null });
      const rescheduled = await send(`POST /jobs/${await job('c')}/reschedule`, { after });
      expect(rescheduled.body.data).toMatchObject({ scheduleType: 'chained', nextRunAt: null });
    });

    it('not into a cycle, which is named', async () => {
      const a = await create(laterJob({ name: 'extract' }));
      const b = await create(chainedJob([a.id], { name: 'load' }));
      const c = await create(chainedJob([b.id], { name: 'report' }));
      const answer = await send(`PATCH /jobs/${a.id}`, { scheduleType: 'chained', after: [{ jobId: c.id }] });
      expect(answer.fault).toEqual({ status: 400, code: 'VALIDATION_FAILED', fields: ['after'] });
      expect(messagesOf(answer)).toEqual([
        'after makes a cycle: "extract" after "report" after "load" after "extract"',
      ]);
      const itself = await send(`PATCH /jobs/${b.id}`, { after: [{ jobId: b.id }] });
      expect(messagesOf(itself)).toEqual(['after makes a cycle: "load" after "load"']);
      expect(await read(b.id)).toEqual(b);
    });

    it('not into a cycle by two changes at the same time either', async () => {
      const ids = await Promise.all(['p', 'q', 'r', 's'].map(job));
      const after = (child: number, parent: number) =>
        send(`PATCH /jobs/${ids[child]}`, { scheduleType: 'chained', after: [{ jobId: ids[parent] }] });
      expect([(await after(0, 1)).status, (await after(2, 3)).status]).toEqual([200, 200]);
      const both = await Promise.all([after(1, 2), after(3, 0)]);
      expect(new Set(both.map(({ status }) => status))).toEqual(new Set([200, 400]));
    });

    it('not away from what their templates name', async () => {
      const [a, b] = [await job('a'), await job('b')];
      const payload = { handler: 'noop', data: '{{ parents.a.status }}' };
      const child = await create(chainedJob([a, b], { payload }));
      const answer = await send(`PATCH /jobs/${child.id}`, { after: [{ jobId: b }] });
      expect(answer.fault?.fields).toEqual(['payload.data']);
      expect((await send(`PATCH /jobs/${child.id}`, { after: [{ jobId: a }] })).status).toBe(200);
    });
  });

  describe('keep what they run after from being deleted', () => {
    it('and are named', async () => {
      const a = await job('a');
      await create(chainedJob([a], { name: 'first' }));
      await create(chainedJob([a], { name: 'second' }));
      const answer = await send(`DELETE /jobs/${a}`);
      expect(answer.fault).toMatchObject({ status: 409, code: 'JOB_IN_USE' });
      expect(answer.body.error.message).toMatch(/"first", "second"\..*\?force=true/);
      expect((await read(a)).status).toBe('active');
    });

    it('unless it is forced: then they run after the rest, or are completed', async () => {
      const [a, b] = [await job('a'), await job('b')];
      const both = await create(chainedJob([a, b]));
      const one = await create(chainedJob([a]));
      expect((await send(`DELETE /jobs/${a}?force=true`)).status).toBe(204);
      expect(await read(both.id)).toMatchObject({
        status: 'active',
        version: 2,
        after: [{ jobId: b, on: 'completed' }],
      });
      expect(await read(one.id)).toMatchObject({
        status: 'completed',
        statusReason: '"a", which it ran after, was deleted',
        after: [],
      });
      const trail = await send(`GET /audit?target=${one.id}`);
      expect(trail.body.data[0]).toMatchObject({
        action: 'job.update',
        before: { after: [{ jobId: a, on: 'completed' }], status: 'active' },
        after: { after: [], status: 'completed' },
      });
      const again = await send(`PATCH /jobs/${one.id}`, { after: [{ jobId: b }] });
      expect(again.body.data).toMatchObject({ status: 'active', statusReason: null });
    });

    it('only as long as they are there', async () => {
      const a = await job('a');
      const child = await create(chainedJob([a]));
      expect((await send(`DELETE /jobs/${child.id}`)).status).toBe(204);
      expect((await send(`DELETE /jobs/${a}`)).status).toBe(204);
      expect((await send(`DELETE /jobs/${await job('b')}?force=perhaps`)).fault?.fields).toEqual(['force']);
    });
  });

  it('are paused and resumed without a time to come', async () => {
    const child = await create(chainedJob([await job('a')]));
    const paused = await send(`POST /jobs/${child.id}/pause`, { reason: 'moving house' });
    expect(paused.body.data).toMatchObject({ status: 'paused', statusReason: 'moving house' });
    const resumed = await send(`POST /jobs/${child.id}/resume`);
    expect(resumed.body.data).toMatchObject({ status: 'active', statusReason: null, nextRunAt: null });
  });

  it('are shown with all they are linked with', async () => {
    const [a, b] = [await job('a'), await job('b')];
    const c = (await create(chainedJob([a, { jobId: b, on: 'any' }], { name: 'c' }))).id;
    const d = (await create(chainedJob([{ jobId: c, on: 'failed' }], { name: 'd' }))).id;
    const alone = await job('alone');
    const shown = (await send(`GET /jobs/${b}/chain`)).body.data as { jobs: TestJob[]; links: unknown[] };
    expect(shown.jobs.map(({ name }) => name)).toEqual(['b', 'a', 'c', 'd']);
    expect(shown.links).toEqual(
      expect.arrayContaining([
        { parentId: a, childId: c, on: 'completed' },
        { parentId: b, childId: c, on: 'any' },
        { parentId: c, childId: d, on: 'failed' },
      ]),
    );
    expect(shown).toMatchObject({ isTruncated: false, links: { length: 3 } });
    expect((await send(`GET /jobs/${alone}/chain`)).body.data).toMatchObject({
      jobs: [{ id: alone }],
      links: [],
    });
    expect((await send(`GET /jobs/${a}/chain`, undefined, await api.createAccount())).fault?.status).toBe(
      404,
    );
  });
});
