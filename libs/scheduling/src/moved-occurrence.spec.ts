import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { CronSchedule, DstPolicies } from './cron-schedule.js';
import { localTimeOf } from './local-time-of.js';
import { firstMoved, sameLocalTime } from './moved-occurrence.js';
import { parseCron } from './parse-cron.js';
import { recordedTimeline, recordZone, type ZoneOffset } from './zone-record.js';

const HOUR = 3_600_000;
const FROM = Date.UTC(2024, 0, 1);
const UNTIL = Date.UTC(2027, 0, 1);
const RANGE = { fromExclusive: FROM, toInclusive: UNTIL - 3 * 24 * HOUR };

/** New York, had it stopped changing its clocks in the autumn of 2024 and stayed in summer time. */
const SUMMER_TIME_FOR_EVER: ZoneOffset[] = [
  { atMs: FROM, offsetMs: -5 * HOUR },
  { atMs: Date.parse('2024-03-10T07:00:00Z'), offsetMs: -4 * HOUR },
];

function pair(
  expression: string,
  offsets = SUMMER_TIME_FOR_EVER,
  policies: DstPolicies = {},
): [former: CronSchedule, present: CronSchedule] {
  const present = parseCron(expression, 'America/New_York', policies);
  const record = { timezone: 'America/New_York', fromMs: FROM, untilMs: UNTIL, offsets };
  return [present.over(recordedTimeline(record)), present];
}

function moved(...args: Parameters<typeof pair>): [before: string | undefined, after: string | undefined] {
  const found = firstMoved(...pair(...args), RANGE);
  const iso = (at: number | undefined) => at && new Date(at).toISOString().slice(0, 16);
  return [iso(found?.before) || undefined, iso(found?.after) || undefined];
}

describe('firstMoved', () => {
  it('tells the first time that has another instant now', () => {
    expect(moved('0 9 * * *')).toEqual(['2024-11-03T13:00', '2024-11-03T14:00']);
    expect(moved('0 9 * * MON-FRI')).toEqual(['2024-11-04T13:00', '2024-11-04T14:00']);
    expect(moved('0 9,10 * * *')).toEqual(['2024-11-03T13:00', '2024-11-03T14:00']);
    expect(moved('0 9 1 1 *')).toEqual(['2025-01-01T13:00', '2025-01-01T14:00']);
    expect(moved('0 9 29 2 *')).toEqual([undefined, undefined]);
  });

  it('tells a time that runs no more, and one that runs now', () => {
    // 02:30 on 9 March 2025 existed in summer time for ever.
    const skip = { dstGap: 'skip' } as const;
    expect(moved('30 2 9 3 *', undefined, skip)).toEqual(['2025-03-09T06:30', undefined]);
    expect(moved('30 1 3 11 *', undefined, { dstOverlap: 'both' })).toEqual([undefined, '2024-11-03T06:30']);
  });

  it('leaves out what runs at the same instants as before', () => {
    expect(moved('0 9 1 7 *')).toEqual([undefined, undefined]);
    expect(moved('* * * * *')).toEqual([undefined, undefined]);
    expect(moved('*/10 * * * * *')).toEqual([undefined, undefined]);
    const halfAnHourOff = [{ atMs: FROM, offsetMs: -4.5 * HOUR }];
    expect(moved('*/30 * * * *', halfAnHourOff)).toEqual([undefined, undefined]);
    expect(moved('0 * * * *', halfAnHourOff)).toEqual(['2024-01-01T00:30', '2024-01-01T01:00']);
  });

  it('knows no difference from what is recorded now', () => {
    const record = recordZone('America/New_York', FROM, UNTIL);
    expect(record.offsets).toHaveLength(7);
    const present = parseCron('30 1,2 * * *', 'America/New_York', { dstOverlap: 'both' });
    expect(firstMoved(present.over(recordedTimeline(record)), present, RANGE)).toBeUndefined();
  });

  it('finds what walking through every occurrence finds', () => {
    const offset = fc.integer({ min: -22, max: 22 }).map((halfHours) => (halfHours * HOUR) / 2);
    const day = fc.integer({ min: 0, max: 365 });
    const offsets = fc
      .array(fc.tuple(day, offset), { minLength: 1, maxLength: 4 })
      .map((changes) =>
        changes
          .map(([at, offsetMs], index) => ({ atMs: index === 0 ? FROM : FROM + at * 24 * HOUR, offsetMs }))
          .toSorted((a, b) => a.atMs - b.atMs),
      );
    const expression = fc.constantFrom(
      ...[
        '0 9 * * *',
        '30 2 * * *',
        '*/30 * * * *',
        '0 */2 * * *',
        '0 0 1 * *',
        '15 1-4 * * SUN',
        '0 0 1 7 *',
      ],
    );
    const policies = fc.record({
      dstGap: fc.constantFrom('shift' as const, 'skip' as const),
      dstOverlap: fc.constantFrom('first' as const, 'both' as const),
    });
    const start = fc.integer({ min: FROM, max: FROM + 360 * 24 * HOUR });
    const toInclusive = FROM + 365 * 24 * HOUR;
    fc.assert(
      fc.property(expression, offsets, policies, start, (text, changed, given, fromExclusive) => {
        const [former, present] = pair(text, changed, given);
        const found = firstMoved(former, present, { fromExclusive, toInclusive });
        expect(Math.min(found?.before ?? Infinity, found?.after ?? Infinity)).toBe(
          firstDifference(former, present, fromExclusive, toInclusive),
        );
      }),
      { numRuns: 200 },
    );
  });
});

function firstDifference(a: CronSchedule, b: CronSchedule, fromMs: number, untilMs: number): number {
  let [inA, inB] = [a.next(fromMs), b.next(fromMs)];
  while (inA !== undefined && inA === inB && inA <= untilMs) [inA, inB] = [a.next(inA), b.next(inB)];
  const first = Math.min(inA ?? Infinity, inB ?? Infinity);
  return first <= untilMs ? first : Infinity;
}

it('sameLocalTime reads one clock off the other', () => {
  const [former, present] = pair('0 9 * * *');
  const before = Date.parse('2024-12-24T13:00:00Z');
  expect(localTimeOf(new Date(sameLocalTime(before, former, present)), 'America/New_York')).toBe(
    '2024-12-24T09:00:00-05:00',
  );
});
