import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createJob, jobOf, storeExecution, type TestJob, WEEKLY_REPORT } from '../testing/job-fixtures.js';
import { createTestApi, type TestAccount, type TestApi } from '../testing/test-api.js';

const JANUARY = { from: '2026-01-01T00:00:00Z', to: '2026-01-31T00:00:00Z' };

/** Every route on something of one owner, with what its owner and an admin get. */
const ROUTES: [line: string, body: unknown, status: number][] = [
  ['GET /jobs/:job', undefined, 200],
  ['GET /jobs/:job/chain', undefined, 200],
  ['PUT /jobs/:job', { name: 'Renamed' }, 200],
  ['PATCH /jobs/:job', { name: 'Renamed' }, 200],
  ['POST /jobs/:job/pause', undefined, 200],
  ['POST /jobs/:job/resume', undefined, 409],
  ['POST /jobs/:job/cancel', undefined, 200],
  ['POST /jobs/:job/clone', { name: 'A copy' }, 201],
  ['POST /jobs/:job/trigger', { overlapPolicy: 'allow_all' }, 202],
  ['POST /jobs/:job/reschedule', { cronExpression: '@daily' }, 200],
  ['GET /jobs/:job/executions', undefined, 200],
  ['GET /jobs/:job/logs', undefined, 200],
  ['GET /jobs/:job/stats', undefined, 200],
  ['GET /jobs/:job/notifications', undefined, 200],
  ['POST /jobs/:job/notifications/test', undefined, 409],
  ['POST /jobs/:job/backfill', { ...JANUARY, mode: 'missing' }, 202],
  ['POST /jobs/:job/backfill', { ...JANUARY, mode: 'missing', dryRun: true }, 200],
  ['GET /jobs/:job/backfills', undefined, 200],
  ['GET /backfills/:backfill', undefined, 200],
  ['POST /backfills/:backfill/cancel', undefined, 200],
  ['GET /executions/:execution', undefined, 200],
  ['POST /executions/:execution/retry', undefined, 202],
  ['POST /executions/:execution/cancel', undefined, 409],
  ['DELETE /jobs/:job', undefined, 204],
];

describe('what belongs to somebody else', () => {
  let api: TestApi;
  let owner: TestAccount;
  let stranger: TestAccount;
  let admin: TestAccount;
  let job: TestJob;
  let execution: string;
  let backfill: string;

  beforeAll(async () => {
    api = await createTestApi();
    [owner, stranger, admin] = [
      await api.createAccount(),
      await api.createAccount(),
      await api.createAccount('admin'),
    ];
  });

  afterAll(() => api.close());

  beforeEach(async () => {
    job = await createJob(api, owner.accessToken, WEEKLY_REPORT);
    execution = await storeExecution(api.dataSource, job.id, { attempts: 1 });
    const made = await api.request(`POST /jobs/${job.id}/backfill`, {
      token: owner.accessToken,
      body: { ...JANUARY, mode: 'all' },
    });
    backfill = made.body.data.id as string;
  });

  const ask = (line: string, body: unknown, account: TestAccount | undefined) =>
    api.request(
      line.replace(':job', job.id).replace(':execution', execution).replace(':backfill', backfill),
      { body, token: account?.accessToken },
    );

  it.each(ROUTES)('%s: 404 for others, done for its owner', async (line, body, status) => {
    const before = jobOf(await ask('GET /jobs/:job', undefined, owner));
    expect((await ask(line, body, stranger)).fault).toEqual({ status: 404, code: 'NOT_FOUND', fields: [] });
    expect(jobOf(await ask('GET /jobs/:job', undefined, owner))).toEqual(before);
    expect((await ask('GET /jobs/:job/executions', undefined, owner)).body.meta.total).toBe(1);
    expect((await ask(line, body, owner)).status).toBe(status);
  });

  it.each(ROUTES)('%s: done for an admin, 401 for nobody', async (line, body, status) => {
    expect((await ask(line, body, undefined)).fault).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
    expect((await ask(line, body, admin)).status).toBe(status);
  });

  it.each(ROUTES)('%s: the same 404 as for what is not there', async (line, body) => {
    const others = await ask(line, body, stranger);
    const nobodys = await api.request(line.replace(/:\w+/, '01900000-0000-7000-8000-000000000001'), {
      body,
      token: stranger.accessToken,
    });
    const wordsOf = ({ body: answer }: typeof others) =>
      (answer.error.message as string).replace(/[0-9a-f-]{36}/, 'ID');
    expect(nobodys.fault).toEqual(others.fault);
    expect(wordsOf(nobodys)).toBe(wordsOf(others));
  });

  it('stays with its owner when an admin changes it', async () => {
    const changed = await ask('PATCH /jobs/:job', { name: 'By admin' }, admin);
    expect(jobOf(changed)['ownerId']).toBe(owner.id);
    expect((await api.request('GET /jobs', { token: stranger.accessToken })).body.data).toEqual([]);
  });

  it.each([
    'GET /jobs',
    'POST /jobs',
    'POST /schedules/preview',
    'POST /schedules/simulate',
    'GET /handlers',
  ])('%s: 401 without a token', async (line) => {
    expect((await api.request(line)).fault).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
  });

  it('keeps the history of a deleted job for its owner, and nobody else', async () => {
    await ask('DELETE /jobs/:job', undefined, owner);
    for (const line of ['GET /jobs/:job/executions', 'GET /jobs/:job/logs', 'GET /executions/:execution']) {
      expect((await ask(line, undefined, owner)).status).toBe(200);
      expect((await ask(line, undefined, stranger)).status).toBe(404);
    }
    expect((await ask('POST /executions/:execution/retry', undefined, owner)).status).toBe(404);
  });
});
