import { describe, expect, it } from 'vitest';
import { canonical } from './canonical.js';
import { changedFields, differences } from './changes.js';
import { fromJob, type JobDefinition } from './from-job.js';
import { newValues } from './new-values.js';
import { toRequest, withoutDefaults } from './to-request.js';
import { findFaults } from './validate.js';

const JOB: JobDefinition = {
  name: 'report',
  description: null,
  type: 'http',
  payload: { url: 'https://example.com' },
  secretFields: [],
  scheduleType: 'recurring',
  scheduledAt: null,
  cronExpression: '0 9 * * 1',
  timezone: 'America/New_York',
  maxRetries: 3,
  retryDelay: 5_000,
  backoff: { strategy: 'exponential', factor: 5, maxDelay: 86_400_000, jitter: 0 },
  timeout: 30_000,
  priority: 0,
  tags: [],
  notifications: {},
  overlapPolicy: 'skip',
  maxConcurrency: null,
  misfirePolicy: 'fire_once',
  catchupWindow: 86_400_000,
  dstGap: 'shift',
  dstOverlap: 'first',
  every: null,
  startsAt: null,
  endsAt: null,
  maxRuns: null,
  jitter: 0,
  pauseAfterFailures: null,
  calendars: [],
  after: [],
};

const url = 'https://example.com';
const PARENT = '0197c1b2-5a2e-7cc0-9d3f-3f5b9f6f4b12';
const JOBS: [string, Partial<JobDefinition>][] = [
  ['as simple as can be', {}],
  [
    'that calls an API with all there is',
    {
      payload: {
        url,
        method: 'POST',
        headers: { Authorization: '********', Accept: 'text/plain' },
        body: { a: [1, { b: null }] },
        expectedStatus: [200, 404],
        timeout: 5_000,
      },
      secretFields: ['body.a'],
    },
  ],
  [
    'that sends a text, and takes one status',
    { payload: { url, method: 'put', body: '', expectedStatus: 204 } },
  ],
  ['that sends a list', { payload: { url, body: [1, 2], expectedStatus: [204] } }],
  [
    'with a template where a field has none',
    { payload: { url, expectedStatus: '{{ jobName }}', headers: '{{ x }}' } },
  ],
  ['that signs', { type: 'webhook', payload: { url, data: null, secret: '********' } }],
  [
    'that runs a program',
    { type: 'script', payload: { command: 'sh', args: ['-c', ''], env: { A: '********' }, stdin: 'x\n' } },
  ],
  ['with an argument of two lines', { type: 'script', payload: { command: 'sh', args: ['-c', 'a\nb'] } }],
  ['that mails one', { type: 'email', payload: { to: 'a@b.co', subject: 's', text: 't' } }],
  [
    'that mails many',
    { type: 'email', payload: { to: ['a@b.co', 'c@d.co'], cc: ['e@f.co'], subject: 's', html: '<b>' } },
  ],
  ['with a handler', { type: 'custom', payload: { handler: 'processData', data: { input: [1] } } }],
  ['with a handler and nothing else', { type: 'custom', payload: { handler: 'processData' } }],
  [
    'at an interval, within bounds',
    {
      scheduleType: 'interval',
      cronExpression: null,
      every: 5_400_000,
      startsAt: '2030-01-01T00:00:00.123Z',
      endsAt: '2031-01-01T00:00:00.000Z',
      maxRuns: 10,
      jitter: 60_000,
      pauseAfterFailures: 3,
      calendars: ['0197c1b2-5a2e-7cc0-9d3f-3f5b9f6f4b11'],
    },
  ],
  ['once', { scheduleType: 'scheduled', cronExpression: null, scheduledAt: '2030-10-27T01:30:00.000Z' }],
  [
    'after others',
    {
      scheduleType: 'chained',
      cronExpression: null,
      after: [
        { jobId: PARENT, on: 'any' },
        { jobId: '0197c1b2-5a2e-7cc0-9d3f-3f5b9f6f4b13', on: 'failed' },
      ],
      pauseAfterFailures: 2,
    },
  ],
  ['now', { scheduleType: 'immediate', cronExpression: null }],
  [
    'with all policies and everybody told',
    {
      description: 'For people',
      tags: ['a', 'b'],
      maxRetries: 0,
      backoff: { strategy: 'linear', factor: 1.5, maxDelay: 0, jitter: 0.2 },
      overlapPolicy: 'allow_all',
      maxConcurrency: 4,
      misfirePolicy: 'fire_all',
      catchupWindow: 0,
      dstGap: 'skip',
      dstOverlap: 'both',
      notifications: {
        onFailure: false,
        onSuccess: true,
        onRecovered: true,
        afterFailures: 2,
        email: 'ops@example.com',
        webhook: { url, secret: '********' },
        slack: { url: '********' },
      },
    },
  ],
];

/** What a job has, and a request does not say since it is nothing. */
const said = (definition: object) =>
  Object.fromEntries(Object.entries(definition).filter(([, value]) => value !== null));

describe('a job in the form and out again', () => {
  it.each(JOBS)('is the same: one %s', (_what, fields) => {
    const job = { ...JOB, ...fields };
    const { request, faults } = toRequest(fromJob(job));
    expect(faults).toEqual([]);
    expect(canonical(job.type, request.payload)).toBe(canonical(job.type, job.payload));
    expect(said({ ...request, payload: null })).toEqual(said({ ...job, payload: null }));
    expect(differences({ ...job, payload: null }, { ...request, payload: null })).toEqual([]);
  });

  it('shows as JSON only what its fields cannot say', () => {
    const raw = JOBS.filter(([, fields]) => fromJob({ ...JOB, ...fields }).payload.isRaw).map(
      ([what]) => what,
    );
    expect(raw).toEqual(['with a template where a field has none', 'with an argument of two lines']);
  });
});

describe('an edit', () => {
  const base = toRequest(fromJob(JOB)).request;

  it('sends what differs, a payload whole', () => {
    const values = fromJob(JOB);
    values.payload.http.headers = [{ name: 'Accept', value: 'text/plain' }];
    values.basics.description = 'New';
    const { request } = toRequest(values);
    expect(changedFields(base, request)).toEqual({
      description: 'New',
      payload: { method: 'GET', url, headers: { Accept: 'text/plain' } },
    });
    expect(differences(base, request)).toEqual([
      { field: 'description', from: null, to: 'New' },
      { field: 'payload.headers.Accept', from: undefined, to: 'text/plain' },
    ]);
  });

  it('of the kind of schedule says nothing of what the old one had', () => {
    const values = fromJob({ ...JOB, maxRuns: 3, jitter: 5, pauseAfterFailures: 2 });
    values.schedule = {
      ...values.schedule,
      scheduleType: 'scheduled',
      scheduledAt: '2030-01-01T00:00:00.000Z',
    };
    expect(withoutDefaults(toRequest(values).request)).not.toHaveProperty('maxRuns');
    expect(changedFields(base, toRequest(values).request)).toEqual({
      scheduleType: 'scheduled',
      scheduledAt: '2030-01-01T00:00:00.000Z',
    });
  });
});

describe('a chain', () => {
  it('takes along what goes with it, and leaves it behind', () => {
    const values = fromJob({ ...JOB, maxRuns: 3, jitter: 5, pauseAfterFailures: 2, calendars: [PARENT] });
    const after = [{ jobId: PARENT, on: 'completed' as const }];
    const chained = toRequest({
      ...values,
      schedule: { ...values.schedule, scheduleType: 'chained', after },
    });
    expect(chained.request).toMatchObject({
      after,
      ...{ startsAt: null, maxRuns: null, jitter: 0, calendars: [], pauseAfterFailures: 2 },
    });
    const daily = { ...values.schedule, after };
    expect(toRequest({ ...values, schedule: daily }).request.after).toEqual([]);
  });

  it.each([
    [[], ['after']],
    [[{ jobId: PARENT, on: 'any' as const }], []],
    [
      [
        { jobId: PARENT, on: 'any' as const },
        { jobId: '', on: 'any' as const },
      ],
      ['after.1.jobId'],
    ],
  ])('after %j: %j', (after, fields) => {
    const values = fromJob({ ...JOB, scheduleType: 'chained', after });
    expect(findFaults(values).map(({ field }) => field)).toEqual(fields);
  });
});

describe('what cannot be read', () => {
  it('is told of by its field', () => {
    const { payload, ...values } = newValues('UTC');
    const http = { ...payload.http, url, bodyKind: 'json' as const, body: '{', headers: [] };
    expect(toRequest({ ...values, payload: { ...payload, http } }).faults).toMatchObject([
      { field: 'payload.body' },
    ]);
    const headers = [
      { name: 'a', value: '1' },
      { name: ' a', value: '2' },
      { name: '', value: '' },
    ];
    const twice = { ...payload, http: { ...http, bodyKind: 'none' as const, headers } };
    expect(toRequest({ ...values, payload: twice }).faults).toEqual([
      { field: 'payload.headers.a', message: 'is given twice' },
    ]);
    expect(toRequest({ ...values, payload: { ...payload, isRaw: true, raw: '[1]' } }).faults).toMatchObject([
      { field: 'payload' },
    ]);
  });
});
