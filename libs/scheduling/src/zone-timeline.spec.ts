import { describe, expect, it } from 'vitest';

import { timelineOf, ZoneTimeline } from './zone-timeline.js';

/** `start offset` of each segment of a year, the offset in hours. */
function segmentsOf(zone: string, year: number): string[] {
  const timeline = new ZoneTimeline(zone);
  const lines: string[] = [];
  for (let at = Date.UTC(year, 0, 1); at < Date.UTC(year + 1, 0, 1);) {
    const segment = timeline.segmentAt(at);
    lines.push(`${new Date(segment.startMs).toISOString().slice(0, 19)} ${segment.offsetMs / 3_600_000}`);
    at = segment.endMs;
  }
  return lines;
}

describe('ZoneTimeline', () => {
  it.each([
    ['UTC', 2026, ['2026-01-01T00:00:00 0']],
    ['Europe/London', 2026, ['2026-01-01T00:00:00 0', '2026-03-29T01:00:00 1', '2026-10-25T01:00:00 0']],
    [
      'Australia/Lord_Howe',
      2026,
      ['2026-01-01T00:00:00 11', '2026-04-04T15:00:00 10.5', '2026-10-03T15:30:00 11'],
    ],
    // the closest pair on record: one week of summer time
    [
      'America/Recife',
      2000,
      [
        '2000-01-01T00:00:00 -2',
        '2000-02-27T02:00:00 -3',
        '2000-10-08T03:00:00 -2',
        '2000-10-15T02:00:00 -3',
      ],
    ],
    // summer time suspended for Ramadan
    [
      'Africa/Casablanca',
      2012,
      [
        '2012-01-01T00:00:00 0',
        '2012-04-29T02:00:00 1',
        '2012-07-20T02:00:00 0',
        '2012-08-20T02:00:00 1',
        '2012-09-30T02:00:00 0',
      ],
    ],
    // to the second, and from an offset with seconds
    ['Africa/Monrovia', 1972, [`1972-01-01T00:00:00 ${-(44 * 60 + 30) / 3600}`, '1972-01-07T00:44:30 0']],
    // a change at the very end of a year, and the year after it
    ['Pacific/Kiritimati', 1994, ['1994-01-01T00:00:00 -10', '1994-12-31T10:00:00 14']],
    ['Pacific/Kiritimati', 1995, ['1995-01-01T00:00:00 14']],
  ])('%s %s', (zone, year, segments) => {
    expect(segmentsOf(zone, year)).toEqual(segments);
  });

  it('knows what a change left out and what it repeats, also past the new year', () => {
    const paris = new ZoneTimeline('Europe/Paris');
    expect(paris.segmentAt(Date.parse('2026-03-29T01:00:00Z'))).toMatchObject({
      skippedFrom: Date.parse('2026-03-29T02:00:00Z'),
      skippedUntil: Date.parse('2026-03-29T03:00:00Z'),
      offsetBeforeMs: 3_600_000,
      repeatedUntil: -Infinity,
    });
    expect(paris.segmentAt(Date.parse('2026-10-25T01:00:00Z'))).toMatchObject({
      repeatedUntil: Date.parse('2026-10-25T03:00:00Z'),
      skippedUntil: -Infinity,
    });
    expect(new ZoneTimeline('Pacific/Kiritimati').segmentAt(Date.UTC(1995, 0, 1))).toMatchObject({
      startMs: Date.UTC(1995, 0, 1),
      skippedFrom: Date.parse('1994-12-31T00:00:00Z'),
      skippedUntil: Date.parse('1995-01-01T00:00:00Z'),
    });
  });

  it('answers the same from anywhere, after a walk through more years than it keeps', () => {
    const timeline = new ZoneTimeline('Europe/Paris');
    const summer = Date.UTC(2026, 6, 1);
    const before = { ...timeline.segmentAt(summer) };
    for (let year = 2000; year < 2600; year++) timeline.segmentAt(Date.UTC(year, 6, 1));
    expect(timeline.segmentAt(summer)).toEqual(before);
    expect(timeline.offsetAt(Date.UTC(2026, 0, 1))).toBe(3_600_000);
  });

  it('is kept per zone', () => {
    expect(timelineOf('Asia/Kathmandu')).toBe(timelineOf('Asia/Kathmandu'));
    expect(timelineOf('Asia/Kathmandu')).not.toBe(timelineOf('Asia/Tokyo'));
  });
});
