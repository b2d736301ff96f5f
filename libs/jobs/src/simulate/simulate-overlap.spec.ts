import { describe, expect, it } from 'vitest';
import type { OverlapPolicy } from '#contracts';
import { simulateOverlap } from './simulate-overlap.js';

const MINUTE = 60_000;

/** An occurrence every ten minutes, six of them. */
const TIMES = [10, 20, 30, 40, 50, 60].map((minute) => minute * MINUTE);

function simulate(
  policy: OverlapPolicy,
  minutes: number[],
  maxConcurrency: number | null = null,
  times = TIMES,
) {
  return simulateOverlap({
    rules: { policy, maxConcurrency },
    times,
    durationsMs: minutes.map((one) => one * MINUTE),
  });
}

describe('simulateOverlap', () => {
  it('changes nothing where runs do not meet', () => {
    expect(simulate('skip', [5])).toMatchObject({
      occurrences: 6,
      completed: 6,
      skipped: 0,
      waited: 0,
      mostAtOnce: 1,
      busyShare: 0.5,
      isSaturated: false,
    });
  });

  it('says which times skip leaves out', () => {
    expect(simulate('skip', [25])).toMatchObject({
      completed: 2,
      skipped: 4,
      firstSkips: [20, 30, 50, 60].map((minute) => minute * MINUTE),
      busyShare: 0.9,
    });
  });

  it('a run that ends at the moment the next is due does not meet it', () => {
    expect(simulate('skip', [10])).toMatchObject({ completed: 6, skipped: 0, busyShare: 1 });
  });

  it('lets them wait, and says how long', () => {
    // 10-25, 25-40 (due 20), 40-55 (due 30), 55-70 (due 40); due 50 and 60 wait still.
    expect(simulate('buffer_all', [15])).toMatchObject({
      completed: 4,
      skipped: 0,
      waited: 5,
      stillWaiting: 2,
      waitMax: 15 * MINUTE,
      longestQueue: 2,
      mostAtOnce: 1,
      isSaturated: true,
    });
  });

  it('a queue that comes to rest is no saturation', () => {
    expect(simulate('buffer_all', [15, 5, 5, 5, 5, 5])).toMatchObject({
      completed: 6,
      waited: 1,
      waitMax: 5 * MINUTE,
      isSaturated: false,
    });
  });

  it('buffer_one skips what finds one waiting', () => {
    // 10-45; due 20 waits, due 30 and 40 find it waiting; 45-80; due 50 waits, due 60 finds it waiting.
    expect(simulate('buffer_one', [35])).toMatchObject({ skipped: 3, stillWaiting: 1, longestQueue: 1 });
  });

  it.each(['cancel_other', 'terminate_other'] as const)('%s cuts runs short', (policy) => {
    expect(simulate(policy, [25])).toMatchObject({ cutShort: 5, completed: 1, skipped: 0, mostAtOnce: 1 });
  });

  it('counts what runs at once, and bounds it', () => {
    expect(simulate('allow_all', [25])).toMatchObject({ completed: 6, mostAtOnce: 3, waited: 0 });
    expect(simulate('allow_all', [25], 2)).toMatchObject({ mostAtOnce: 2, skipped: 0 });
  });

  it('is over after the last run there may be; what is skipped is none', () => {
    const bounded = (policy: OverlapPolicy, maxRuns: number) =>
      simulateOverlap({
        rules: { policy, maxConcurrency: null },
        times: TIMES,
        durationsMs: [15 * MINUTE],
        maxRuns,
      });
    expect(bounded('skip', 2)).toMatchObject({ occurrences: 3, completed: 2, skipped: 1 });
    expect(bounded('buffer_all', 2)).toMatchObject({ occurrences: 2, completed: 1, stillWaiting: 1 });
    expect(bounded('skip', 0)).toMatchObject({ occurrences: 0, busyShare: 0 });
  });

  it('has nothing to say of no occurrences', () => {
    expect(simulate('skip', [5], null, [])).toMatchObject({
      occurrences: 0,
      busyShare: 0,
      isSaturated: false,
    });
  });
});
