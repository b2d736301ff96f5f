import { describe, expect, it } from 'vitest';
import type { JobDto } from '#client';
import { CliError } from '../exit-code.js';
import { JobNames } from './chain-order.js';
import { planApply } from './plan-apply.js';
import { readJobs } from './read-jobs.js';

function stored(fields: Partial<JobDto> = {}): JobDto {
  return {
    id: 'id-of-report',
    ownerId: 'me',
    name: 'report',
    description: null,
    type: 'http',
    payload: { url: 'https://example.com/a', headers: { authorization: '********', accept: 'text/plain' } },
    secretFields: [],
    scheduleType: 'recurring',
    scheduledAt: null,
    cronExpression: '0 9 * * *',
    timezone: 'UTC',
    maxRetries: 3,
    retryDelay: 5_000,
    backoff: { strategy: 'exponential', factor: 2, maxDelay: 60_000, jitter: 0.1 },
    timeout: 30_000,
    priority: 0,
    tags: ['nightly', 'managed'],
    notifications: { email: 'ops@example.com', slack: { url: '********' } },
    overlapPolicy: 'skip',
    maxConcurrency: null,
    misfirePolicy: 'fire_once',
    catchupWindow: 86_400_000,
    dstGap: 'shift',
    dstOverlap: 'first',
    every: null,
    after: [],
    startsAt: '2030-01-01T00:00:00.000Z',
    endsAt: null,
    maxRuns: null,
    jitter: 0,
    pauseAfterFailures: null,
    calendars: [],
    status: 'active',
    statusReason: null,
    nextRunAt: null,
    lastRunAt: null,
    lastStatus: null,
    version: 7,
    createdAt: '2026-01-01T00:00:00.000Z',
    updatedAt: '2026-01-01T00:00:00.000Z',
    ...fields,
  };
}

const NEITHER = { prune: false, rewrite: false };
const plan = (yaml: string, own: JobDto[], options: Partial<typeof NEITHER> = {}) =>
  planApply(readJobs(yaml, 'jobs.yaml'), own, { ...NEITHER, ...options });

describe('a job that is as the file says', () => {
  it.each([
    ['of which only the name is given', 'name: report'],
    ['with spaces about its name and expression', 'name: " report "\ncronExpression: " 0 9 * * * "'],
    ['with the same instant in other words', 'name: report\nstartsAt: 2030-01-01T01:00:00+01:00'],
    ['with a part of its backoff', 'name: report\nbackoff: { factor: 2 }'],
    ['with its tags in another order, one twice', 'name: report\ntags: [managed, nightly, nightly]'],
    ['with its tags but ours', 'name: report\ntags: [nightly]'],
    ['with an emptied field that is empty', 'name: report\ndescription: null'],
    [
      'with secrets the server masks',
      `name: report
payload: { headers: { accept: text/plain, authorization: Bearer abc }, url: https://example.com/a }
notifications: { slack: { url: https://hooks.example.com/x }, email: ops@example.com }`,
    ],
  ])('is left alone: %s', (_, yaml) => {
    expect(plan(yaml, [stored()])).toEqual([
      { action: 'unchanged', id: 'id-of-report', name: 'report', changes: [] },
    ]);
  });

  it('is sent its secrets again when asked to', () => {
    const yaml = `name: report
timezone: UTC
payload: { headers: { accept: text/plain, authorization: Bearer new }, url: https://example.com/a }`;
    expect(plan(yaml, [stored()], { rewrite: true })).toMatchObject([
      {
        action: 'update',
        changes: [],
        body: { payload: { url: 'https://example.com/a', headers: { authorization: 'Bearer new' } } },
      },
    ]);
  });
});

describe('a job that differs', () => {
  it('is sent what differs, whole, from the version that was read', () => {
    const yaml = `name: report
cronExpression: 0 10 * * *
timezone: UTC
backoff: { factor: 3 }
payload: { url: https://example.com/b, headers: { authorization: Bearer abc, x-api-key: k } }`;
    expect(plan(yaml, [stored()])).toEqual([
      {
        action: 'update',
        id: 'id-of-report',
        version: 7,
        name: 'report',
        changes: [
          { field: 'cronExpression', from: '0 9 * * *', to: '0 10 * * *' },
          { field: 'backoff.factor', from: 2, to: 3 },
          { field: 'payload.url', from: 'https://example.com/a', to: 'https://example.com/b' },
          { field: 'payload.headers.accept', from: 'text/plain' },
          { field: 'payload.headers.x-api-key', to: '********' },
        ],
        body: {
          cronExpression: '0 10 * * *',
          backoff: { factor: 3 },
          payload: {
            url: 'https://example.com/b',
            headers: { authorization: 'Bearer abc', 'x-api-key': 'k' },
          },
        },
      },
    ]);
  });

  it('may have keys that every object has', () => {
    expect(plan('name: report\ntoString: 1', [stored()])).toMatchObject([
      { changes: [{ field: 'toString', to: 1 }], body: { toString: 1 } },
    ]);
  });

  it('keeps the tags the file says nothing of, and gets ours', () => {
    expect(plan('name: report', [stored({ tags: ['nightly'] })])).toMatchObject([
      { action: 'update', body: { tags: ['nightly', 'managed'] } },
    ]);
  });

  it('shows nothing of a payload that another type or rule may make secret, and sends it whole', () => {
    const yaml = `name: report
secretFields: [url]
payload: { url: https://user:pw@example.com, headers: { authorization: a, accept: text/plain } }`;
    expect(plan(yaml, [stored()])).toMatchObject([
      {
        changes: [
          { field: 'secretFields', from: [], to: ['url'] },
          { field: 'payload.url', from: 'https://example.com/a', to: '********' },
        ],
        body: { secretFields: ['url'], payload: { url: 'https://user:pw@example.com' } },
      },
    ]);
  });
});

describe('a job that is not there', () => {
  it('is created with our tag; its payload is not shown', () => {
    const yaml = 'name: new\ntype: http\npayload: { url: https://example.com, body: [1] }';
    const [created] = plan(yaml, [stored()]);
    expect(created).toEqual({
      action: 'create',
      name: 'new',
      changes: [
        { field: 'name', to: 'new' },
        { field: 'type', to: 'http' },
        { field: 'payload.url', to: '********' },
        { field: 'payload.body.0', to: '********' },
        { field: 'tags', to: ['managed'] },
      ],
      body: {
        name: 'new',
        type: 'http',
        payload: { url: 'https://example.com', body: [1] },
        tags: ['managed'],
      },
    });
  });

  it('is sent tags that are no list as they are, for the server to refuse', () => {
    expect(plan('name: new\ntags: nightly', [])).toMatchObject([{ body: { tags: 'nightly' } }]);
  });
});

describe('a job that is not in the file', () => {
  const others = [stored({ id: 'a', name: 'a' }), stored({ id: 'b', name: 'b', tags: ['nightly'] })];

  it('stays', () => {
    expect(plan('name: report', [stored(), ...others])).toHaveLength(1);
  });

  it('is deleted by prune where it has our tag, after all else', () => {
    const [, ...dropped] = plan('name: report', [...others, stored()], { prune: true });
    expect(dropped).toEqual([{ action: 'delete', id: 'a', name: 'a', changes: [] }]);
  });
});

describe('a name that means two jobs', () => {
  it('is refused with their ids; others of the account may be alike', () => {
    const alike = [stored({ id: 'x' }), stored({ id: 'y' })];
    expect(() => plan('name: report', alike)).toThrow('more than one job of the same name: "report" (x, y).');
    expect(plan('name: other', alike)).toHaveLength(1);
  });
});

describe('jobs that run after others', () => {
  const extract = stored({ id: 'id-of-extract', name: 'extract' });
  const load = stored({
    id: 'id-of-load',
    name: 'load',
    scheduleType: 'chained',
    after: [{ jobId: 'id-of-extract', on: 'completed' }],
  });
  const namesOf = (planned: { name: string }[]) => planned.map(({ name }) => name);

  it('are compared by the names of the others', () => {
    for (const after of ['[{ job: extract }]', '[{ jobId: id-of-extract, on: completed }]']) {
      expect(plan(`name: load\nafter: ${after}`, [extract, load])).toMatchObject([{ action: 'unchanged' }]);
    }
    expect(plan('name: load\nafter: [{ job: extract, on: any }]', [extract, load])).toMatchObject([
      {
        changes: [
          {
            field: 'after',
            from: [{ job: 'extract', on: 'completed' }],
            to: [{ job: 'extract', on: 'any' }],
          },
        ],
      },
    ]);
  });

  it('come behind them, whatever the order of the file', () => {
    const yaml = `
- { name: report, after: [{ job: load }, { job: rates }] }
- { name: other }
- { name: load, after: [{ job: extract }] }
- { name: extract }
- { name: rates }`;
    expect(namesOf(plan(yaml, []))).toEqual(['extract', 'load', 'rates', 'report', 'other']);
  });

  it('are deleted before them', () => {
    const report = stored({ id: 'r', name: 'a report', after: [{ jobId: 'id-of-load', on: 'any' }] });
    const dropped = plan('name: other', [extract, load, report], { prune: true }).slice(1);
    expect(namesOf(dropped)).toEqual(['a report', 'load', 'extract']);
  });

  it('are told by id where a name means two jobs', () => {
    const twice = [extract, stored({ id: 'x', name: 'extract' }), load];
    expect(() => plan('name: load\nafter: [{ job: extract }]', twice)).toThrow(
      'more than one job of that name',
    );
    const other = 'name: load\nafter: [{ jobId: x }]';
    expect(plan(other, twice)).toMatchObject([{ body: { after: [{ jobId: 'x', on: 'completed' }] } }]);
  });

  it.each([
    ['- { name: a, after: [{ job: b }] }\n- { name: b, after: [{ job: a }] }', '"a" after "b" after "a"'],
    ['name: a\nafter: [{ job: a }]', '"a" after "a"'],
    ['name: a\nafter: [{ job: nobody }]', '"a" runs after "nobody", which is neither in the file nor'],
  ])('are refused in a circle, or after nobody: %j', (yaml, message) => {
    expect(() => plan(yaml, [])).toThrow(message);
    expect(() => plan(yaml, [])).toThrow(CliError);
  });

  it('are sent as they are where they make no sense, for the server to refuse', () => {
    expect(plan('name: a\nafter: [extract]', [])).toMatchObject([{ body: { after: ['extract'] } }]);
    expect(plan('name: a\nafter: extract', [])).toMatchObject([{ body: { after: 'extract' } }]);
  });

  it('are sent with ids, also of what was just made', () => {
    const names = new JobNames([extract]);
    names.add('rates', 'id-of-rates');
    const links = [
      { job: 'extract', on: 'any' },
      { job: 'rates', on: 'completed' },
      { jobId: 'x', on: 'any' },
    ];
    expect(names.withIds(links)).toEqual([
      { jobId: 'id-of-extract', on: 'any' },
      { jobId: 'id-of-rates', on: 'completed' },
      { jobId: 'x', on: 'any' },
    ]);
    expect(() => names.withIds([{ job: 'refused', on: 'any' }])).toThrow('"refused", which is not there');
  });
});

describe('a file', () => {
  it('holds documents with a job or a list of jobs each, in YAML or JSON', () => {
    const names = (text: string) => readJobs(text, 'f').map(({ name }) => name);
    expect(names('name: a\n---\n- name: b\n- name: c\n---\n')).toEqual(['a', 'b', 'c']);
    expect(names('[{"name":"a"},{"name":"b"}]')).toEqual(['a', 'b']);
  });

  it.each([
    ['', 'f holds no job.'],
    ['[]', 'f holds no job.'],
    ['just text', 'f: job 1 is not an object with the fields of a job.'],
    ['- name: a\n- [b]', 'f: job 2 is not an object'],
    ['- name: a\n- type: http', 'f: job 2 has no name.'],
    ['name: 5', 'f: job 1 has no name.'],
    ['- name: a\n- name: "a "\n- name: b\n- name: b', 'same name: "a", "b".'],
    ['name: a\nname: b', 'Map keys must be unique'],
    ['name: [', 'f: '],
  ])('at fault is refused: %j', (text, message) => {
    expect(() => readJobs(text, 'f')).toThrow(message);
    expect(() => readJobs(text, 'f')).toThrow(CliError);
  });
});
