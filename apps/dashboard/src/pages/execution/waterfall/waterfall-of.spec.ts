import { describe, expect, it } from 'vitest';
import type { AttemptDto, ExecutionWithAttemptsDto } from '#client';
import { waterfallOf } from './waterfall-of.js';

const START = Date.UTC(2030, 0, 1, 12);
const at = (second: number) => new Date(START + second * 1_000).toISOString();

function attempt(number: number, from: number, to: number | null): AttemptDto {
  return {
    attempt: number,
    status: to === null ? 'running' : 'failed',
    workerId: null,
    startedAt: at(from),
    finishedAt: to === null ? null : at(to),
    durationMs: to === null ? null : (to - from) * 1_000,
    error: null,
  };
}

function execution(fields: Partial<ExecutionWithAttemptsDto>): ExecutionWithAttemptsDto {
  return {
    id: 'one',
    jobId: 'job',
    type: 'script',
    trigger: 'schedule',
    scheduledFor: at(0),
    status: 'completed',
    reason: null,
    attempt: 1,
    maxAttempts: 4,
    nextAttemptAt: null,
    bufferedAt: null,
    queuedAt: at(0),
    startedAt: at(1),
    finishedAt: null,
    durationMs: null,
    latenessMs: 1_000,
    workerId: null,
    retryOf: null,
    result: null,
    error: null,
    attempts: [],
    ...fields,
  } as ExecutionWithAttemptsDto;
}

/** `1: queued 0-1, running 1-3` */
function told(fields: Partial<ExecutionWithAttemptsDto>, now = 100): string[] {
  const { rows } = waterfallOf(execution(fields), START + now * 1_000);
  return rows.map(({ attempt: number, segments }) => {
    const second = (ms: number) => (ms - START) / 1_000;
    const parts = segments.map(
      ({ kind, from, to, isOpen }) => `${kind} ${second(from)}-${second(to)}${isOpen ? '...' : ''}`,
    );
    return `${number}: ${parts.join(', ')}`;
  });
}

describe('the waterfall', () => {
  it('shows for each attempt how long it waited, was held back and ran', () => {
    const attempts = [attempt(1, 1, 3), attempt(2, 8, 9), attempt(3, 34, 40)];
    expect(told({ attempts, attempt: 3, queuedAt: at(33), finishedAt: at(40) })).toEqual([
      '1: queued 0-1, running 1-3',
      '2: backoff 3-8, running 8-9',
      '3: backoff 9-33, queued 33-34, running 34-40',
    ]);
  });

  it.each<[string, Partial<ExecutionWithAttemptsDto>, string[]]>([
    ['runs', { status: 'running', attempts: [attempt(1, 1, null)] }, ['1: queued 0-1, running 1-100...']],
    [
      'is to be tried again',
      { status: 'retrying', attempts: [attempt(1, 1, 99)], nextAttemptAt: at(104) },
      ['1: queued 0-1, running 1-99', '2: backoff 99-104...'],
    ],
    [
      'waits for a worker',
      { status: 'queued', startedAt: null, latenessMs: null, queuedAt: at(90) },
      ['1: queued 90-100...'],
    ],
    [
      'waits for a worker once more',
      { status: 'queued', attempts: [attempt(1, 1, 50)], queuedAt: at(90) },
      ['1: queued 0-1, running 1-50', '2: backoff 50-90, queued 90-100...'],
    ],
    [
      'was cancelled before it began',
      { status: 'cancelled', startedAt: null, latenessMs: null, queuedAt: at(0), finishedAt: at(7) },
      ['1: queued 0-7'],
    ],
  ])('shows one that %s', (_what, fields, rows) => {
    expect(told(fields)).toEqual(rows);
  });

  it('begins shortly before the start where it had waited far longer than it ran', () => {
    const waited = { startedAt: at(7_200), latenessMs: 7_200_000, attempts: [attempt(1, 7_200, 7_204)] };
    const { from, to, cutWaitMs } = waterfallOf(execution(waited), START);
    expect([(from - START) / 1_000, (to - START) / 1_000, cutWaitMs]).toEqual([7_199, 7_204, 7_200_000]);
  });
});
