import { describe, expect, it } from 'vitest';
import { ChronosApiError, type NamedExecutionDto } from '#client';
import { retryAll, type RetryProgress } from './retry-all.js';

const runs = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ id: `${index}` }) as NamedExecutionDto);

function refusal(code: 'RATE_LIMITED' | 'ALREADY_RUNNING', status: number, retryAfterMs?: number) {
  return new ChronosApiError(code, status, code, [], undefined, retryAfterMs);
}

describe('retrying many', () => {
  it('goes on past those that are refused, and tells of them', async () => {
    const steps: RetryProgress[] = [];
    const last = await retryAll(runs(7), {
      retry: (id) => (id === '3' ? Promise.reject(refusal('ALREADY_RUNNING', 409)) : Promise.resolve()),
      onProgress: (step) => steps.push(step),
      signal: new AbortController().signal,
    });
    expect(last).toMatchObject({ total: 7, done: 7, failures: [{ run: { id: '3' } }] });
    expect(steps.map(({ done }) => done)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  it('waits as long as a rate limit says', async () => {
    const waits: number[] = [];
    let asked = 0;
    const last = await retryAll(runs(1), {
      retry: () => ((asked += 1) < 3 ? Promise.reject(refusal('RATE_LIMITED', 429, 700)) : Promise.resolve()),
      onProgress: () => undefined,
      signal: new AbortController().signal,
      wait: (ms) => {
        waits.push(ms);
        return Promise.resolve();
      },
    });
    expect([last.failures, waits]).toEqual([[], [700, 700]]);
  });

  it('begins no more once it is stopped', async () => {
    const stop = new AbortController();
    const last = await retryAll(runs(50), {
      retry: () => Promise.resolve(),
      onProgress: ({ done }) => done === 8 && stop.abort(),
      signal: stop.signal,
    });
    expect(last.done).toBeLessThan(14);
  });
});
