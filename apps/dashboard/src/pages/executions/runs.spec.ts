import { describe, expect, it } from 'vitest';
import type { NamedExecutionDto } from '#client';
import { appended, isHalfKnown, type Runs, withOlder } from './runs.js';

function run(name: string, fields: Partial<NamedExecutionDto> = {}): NamedExecutionDto {
  return {
    id: name,
    jobId: 'job',
    jobName: 'Job',
    type: 'http',
    trigger: 'schedule',
    scheduledFor: `2030-01-01T00:00:${name}.000Z`,
    status: 'completed',
    reason: null,
    attempt: 1,
    maxAttempts: 1,
    nextAttemptAt: null,
    bufferedAt: null,
    queuedAt: null,
    startedAt: '2030-01-01T00:00:00.000Z',
    finishedAt: '2030-01-01T00:00:00.000Z',
    durationMs: 0,
    latenessMs: 0,
    workerId: null,
    retryOf: null,
    result: null,
    error: null,
    ...fields,
  } as NamedExecutionDto;
}

/** Runs due at these seconds; `next`: where older ones begin. */
function runs(seconds: (string | NamedExecutionDto)[], next: string | null = 'next'): Runs {
  const items = seconds.map((one) => (typeof one === 'string' ? run(one) : one));
  return { items, meta: { page: 1, limit: 2, total: 9, totalPages: 5, nextCursor: next } };
}

const told = ({ items, meta }: Runs) => [items.map(({ id }) => id).join(' '), meta.nextCursor];

describe('the newest page with what was read before', () => {
  it.each([
    ['alone at first', undefined, runs(['09', '08'], 'a'), ['09 08', 'a']],
    ['before older ones', runs(['08', '07', '06'], 'b'), runs(['09', '08'], 'a'), ['09 08 07 06', 'b']],
    ['alone where too much is new', runs(['03', '02'], 'b'), runs(['09', '08'], 'a'), ['09 08', 'a']],
    ['alone where it is all there is', runs(['08', '07'], 'b'), runs(['08'], null), ['08', null]],
    [
      'without those that no longer pass',
      runs([run('08', { status: 'failed' }), run('07', { status: 'failed' }), run('06')], 'b'),
      runs([run('09', { status: 'failed' }), run('08', { status: 'failed' })], 'a'),
      ['09 08 07', 'b'],
    ],
    [
      // It was on the newest page, and its place there is taken: it was withdrawn.
      'without those that are gone',
      runs(['09', '08', '07'], 'b'),
      runs(['09', '07'], 'a'),
      ['09 07', 'a'],
    ],
  ] as const)('is shown %s', (_what, known, fresh, shown) => {
    const statuses = fresh.items.every(({ status }) => status === 'failed')
      ? (['failed'] as const)
      : undefined;
    expect(told(withOlder(known, fresh, statuses))).toEqual(shown);
  });

  it('is followed by the next, each run once', () => {
    expect(told(appended(runs(['09', '08'], 'a'), runs(['08', '07'], 'b')))).toEqual(['09 08 07', 'b']);
  });
});

it.each([
  ['running', { startedAt: null }, true],
  ['running', {}, false],
  ['completed', { finishedAt: null }, true],
  ['completed', {}, false],
  ['skipped', { startedAt: null, finishedAt: null }, false],
] as const)('one that is %s with %j is half known: %s', (status, fields, isHalf) => {
  expect(isHalfKnown(run('01', { status, ...fields }))).toBe(isHalf);
});
