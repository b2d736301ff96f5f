import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { countOf, createJob, laterJob, WEEKLY_REPORT } from '../testing/job-fixtures.js';
import { createTestApi, type TestAccount, type TestApi } from '../testing/test-api.js';

const nested = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;

/** What is wrong, the part of the job that is, the field that is named, and what its message must tell. */
const FAULTS: [what: string, part: Record<string, unknown>, field: string, tells: RegExp][] = [
  ['an unknown field', { retries: 3 }, 'retries', /known are .*maxRetries/],
  ['an unknown field within', { backoff: { speed: 1 } }, 'backoff.speed', /known are .*factor/],
  ['a field every object has', { toString: 1 }, 'toString', /not a known field/],
  ['a constructor', { backoff: { constructor: 'x' } }, 'backoff.constructor', /not a known field/],
  ['a server field', { status: 'paused' }, 'status', /not a known field/],
  ['no name', { name: undefined }, 'name', /is required/],
  ['an empty name', { name: '' }, 'name', /must not be empty/],
  ['a blank name', { name: ' \t ' }, 'name', /must not be empty/],
  ['a name of 500 characters', { name: 'x'.repeat(500) }, 'name', /at most 200 characters/],
  ['a name of 201 characters, many unseen', { name: 'x\uFE0F'.repeat(150) }, 'name', /at most 200/],
  ['a name that is a number', { name: 7 }, 'name', /must be a string/],
  ['a name that is null', { name: null }, 'name', /must be a string/],
  ['a description that is too long', { description: 'x'.repeat(5_001) }, 'description', /at most 5000/],
  ['no type', { type: undefined }, 'type', /is required and must be one of http, webhook/],
  ['an unknown type', { type: 'ftp' }, 'type', /must be one of http, webhook, script, email, custom/],
  ['no payload', { payload: undefined }, 'payload', /is required and must be an object/],
  ['a payload that is a list', { payload: [] }, 'payload', /must be an object/],
  ['a payload that is text', { payload: 'x' }, 'payload', /must be an object/],
  ['a payload that is null', { payload: null }, 'payload', /must be an object/],
  ['a payload of another type', { type: 'http' }, 'payload.url', /is missing|must be/],
  [
    'a field of another type',
    { payload: { handler: 'x', url: 'x' } },
    'payload.url',
    /not a field of .*"custom"/,
  ],
  ['no schedule type', { scheduleType: undefined }, 'scheduleType', /is required/],
  ['an unknown schedule type', { scheduleType: 'weekly' }, 'scheduleType', /must be one of immediate/],
  ['no time', { scheduledAt: undefined }, 'scheduledAt', /is missing: give the time/],
  ['a time that has passed', { scheduledAt: '2020-01-01T00:00:00Z' }, 'scheduledAt', /is in the past/],
  ['a local time', { scheduledAt: '2040-01-01T00:00:00' }, 'scheduledAt', /offset from UTC/],
  ['a date', { scheduledAt: '2040-01-01' }, 'scheduledAt', /offset from UTC/],
  ['30 February', { scheduledAt: '2040-02-30T00:00:00Z' }, 'scheduledAt', /ISO 8601/],
  ['25 hours', { scheduledAt: '2040-01-01T25:00:00Z' }, 'scheduledAt', /ISO 8601/],
  ['a time as a number', { scheduledAt: 4_102_444_800_000 }, 'scheduledAt', /ISO 8601/],
  ['a time that is null', { scheduledAt: null }, 'scheduledAt', /ISO 8601/],
  ['a cron that does not go with it', { cronExpression: '@daily' }, 'cronExpression', /does not go with/],
  ['an unknown zone', { timezone: 'Mars/Olympus' }, 'timezone', /no IANA time zone/],
  ['a misspelt zone', { timezone: 'Europe/Pariss' }, 'timezone', /did you mean "Europe\/Paris"/],
  ['an offset for a zone', { timezone: '+02:00' }, 'timezone', /not the offset/],
  ['an empty zone', { timezone: '' }, 'timezone', /no IANA time zone/],
  ['a zone of 500 characters', { timezone: 'x'.repeat(500) }, 'timezone', /at most 64/],
  ['retries below none', { maxRetries: -1 }, 'maxRetries', /whole number from 0 to 50/],
  ['too many retries', { maxRetries: 51 }, 'maxRetries', /whole number from 0 to 50/],
  ['half a retry', { maxRetries: 1.5 }, 'maxRetries', /whole number/],
  ['retries as text', { maxRetries: '3' }, 'maxRetries', /whole number/],
  ['a delay of two days', { retryDelay: 172_800_000 }, 'retryDelay', /milliseconds from 0 to 86400000/],
  ['a time-out of nothing', { timeout: 0 }, 'timeout', /milliseconds from 100 to 86400000/],
  ['a time-out without end', { timeout: 1e300 }, 'timeout', /from 100 to 86400000/],
  ['a priority of 11', { priority: 11 }, 'priority', /from 0 to 10/],
  [
    'a strategy of its own',
    { backoff: { strategy: 'random' } },
    'backoff.strategy',
    /one of exponential, linear/,
  ],
  ['a factor below one', { backoff: { factor: 0.5 } }, 'backoff.factor', /from 1 to 100/],
  ['jitter above one', { backoff: { jitter: 2 } }, 'backoff.jitter', /from 0 to 1/],
  ['a backoff that is text', { backoff: 'fast' }, 'backoff', /must be an object/],
  ['a backoff that is a list', { backoff: [{ factor: 2 }] }, 'backoff', /must be an object/],
  ['21 tags', { tags: Array(21).fill('x') }, 'tags', /at most 20 items/],
  ['an empty tag', { tags: ['x', ''] }, 'tags', /holds "", which must not be empty/],
  ['a long tag', { tags: ['x'.repeat(51)] }, 'tags', /at most 50 characters/],
  ['tags as text', { tags: 'x' }, 'tags', /must be a list of strings/],
  ['a tag that is an object', { tags: [{}] }, 'tags', /holds \{\}, which must be a string/],
  ['no address', { notifications: { email: 'ops' } }, 'notifications.email', /must be an e-mail address/],
  ['a word for yes', { notifications: { onFailure: 'yes' } }, 'notifications.onFailure', /true or false/],
  ['an unknown policy', { overlapPolicy: 'queue' }, 'overlapPolicy', /must be one of skip/],
  [
    'a bound without allow_all',
    { maxConcurrency: 2 },
    'maxConcurrency',
    /bounds the overlap policy "allow_all"/,
  ],
  [
    'a bound of nothing',
    { overlapPolicy: 'allow_all', maxConcurrency: 0 },
    'maxConcurrency',
    /from 1 to 1000/,
  ],
  ['an unknown misfire policy', { misfirePolicy: 'x' }, 'misfirePolicy', /must be one of/],
  ['an endless window', { catchupWindow: 1e15 }, 'catchupWindow', /whole number of milliseconds/],
  [
    'an interval too short',
    { scheduleType: 'interval', every: 5_000 },
    'every',
    /MIN_SCHEDULE_INTERVAL_SECONDS/,
  ],
  ['an interval of no length', { scheduleType: 'interval' }, 'every', /is missing/],
  [
    'an interval with a cron',
    { scheduleType: 'interval', every: 60_000, cronExpression: '@daily' },
    'cronExpression',
    /does not go with/,
  ],
  ['steps for one run', { every: 60_000 }, 'every', /does not go with scheduleType/],
  ['a limit for one run', { maxRuns: 2 }, 'maxRuns', /does not go with scheduleType/],
  ['a pause for one run', { pauseAfterFailures: 2 }, 'pauseAfterFailures', /does not go with scheduleType/],
  ['no runs', { maxRuns: 0 }, 'maxRuns', /from 1 to/],
  [
    'an end before the start',
    {
      scheduleType: 'interval',
      every: 60_000,
      startsAt: '2040-01-02T00:00:00Z',
      endsAt: '2040-01-01T00:00:00Z',
    },
    'endsAt',
    /before startsAt/,
  ],
  ['an unknown gap policy', { dstGap: 'x' }, 'dstGap', /must be one of shift/],
  ['an unknown overlap of clocks', { dstOverlap: 'x' }, 'dstOverlap', /must be one of first/],
];

const CRON_FAULTS: [cron: unknown, tells: RegExp][] = [
  ['', /must have five fields|empty/i],
  ['   ', /five fields|empty/i],
  ['* * * *', /four|4/],
  ['* * * * * * *', /seven|7/],
  ['0 0 30 2 *', /never fires/],
  ['61 * * * *', /minute/],
  ['* * * * * *', /MIN_SCHEDULE_INTERVAL_SECONDS/],
  ['@reboot', /@/],
  ['every monday', /./],
  [7, /must be a string/],
  [null, /must be a string/],
  ['*'.repeat(251), /at most 250 characters/],
];

describe('bad input', () => {
  let api: TestApi;
  let user: TestAccount;
  let stored: number;

  beforeAll(async () => {
    api = await createTestApi();
    user = await api.createAccount();
    await createJob(api, user.accessToken);
    stored = await countOf(api.dataSource, 'jobs');
  });

  /** Nothing was stored, and the process answers as before. */
  afterEach(async () => {
    const { dataSource } = api;
    const jobs = await countOf(dataSource, 'jobs');
    const versions = await countOf(dataSource, 'job_versions');
    const executions = await countOf(dataSource, 'executions');
    const { status } = await api.request('GET /monitoring/health');
    if (jobs !== stored || versions !== stored || executions !== 0 || status !== 200) {
      throw new Error(`Harm was done: ${JSON.stringify({ jobs, versions, executions, health: status })}`);
    }
  });

  afterAll(() => api.close());

  const post = (body: unknown, headers?: Record<string, string>) =>
    api.request('POST /jobs', { token: user.accessToken, body, headers });

  const detailsOf = ({ body }: Awaited<ReturnType<typeof post>>) =>
    body.error.details as { field: string; message: string }[];

  it.each(FAULTS)('%s is 400 and told', async (_, part, field, tells) => {
    const answer = await post(laterJob(part));
    expect([answer.status, answer.body.error.code]).toEqual([400, 'VALIDATION_FAILED']);
    expect(detailsOf(answer)).toContainEqual({ field, message: expect.stringMatching(tells) as string });
  });

  it.each(CRON_FAULTS)('the cron expression %j is 400 and told', async (cronExpression, tells) => {
    const answer = await post({ ...WEEKLY_REPORT, cronExpression });
    expect(answer.fault).toEqual({ status: 400, code: 'VALIDATION_FAILED', fields: ['cronExpression'] });
    expect(detailsOf(answer)[0]?.message).toMatch(tells);
  });

  it('is told all at once', async () => {
    const first = await post({ name: '', type: 'x', scheduleType: 'recurring', payload: {}, tags: 7 });
    expect(first.fault?.fields.toSorted()).toEqual(['name', 'tags', 'type']);
    const second = await post(
      laterJob({ timezone: 'Mars', scheduledAt: '2020-01-01T00:00:00Z', payload: {} }),
    );
    expect(second.fault?.fields.toSorted()).toEqual(['payload.handler', 'scheduledAt', 'timezone']);
  });

  it.each([
    ['that is no JSON', '{"name": "x",', 400, 'MALFORMED_JSON'],
    ['that is a list', '[]', 400, 'VALIDATION_FAILED'],
    ['that is empty', '', 400, 'VALIDATION_FAILED'],
    [
      'of 300 KB',
      JSON.stringify(laterJob({ description: 'x'.repeat(300 * 1024) })),
      413,
      'PAYLOAD_TOO_LARGE',
    ],
    ['1,000 levels deep', `{"payload":${nested(1_000)}}`, 400, 'VALIDATION_FAILED'],
    ['with a prototype', '{"__proto__":{"role":"admin"}}', 400, 'VALIDATION_FAILED'],
    ['with NUL', '{"name":"a\\u0000b"}', 400, 'VALIDATION_FAILED'],
  ])('a body %s is %#', async (_, body, status, code) => {
    const answer = await post(body);
    expect([answer.status, answer.body.error.code]).toEqual([status, code]);
  });

  it('a body that is not declared as JSON is 415', async () => {
    const answer = await post('name=x', { 'content-type': 'application/x-www-form-urlencoded' });
    expect(answer.fault).toMatchObject({ status: 415, code: 'UNSUPPORTED_MEDIA_TYPE' });
  });

  it.each(['', 'x y', 'k\u00e9y', 'x'.repeat(256)])('the Idempotency-Key %j is 400', async (key) => {
    const answer = await post(laterJob(), { 'idempotency-key': key });
    expect(answer.fault).toMatchObject({ status: 400, fields: ['Idempotency-Key'] });
  });

  it.each([
    'GET /jobs/:id',
    'PUT /jobs/:id',
    'PATCH /jobs/:id',
    'DELETE /jobs/:id',
    'POST /jobs/:id/pause',
    'POST /jobs/:id/resume',
    'POST /jobs/:id/cancel',
    'POST /jobs/:id/trigger',
    'POST /jobs/:id/reschedule',
    'GET /jobs/:id/executions',
    'GET /jobs/:id/logs',
    'GET /executions/:id',
    'POST /executions/:id/cancel',
    'POST /executions/:id/retry',
  ])('%s: an id that is no UUID is 400', async (line) => {
    for (const id of ['7', 'me', "1' OR '1'='1", '01900000-0000-7000-8000-00000000000g']) {
      const answer = await api.request(line.replace(':id', encodeURIComponent(id)), {
        token: user.accessToken,
        body: line.startsWith('GET') ? undefined : {},
      });
      expect(answer.fault).toMatchObject({ status: 400, fields: ['id'] });
    }
  });

  it('a method that a route does not have is 405', async () => {
    const answer = await api.request('DELETE /jobs', { token: user.accessToken });
    expect(answer.fault).toMatchObject({ status: 405, code: 'METHOD_NOT_ALLOWED' });
  });

  it('a script job of a user is 403', async () => {
    const answer = await post(laterJob({ type: 'script', payload: { command: 'id' } }));
    expect(answer.fault).toEqual({ status: 403, code: 'FORBIDDEN', fields: [] });
  });

  it('changes nothing of a job that is there', async () => {
    const token = user.accessToken;
    const [{ id }] = (await api.request('GET /jobs', { token })).body.data as [{ id: string }];
    const before = await api.request(`GET /jobs/${id}`, { token });
    for (const [, part] of FAULTS) {
      if (Object.values(part).includes(undefined)) continue;
      for (const method of ['PUT', 'PATCH']) {
        const answer = await api.request(`${method} /jobs/${id}`, { token, body: part });
        expect([part, answer.status]).toEqual([part, 400]);
      }
    }
    expect((await api.request(`GET /jobs/${id}`, { token })).body).toEqual(before.body);
  });
});
