import { describe, expect, it } from 'vitest';
import type { ClosedWindowDto } from '#client';
import { closedDays, inWords } from './closed-days.js';

function closed(localFrom: string, localTo: string, more: Partial<ClosedWindowDto> = {}): ClosedWindowDto {
  return { from: '', to: '', localFrom, localTo, kind: 'date', label: null, source: null, ...more };
}

const wordsOf = (windows: ClosedWindowDto[], year = 2030) =>
  Object.fromEntries([...closedDays(windows, year)].map(([date, day]) => [date, inWords(day)]));

describe('the closed days of a year', () => {
  it('are each day of a range, and not the one it ends before', () => {
    const christmas = closed('2030-12-24T00:00:00+01:00', '2030-12-26T00:00:00+01:00', {
      label: 'Christmas',
    });
    expect(wordsOf([christmas])).toEqual({
      '2030-12-24': 'Closed all day: Christmas',
      '2030-12-25': 'Closed all day: Christmas',
    });
  });

  it('are parts of two days where a window goes over midnight', () => {
    const night = closed('2030-03-04T22:00:00+01:00', '2030-03-05T06:00:00+01:00', {
      kind: 'weekly',
      label: 'Nights',
    });
    expect(wordsOf([night])).toEqual({
      '2030-03-04': 'Closed 22:00 to 24:00: Nights',
      '2030-03-05': 'Closed 00:00 to 06:00: Nights',
    });
  });

  it('join what overlaps or touches, and tell each reason once', () => {
    const parts = [
      closed('2030-03-04T12:00:00+01:00', '2030-03-05T00:00:00+01:00', { kind: 'weekly' }),
      closed('2030-03-04T00:00:00+01:00', '2030-03-04T12:00:00+01:00', {
        kind: 'event',
        source: 'holidays',
      }),
      closed('2030-03-04T03:00:00+01:00', '2030-03-04T04:00:00+01:00', { kind: 'weekly' }),
    ];
    expect(wordsOf(parts)).toEqual({ '2030-03-04': 'Closed all day: Weekly, holidays' });
  });

  it('end with the year, on both sides', () => {
    const around = closed('2029-12-30T00:00:00Z', '2030-01-02T00:00:00Z');
    expect(Object.keys(wordsOf([around]))).toEqual(['2030-01-01']);
    expect(Object.keys(wordsOf([around], 2029))).toEqual(['2029-12-30', '2029-12-31']);
  });
});
