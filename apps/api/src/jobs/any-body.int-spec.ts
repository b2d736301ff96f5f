import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BACKOFF_STRATEGIES, JOB_TYPES, SCHEDULE_TYPES } from '#contracts';
import { createJob, laterJob, WEEKLY_REPORT } from '../testing/job-fixtures.js';
import { createTestApi, type TestAccount, type TestApi } from '../testing/test-api.js';

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.constantFrom('', '\u0000', '\ud800', '\uFE0F'.repeat(300), '$sealed', '********', 'constructor', '{}'),
);
const anyJson = fc.oneof(
  fc.jsonValue({ maxDepth: 5 }),
  fc.dictionary(
    fc.constantFrom('constructor', 'toString', 'hasOwnProperty', 'then', 'toJSON', 'length'),
    fc.jsonValue({ maxDepth: 2 }),
    { minKeys: 1, maxKeys: 2 },
  ),
  fc.constantFrom(JSON.parse('{"__proto__":{"a":1}}'), { constructor: { prototype: {} } }, { $sealed: 'x' }),
  text,
  fc.constantFrom(1e308, -0, 1e21, 2 ** 53, -1, 0.1, null),
);
const sometimes = <Value>(value: fc.Arbitrary<Value>) => fc.oneof({ weight: 4, arbitrary: value }, anyJson);

const url = fc.constantFrom(
  'https://example.com',
  'http://[::1]',
  'ftp://x',
  'https://a:b@c',
  '//',
  'https://\u0130.com',
);
const headers = fc.dictionary(
  fc.oneof(text, fc.constantFrom('Authorization', 'x-token', 'host')),
  sometimes(text),
);
const payload = fc.oneof(
  fc.record(
    { url, method: text, headers, body: anyJson, expectedStatus: anyJson },
    { requiredKeys: ['url'] },
  ),
  fc.record({ url, data: anyJson, secret: text, headers }, { requiredKeys: ['url', 'data', 'secret'] }),
  fc.record({ command: text, args: fc.array(text), env: headers, cwd: text }, { requiredKeys: ['command'] }),
  fc.record(
    { to: sometimes(fc.constant('a@example.com')), subject: text, text },
    { requiredKeys: ['to', 'subject'] },
  ),
  fc.record({ handler: sometimes(fc.constant('noop')), data: anyJson }, { requiredKeys: ['handler'] }),
);
const cron = fc.oneof(
  fc.constantFrom('0 9 * * 1', '@daily', '0 0 29 2 *', '0 0 L * *', '0 0 * * 1#5', '*/15 * * * *'),
  fc
    .array(fc.stringMatching(/^[0-9*,/LW#?A-Z-]{1,6}$/), { minLength: 1, maxLength: 7 })
    .map((parts) => parts.join(' ')),
);
const time = fc.oneof(
  fc
    .date({ min: new Date('2039-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString()),
  fc.constantFrom(
    '9999-12-31T23:59:59-14:00',
    '0000-01-01T00:00:00Z',
    '+275760-09-13T00:00:00.000Z',
    '2040-06-30T23:59:60Z',
  ),
);
const zone = fc.constantFrom(
  'UTC',
  'America/New_York',
  'Pacific/Apia',
  'CST',
  'europe/paris',
  'Etc/GMT+12',
  '../../etc',
);

const job = fc.record(
  {
    name: sometimes(text),
    description: sometimes(text),
    type: sometimes(fc.constantFrom(...JOB_TYPES)),
    payload: sometimes(payload),
    secretFields: sometimes(
      fc.array(fc.constantFrom('url', 'headers.*', 'data', '*', '/(/', 'data.*', 'a.b')),
    ),
    scheduleType: sometimes(fc.constantFrom(...SCHEDULE_TYPES)),
    scheduledAt: sometimes(time),
    cronExpression: sometimes(cron),
    timezone: sometimes(zone),
    maxRetries: sometimes(fc.integer({ min: 0, max: 50 })),
    retryDelay: sometimes(fc.integer({ min: 0, max: 86_400_000 })),
    backoff: sometimes(
      fc.record({ strategy: fc.constantFrom(...BACKOFF_STRATEGIES), factor: anyJson }, { requiredKeys: [] }),
    ),
    timeout: sometimes(fc.integer({ min: 100, max: 86_400_000 })),
    priority: sometimes(fc.integer({ min: 0, max: 10 })),
    tags: sometimes(fc.array(text)),
    notifications: anyJson,
    catchupWindow: anyJson,
  },
  { requiredKeys: [] },
);
/** One or two fields of a good job gone wrong: what gets past the first checks. */
const almostGood = fc
  .tuple(fc.constantFrom(WEEKLY_REPORT, laterJob()), job, fc.integer({ min: 1, max: 2 }))
  .map(([good, bad, count]) =>
    Object.assign({}, good, Object.fromEntries(Object.entries(bad).slice(0, count))),
  );

describe('whatever is sent', () => {
  let api: TestApi;
  let admin: TestAccount;
  let id: string;

  beforeAll(async () => {
    api = await createTestApi();
    admin = await api.createAccount('admin');
    ({ id } = await createJob(api, admin.accessToken, WEEKLY_REPORT));
  });

  afterAll(() => api.close());

  const ask = (line: string, body: unknown) =>
    api.request(line, { token: admin.accessToken, body: JSON.stringify(body) });

  it('POST /jobs answers 201 or 4xx, and what it took can be read', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(almostGood, job, fc.dictionary(text, anyJson)) as fc.Arbitrary<Record<string, unknown>>,
        async (body) => {
          const answer = await ask('POST /jobs', body);
          expect(answer.status).toBeLessThan(500);
          if (answer.status !== 201) return;
          const read = await api.request(`GET /jobs/${answer.body.data.id}`, { token: admin.accessToken });
          expect(read.body).toEqual(answer.body);
          const { type, payload, secretFields } = read.body.data;
          if (type !== 'custom' || secretFields.length > 0) return;
          expect(payload).toEqual(JSON.parse(JSON.stringify(body['payload'])));
        },
      ),
      { numRuns: 250 },
    );
  }, 120_000);

  it.each([
    ['PATCH /jobs/:id', job],
    ['POST /jobs/:id/reschedule', job],
    ['POST /jobs/:id/trigger', fc.record({ payload, overlapPolicy: anyJson }, { requiredKeys: [] })],
    ['POST /jobs/:id/pause', fc.record({ reason: anyJson })],
    [
      'POST /schedules/simulate',
      fc.record(
        {
          jobId: anyJson,
          cronExpression: cron,
          timezone: zone,
          to: sometimes(time),
          maxRuns: anyJson,
          timeout: anyJson,
          assumedDuration: anyJson,
        },
        { requiredKeys: [] },
      ),
    ],
    [
      'POST /schedules/preview',
      fc.record(
        { cronExpression: cron, timezone: zone, from: sometimes(time), count: anyJson },
        { requiredKeys: ['cronExpression'] },
      ),
    ],
  ])('%s answers nothing above 4xx', async (line, body) => {
    await fc.assert(
      fc.asyncProperty(body as fc.Arbitrary<unknown>, async (sent) => {
        expect((await ask(line.replace(':id', id), sent)).status).toBeLessThan(500);
      }),
      { numRuns: 60 },
    );
  });
});
