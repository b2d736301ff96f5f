import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BACKOFF_STRATEGIES, DEFAULT_BACKOFF } from '#contracts';
import { backoffMs } from './backoff.js';

describe('backoffMs', () => {
  it('waits 5 s, 25 s and 125 s by default, as the requirements say', () => {
    expect([2, 3, 4].map((attempt) => backoffMs(DEFAULT_BACKOFF, 5_000, attempt))).toEqual([
      5_000, 25_000, 125_000,
    ]);
  });

  it.each([
    ['linear', [100, 200, 300]],
    ['fixed', [100, 100, 100]],
    ['exponential', [100, 500, 2_500]],
  ] as const)('%s', (strategy, waits) => {
    expect([2, 3, 4].map((attempt) => backoffMs({ ...DEFAULT_BACKOFF, strategy }, 100, attempt))).toEqual(
      waits,
    );
  });

  it('obeys a longer Retry-After and ignores a shorter one', () => {
    expect(backoffMs(DEFAULT_BACKOFF, 5_000, 2, { retryAfterMs: 60_000 })).toBe(60_000);
    expect(backoffMs(DEFAULT_BACKOFF, 5_000, 2, { retryAfterMs: 1 })).toBe(5_000);
  });

  it('never leaves its bounds, whatever the policy', () => {
    const policies = fc.record({
      strategy: fc.constantFrom(...BACKOFF_STRATEGIES),
      factor: fc.double({ min: 1, max: 10, noNaN: true }),
      maxDelay: fc.integer({ min: 0, max: 86_400_000 }),
      jitter: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(
        policies,
        fc.integer({ min: 0, max: 3_600_000 }),
        fc.integer({ min: 2, max: 51 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (policy, delay, attempt, random) => {
          const wait = backoffMs(policy, delay, attempt, { random: () => random });
          expect(Number.isInteger(wait)).toBe(true);
          expect(wait).toBeGreaterThanOrEqual(0);
          expect(wait).toBeLessThanOrEqual(policy.maxDelay);
        },
      ),
    );
  });
});
