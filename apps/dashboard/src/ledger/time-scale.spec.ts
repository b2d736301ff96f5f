import { describe, expect, it } from 'vitest';
import { clockChanges, ticks, timeScale } from './time-scale.js';

const HOUR = 3_600_000;
const utc = (text: string) => Date.parse(`${text}Z`);
const iso = (at: number) => new Date(at).toISOString().slice(0, 16);

describe('ticks', () => {
  it('are at round hours of the zone, days marked', () => {
    const range = { from: utc('2026-11-22T23:10'), to: utc('2026-11-23T23:10') };
    const found = ticks(range, 'Asia/Kathmandu', 1_100);
    expect(found.map(({ at, isDay }) => `${iso(at)}${isDay ? ' day' : ''}`)).toEqual([
      '2026-11-23T00:15',
      '2026-11-23T02:15',
      '2026-11-23T04:15',
      '2026-11-23T06:15',
      '2026-11-23T08:15',
      '2026-11-23T10:15',
      '2026-11-23T12:15',
      '2026-11-23T14:15',
      '2026-11-23T16:15',
      '2026-11-23T18:15 day',
      '2026-11-23T20:15',
      '2026-11-23T22:15',
    ]);
  });

  it('go with the clocks where they change', () => {
    const range = { from: utc('2026-10-24T12:00'), to: utc('2026-10-26T12:00') };
    const days = ticks(range, 'Europe/Berlin', 180).map(({ at }) => iso(at));
    expect(days).toEqual(['2026-10-24T22:00', '2026-10-25T23:00']);
  });
});

it('a scale and its inverse', () => {
  const scale = timeScale({ from: 0, to: 10 * HOUR }, 50, 500);
  expect(scale.x(5 * HOUR)).toBe(300);
  expect(scale.at(300)).toBe(5 * HOUR);
});

describe('clock changes', () => {
  it.each([
    ['Europe/Berlin', '2026-10-25T01:00', -HOUR],
    ['Australia/Lord_Howe', '2026-10-03T15:30', HOUR / 2],
    ['America/New_York', '2026-11-01T06:00', -HOUR],
  ])('in %s', (zone, at, byMs) => {
    const range = { from: utc('2026-09-30T00:00'), to: utc('2026-11-05T12:34') };
    expect(clockChanges(range, zone)).toEqual([{ at: utc(at), byMs }]);
  });

  it('there are none in UTC', () => {
    expect(clockChanges({ from: 0, to: 400 * 24 * HOUR }, 'UTC')).toEqual([]);
  });
});
