import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { paceCatchUp } from './pace-catch-up.js';

const misfires = (count: number) => Array.from({ length: count }, (_, index) => index);

describe('paceCatchUp', () => {
  it('starts at once, and lets jobs take turns', () => {
    const pace = { now: 1_000_000, waiting: 0, perSecond: 10 };
    expect(paceCatchUp([misfires(1), misfires(2), misfires(1)], pace)).toEqual([
      [1_000_000],
      [1_000_100, 1_001_100],
      [1_000_200],
    ]);
  });

  it('queues behind what waits already', () => {
    expect(paceCatchUp([misfires(1)], { now: 0, waiting: 250, perSecond: 50 })).toEqual([[5_000]]);
  });

  it('never starts more than the pace in any second, nor one job twice within one', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 60 }),
        fc.integer({ min: 1, max: 100 }),
        (counts, perSecond) => {
          const dueTimes = paceCatchUp(counts.map(misfires), { now: 0, waiting: 0, perSecond });
          expect(dueTimes.map(({ length }) => length)).toEqual(counts);
          for (const times of dueTimes) {
            for (const [index, at] of times.entries()) {
              if (index > 0) expect(at - (times[index - 1] ?? 0)).toBeGreaterThanOrEqual(1_000);
            }
          }
          const firstOnes = dueTimes.flatMap((times) => times.slice(0, 1)).toSorted((a, b) => a - b);
          for (const [index, at] of firstOnes.entries()) {
            const aSecondBefore = firstOnes[index - perSecond];
            if (aSecondBefore !== undefined) expect(at - aSecondBefore).toBeGreaterThanOrEqual(999);
          }
        },
      ),
    );
  });
});
