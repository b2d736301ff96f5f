import { Temporal } from '@js-temporal/polyfill';
import { describe, expect, it } from 'vitest';

import type { DstPolicies } from './cron-schedule.js';
import { parseCron } from './parse-cron.js';

interface Golden {
  zone: string;
  expression: string;
  policies?: DstPolicies;
  /** Local time the walk begins at (exclusive). */
  after: string;
  /** What fires then, in a row; the offset tells which of two equal local times it is. */
  fires: string[];
}

/** Each row was worked out by hand from the zone's published changes; the offsets are checked by Temporal below. */
const GOLDEN: Golden[] = [
  // New York: 2026-03-08 02:00 -> 03:00, 2026-11-01 02:00 -> 01:00.
  {
    zone: 'America/New_York',
    expression: '30 2 * * *',
    after: '2026-03-07T02:30:00-05:00',
    fires: ['2026-03-08T03:30:00-04:00', '2026-03-09T02:30:00-04:00'],
  },
  {
    zone: 'America/New_York',
    expression: '30 2 * * *',
    policies: { dstGap: 'skip' },
    after: '2026-03-07T02:30:00-05:00',
    fires: ['2026-03-09T02:30:00-04:00', '2026-03-10T02:30:00-04:00'],
  },
  {
    zone: 'America/New_York',
    expression: '30 1 * * *',
    after: '2026-10-31T01:30:00-04:00',
    fires: ['2026-11-01T01:30:00-04:00', '2026-11-02T01:30:00-05:00'],
  },
  {
    zone: 'America/New_York',
    expression: '30 1 * * *',
    policies: { dstOverlap: 'both' },
    after: '2026-10-31T01:30:00-04:00',
    fires: ['2026-11-01T01:30:00-04:00', '2026-11-01T01:30:00-05:00', '2026-11-02T01:30:00-05:00'],
  },
  {
    zone: 'America/New_York',
    expression: '30 2,3 * * *', // 02:30 lands on 03:30: one occurrence
    after: '2026-03-07T03:30:00-05:00',
    fires: ['2026-03-08T03:30:00-04:00', '2026-03-09T02:30:00-04:00', '2026-03-09T03:30:00-04:00'],
  },
  {
    zone: 'America/New_York',
    expression: '15,45 2,3 * * *', // shifted times and ordinary ones of the same hour
    after: '2026-03-08T01:59:59-05:00',
    fires: ['2026-03-08T03:15:00-04:00', '2026-03-08T03:45:00-04:00', '2026-03-09T02:15:00-04:00'],
  },
  {
    zone: 'America/New_York',
    expression: '*/30 1 * * *', // the hour is fixed, though the minutes are stepped
    after: '2026-11-01T00:59:00-04:00',
    fires: ['2026-11-01T01:00:00-04:00', '2026-11-01T01:30:00-04:00', '2026-11-02T01:00:00-05:00'],
  },
  {
    zone: 'America/New_York',
    expression: '0 * * * *', // each real hour: 23 of them in spring
    after: '2026-03-08T00:00:00-05:00',
    fires: ['2026-03-08T01:00:00-05:00', '2026-03-08T03:00:00-04:00', '2026-03-08T04:00:00-04:00'],
  },
  {
    zone: 'America/New_York',
    expression: '0 * * * *', // and 25 in autumn
    after: '2026-11-01T00:00:00-04:00',
    fires: ['2026-11-01T01:00:00-04:00', '2026-11-01T01:00:00-05:00', '2026-11-01T02:00:00-05:00'],
  },
  {
    zone: 'America/New_York',
    expression: '0 0-23 * * *', // all hours, written as a range: the same
    after: '2026-11-01T00:00:00-04:00',
    fires: ['2026-11-01T01:00:00-04:00', '2026-11-01T01:00:00-05:00', '2026-11-01T02:00:00-05:00'],
  },
  {
    zone: 'America/New_York',
    expression: '*/30 * * * *',
    after: '2026-11-01T01:00:00-04:00',
    fires: ['2026-11-01T01:30:00-04:00', '2026-11-01T01:00:00-05:00', '2026-11-01T01:30:00-05:00'],
  },
  {
    zone: 'America/New_York',
    expression: '0 */2 * * *', // stepped: when the clock shows 02:00, which it does not on this day
    after: '2026-03-07T22:00:00-05:00',
    fires: ['2026-03-08T00:00:00-05:00', '2026-03-08T04:00:00-04:00', '2026-03-08T06:00:00-04:00'],
  },
  {
    zone: 'America/New_York',
    expression: '0 1-23/2 * * *', // stepped: both times the clock shows 01:00
    after: '2026-10-31T23:00:00-04:00',
    fires: ['2026-11-01T01:00:00-04:00', '2026-11-01T01:00:00-05:00', '2026-11-01T03:00:00-05:00'],
  },
  {
    zone: 'America/New_York',
    expression: '0 0-5 * * *', // a range of some hours names each of them
    after: '2026-11-01T00:00:00-04:00',
    fires: ['2026-11-01T01:00:00-04:00', '2026-11-01T02:00:00-05:00', '2026-11-01T03:00:00-05:00'],
  },
  // London: 2026-03-29 01:00 -> 02:00, 2026-10-25 02:00 -> 01:00.
  {
    zone: 'Europe/London',
    expression: '0 1 * * SUN',
    after: '2026-03-22T01:00:00+00:00',
    fires: ['2026-03-29T02:00:00+01:00', '2026-04-05T01:00:00+01:00'],
  },
  {
    zone: 'Europe/London',
    expression: '59 59 1 * * *',
    policies: { dstOverlap: 'both' },
    after: '2026-10-24T12:00:00+01:00',
    fires: ['2026-10-25T01:59:59+01:00', '2026-10-25T01:59:59+00:00', '2026-10-26T01:59:59+00:00'],
  },
  // Lord Howe moves by half an hour: 2026-10-04 02:00 -> 02:30, 2026-04-05 02:00 -> 01:30.
  {
    zone: 'Australia/Lord_Howe',
    expression: '15 2 * * *',
    after: '2026-10-03T02:15:00+10:30',
    fires: ['2026-10-04T02:45:00+11:00', '2026-10-05T02:15:00+11:00'],
  },
  {
    zone: 'Australia/Lord_Howe',
    expression: '45 2 * * *',
    after: '2026-10-03T02:45:00+10:30',
    fires: ['2026-10-04T02:45:00+11:00', '2026-10-05T02:45:00+11:00'],
  },
  {
    zone: 'Australia/Lord_Howe',
    expression: '20,40 2 * * *', // 02:20 runs at 02:50, after 02:40
    after: '2026-10-03T02:40:00+10:30',
    fires: ['2026-10-04T02:40:00+11:00', '2026-10-04T02:50:00+11:00', '2026-10-05T02:20:00+11:00'],
  },
  {
    zone: 'Australia/Lord_Howe',
    expression: '*/15 1 * * *',
    after: '2026-04-05T01:15:00+11:00',
    fires: ['2026-04-05T01:30:00+11:00', '2026-04-05T01:45:00+11:00', '2026-04-06T01:00:00+10:30'],
  },
  {
    zone: 'Australia/Lord_Howe',
    expression: '30 * * * *',
    after: '2026-04-05T01:00:00+11:00',
    fires: ['2026-04-05T01:30:00+11:00', '2026-04-05T01:30:00+10:30', '2026-04-05T02:30:00+10:30'],
  },
  // St John's changed at one minute past midnight: 2010-11-07 00:01 -> 2010-11-06 23:01.
  {
    zone: 'America/St_Johns',
    expression: '0,30 0,23 * * *',
    after: '2010-11-06T23:00:00-02:30',
    fires: ['2010-11-06T23:30:00-02:30', '2010-11-07T00:00:00-02:30', '2010-11-07T00:30:00-03:30'],
  },
  // Kathmandu: +05:45 all year, and no changes since 1986 (+05:30 -> +05:45 at new year).
  {
    zone: 'Asia/Kathmandu',
    expression: '0 6 * * MON-FRI',
    after: '2026-01-02T06:00:00+05:45',
    fires: ['2026-01-05T06:00:00+05:45', '2026-01-06T06:00:00+05:45'],
  },
  {
    zone: 'Asia/Kathmandu',
    expression: '5 0 * * *',
    after: '1985-12-31T00:05:00+05:30',
    fires: ['1986-01-01T00:20:00+05:45', '1986-01-02T00:05:00+05:45'],
  },
  // Casablanca is at +01:00 but for Ramadan: 2026-02-15 03:00 -> 02:00, 2026-03-22 02:00 -> 03:00.
  {
    zone: 'Africa/Casablanca',
    expression: '30 2 * * *',
    after: '2026-02-14T02:30:00+01:00',
    fires: ['2026-02-15T02:30:00+01:00', '2026-02-16T02:30:00+00:00'],
  },
  {
    zone: 'Africa/Casablanca',
    expression: '30 2 * * *',
    after: '2026-03-21T02:30:00+00:00',
    fires: ['2026-03-22T03:30:00+01:00', '2026-03-23T02:30:00+01:00'],
  },
  // Sao Paulo before 2019 changed at midnight: 2018-11-04 00:00 -> 01:00, 2018-02-18 00:00 -> 2018-02-17 23:00.
  {
    zone: 'America/Sao_Paulo',
    expression: '0 0 * * *',
    after: '2018-11-03T00:00:00-03:00',
    fires: ['2018-11-04T01:00:00-02:00', '2018-11-05T00:00:00-02:00'],
  },
  {
    zone: 'America/Sao_Paulo',
    expression: '@daily',
    policies: { dstGap: 'skip' },
    after: '2018-11-03T00:00:00-03:00',
    fires: ['2018-11-05T00:00:00-02:00'],
  },
  {
    zone: 'America/Sao_Paulo',
    expression: '0 */24 * * *', // a step that leaves one hour names it: a daily job is not lost
    after: '2018-11-03T00:00:00-03:00',
    fires: ['2018-11-04T01:00:00-02:00', '2018-11-05T00:00:00-02:00'],
  },
  {
    zone: 'America/Sao_Paulo',
    expression: '30 23 * * *',
    policies: { dstOverlap: 'both' },
    after: '2018-02-16T23:30:00-02:00',
    fires: ['2018-02-17T23:30:00-02:00', '2018-02-17T23:30:00-03:00', '2018-02-18T23:30:00-03:00'],
  },
  {
    zone: 'America/Sao_Paulo',
    expression: '0 0 * * *', // and has not changed since
    after: '2019-11-02T00:00:00-03:00',
    fires: ['2019-11-03T00:00:00-03:00', '2019-11-04T00:00:00-03:00'],
  },
  // Apia crossed the date line: 2011-12-30 does not exist.
  {
    zone: 'Pacific/Apia',
    expression: '0 9 * * *', // the 30th's run lands on the 31st's: one occurrence
    after: '2011-12-28T09:00:00-10:00',
    fires: ['2011-12-29T09:00:00-10:00', '2011-12-31T09:00:00+14:00', '2012-01-01T09:00:00+14:00'],
  },
  {
    zone: 'Pacific/Apia',
    expression: '0 9 30 * *',
    after: '2011-11-30T09:00:00-10:00',
    fires: ['2011-12-31T09:00:00+14:00', '2012-01-30T09:00:00+14:00'],
  },
  {
    zone: 'Pacific/Apia',
    expression: '0 9 30 * *',
    policies: { dstGap: 'skip' },
    after: '2011-11-30T09:00:00-10:00',
    fires: ['2012-01-30T09:00:00+14:00'],
  },
  {
    zone: 'Pacific/Apia',
    expression: '0 */12 * * *',
    after: '2011-12-29T00:00:00-10:00',
    fires: ['2011-12-29T12:00:00-10:00', '2011-12-31T00:00:00+14:00', '2011-12-31T12:00:00+14:00'],
  },
  // Kiritimati left out 1994-12-31: shifted times cross the new year, also that of UTC.
  {
    zone: 'Pacific/Kiritimati',
    expression: '0 0,20 31 12 *',
    after: '1993-12-31T20:00:00-10:00',
    fires: ['1995-01-01T00:00:00+14:00', '1995-01-01T20:00:00+14:00', '1995-12-31T00:00:00+14:00'],
  },
  {
    zone: 'Europe/Paris',
    expression: '30 2 29 2 *',
    after: '2026-01-01T00:00:00+01:00',
    fires: ['2028-02-29T02:30:00+01:00', '2032-02-29T02:30:00+01:00'],
  },
  {
    zone: 'Europe/Paris',
    expression: '30 2 * 3 SUN#5', // the day of the change itself, in the years that have a fifth Sunday
    after: '2025-01-01T00:00:00+01:00',
    fires: ['2025-03-30T03:30:00+02:00', '2026-03-29T03:30:00+02:00'],
  },
];

describe('golden table', () => {
  it.each(GOLDEN.map((row) => ({ ...row, policy: JSON.stringify(row.policies ?? {}) })))(
    '$zone $expression after $after $policy',
    ({ zone, expression, policies, after, fires }) => {
      const schedule = parseCron(expression, zone, policies);
      const instants = fires.map((local) => Date.parse(local));

      let at: number | undefined = Date.parse(after);
      for (const instant of instants) {
        at = schedule.next(at);
        expect(show(at, zone)).toBe(show(instant, zone));
        if (at === undefined) return;
      }
      for (const instant of instants.toReversed().slice(1)) {
        at = schedule.previous(at);
        expect(show(at, zone)).toBe(show(instant, zone));
        if (at === undefined) return;
      }
    },
  );

  it('has offsets that Temporal agrees with', () => {
    for (const { zone, after, fires } of GOLDEN) {
      for (const local of [after, ...fires]) expect(show(Date.parse(local), zone)).toBe(local);
    }
  });

  /** By Temporal, so that a wrong offset of ours cannot hide itself. */
  function show(instantMs: number | undefined, zone: string): string | undefined {
    if (instantMs === undefined) return undefined;
    return Temporal.Instant.fromEpochMilliseconds(instantMs)
      .toZonedDateTimeISO(zone)
      .toString({ timeZoneName: 'never' });
  }
});

describe('edges', () => {
  const minutely = parseCron('* * * * *', 'UTC');

  it('is strict on both sides, also between whole seconds', () => {
    const at = Date.UTC(2026, 0, 1);
    expect(minutely.next(at)).toBe(at + 60_000);
    expect(minutely.next(at - 1)).toBe(at);
    expect(minutely.next(at - 0.5)).toBe(at);
    expect(minutely.previous(at)).toBe(at - 60_000);
    expect(minutely.previous(at + 1)).toBe(at);
  });

  it('crosses new year, where the timeline is cut', () => {
    const schedule = parseCron('59 59 23 31 12 *', 'Asia/Tokyo');
    const at = Date.parse('2026-12-31T23:59:59+09:00');
    expect(schedule.next(at - 1)).toBe(at);
    expect(schedule.previous(at + 1)).toBe(at);
  });

  it('finds the rarest date: a fifth Monday of February, forty years on', () => {
    const schedule = parseCron('0 0 * 2 1#5', 'Asia/Tokyo');
    expect(schedule.next(Date.parse('2072-03-01T00:00:00Z'))).toBe(Date.parse('2112-02-29T00:00:00+09:00'));
    expect(schedule.previous(Date.parse('2112-02-01T00:00:00Z'))).toBe(
      Date.parse('2072-02-29T00:00:00+09:00'),
    );
  });

  it('answers undefined when the policy takes every time away', () => {
    const schedule = parseCron('30 2 * 3 SUN#2', 'America/New_York', { dstGap: 'skip' });
    expect(schedule.next(Date.UTC(2026, 0, 1))).toBeUndefined();
    expect(schedule.previous(Date.UTC(2060, 0, 1))).toBeUndefined();
  });

  it('ends with the years it knows', () => {
    expect(minutely.next(Infinity)).toBeUndefined();
    expect(minutely.previous(-Infinity)).toBeUndefined();
    expect(minutely.next(-Infinity)).toBe(Date.UTC(1900, 0, 1));
    expect(minutely.previous(Infinity)).toBe(Date.UTC(9999, 11, 31, 23, 59));
    expect(() => minutely.next(Number.NaN)).toThrow('NaN');
  });
});
