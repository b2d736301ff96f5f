import { describe, expect, it } from 'vitest';
import { paceBackfill } from './pace-backfill.js';

/** Plays looks at these moments; answers the moments of what was started. */
function play(ratePerMinute: number, looks: number[]): number[] {
  const started: number[] = [];
  let nextAt = 0;
  for (const now of looks) {
    const pace = paceBackfill(ratePerMinute, nextAt, now);
    for (let count = 0; count < pace.allowed; count += 1) started.push(now);
    nextAt = pace.nextAt(pace.allowed);
  }
  return started;
}

const every = (stepMs: number, untilMs: number) =>
  Array.from({ length: Math.floor(untilMs / stepMs) + 1 }, (_, index) => index * stepMs);

describe('the pace of a backfill', () => {
  it('has no bound without a rate', () => {
    expect(paceBackfill(null, 0, 5).allowed).toBe(Infinity);
    expect(paceBackfill(null, 0, 5).nextAt(7)).toBe(5);
  });

  it.each([1, 7, 30, 60, 90, 600, 6_000])('is kept at %i a minute over ten of them', (rate) => {
    const started = play(rate, every(500, 600_000));
    expect(started.length).toBeGreaterThanOrEqual(rate * 10 * 0.98);
    expect(started.length).toBeLessThanOrEqual(rate * 10 + 1);
  });

  it('is not made up for after nothing could start', () => {
    expect(play(6, [0, 10_000, 400_000, 400_500, 410_000])).toEqual([0, 10_000, 400_000, 410_000]);
  });

  it('never starts more in any second than a second is worth, and one', () => {
    const started = play(600, [0, 500, 60_000, 60_100, 60_200, 61_000]);
    for (const at of started) {
      expect(started.filter((other) => other >= at && other < at + 1_000).length).toBeLessThanOrEqual(21);
    }
    expect(started.filter((at) => at === 60_000)).toHaveLength(11);
  });

  it('stays where it was when nothing was started', () => {
    expect(paceBackfill(6, 70_000, 65_000).allowed).toBe(0);
    expect(paceBackfill(6, 70_000, 65_000).nextAt(0)).toBe(70_000);
    expect(paceBackfill(6, 10_000, 65_000).nextAt(0)).toBe(10_000);
  });
});
