import { describe, expect, it } from 'vitest';

import { countBetween, occurrencesBetween } from './occurrences.js';
import { parseCron } from './parse-cron.js';

const range = (from: string, to: string) => ({
  fromExclusive: Date.parse(from),
  toInclusive: Date.parse(to),
});

describe('occurrencesBetween', () => {
  const hourly = parseCron('0 * * * *', 'UTC');

  it('leaves out the beginning of the range and holds its end', () => {
    const asked = range('2026-01-01T00:00Z', '2026-01-01T03:00Z');
    expect(occurrencesBetween(hourly, asked, 10)).toEqual({
      occurrences: ['01', '02', '03'].map((hour) => Date.parse(`2026-01-01T${hour}:00Z`)),
      truncated: false,
    });
  });

  it('stops at the limit, and says whether there was more', () => {
    const asked = range('2026-01-01T00:00Z', '2026-01-01T03:00Z');
    expect(occurrencesBetween(hourly, asked, 3).truncated).toBe(false);
    expect(occurrencesBetween(hourly, asked, 2)).toEqual({
      occurrences: [Date.parse('2026-01-01T01:00Z'), Date.parse('2026-01-01T02:00Z')],
      truncated: true,
    });
    expect(occurrencesBetween(hourly, asked, 0)).toEqual({ occurrences: [], truncated: true });
  });

  it('is empty for an empty or backward range', () => {
    const asked = range('2026-01-01T03:00Z', '2026-01-01T00:00Z');
    expect(occurrencesBetween(hourly, asked, 10)).toEqual({ occurrences: [], truncated: false });
    expect(countBetween(hourly, asked)).toBe(0);
  });
});

describe('countBetween', () => {
  it.each([
    ['* * * * * *', 'UTC', '2026-01-01T00:00Z', '2027-01-01T00:00Z', 365 * 86_400],
    ['0 * * * *', 'America/New_York', '2026-03-08T00:00-05:00', '2026-03-09T00:00-04:00', 23],
    ['0 * * * *', 'America/New_York', '2026-11-01T00:00-04:00', '2026-11-02T00:00-05:00', 25],
    ['30 2,3 * * *', 'America/New_York', '2026-03-08T00:00-05:00', '2026-03-09T00:00-04:00', 1],
    ['*/30 1 * * *', 'America/New_York', '2026-11-01T00:00-04:00', '2026-11-02T00:00-05:00', 2],
    // 02:00 runs at 02:30, beside 02:30 itself; 02:20 at 02:50, after 02:40
    ['0,20,30,40 2 * * *', 'Australia/Lord_Howe', '2026-10-04T00:00+10:30', '2026-10-05T00:00+11:00', 3],
    ['0 0 29 2 *', 'UTC', '1999-01-01T00:00Z', '2399-01-01T00:00Z', 97],
  ])('%s in %s from %s to %s: %s', (expression, zone, from, to, count) => {
    expect(countBetween(parseCron(expression, zone), range(from, to))).toBe(count);
  });

  it('counts a century of seconds without stepping through it', () => {
    const days = (Date.UTC(2100, 0, 1) - Date.UTC(2000, 0, 1)) / 86_400_000;
    const asked = range('2000-01-01T00:00Z', '2100-01-01T00:00Z');
    expect(countBetween(parseCron('* * * * * *', 'Europe/Paris'), asked)).toBe(days * 86_400);
    expect(countBetween(parseCron('* 2 * * *', 'Europe/Paris', { dstGap: 'skip' }), asked)).toBe(
      (days - 100) * 60,
    );
  });
});
