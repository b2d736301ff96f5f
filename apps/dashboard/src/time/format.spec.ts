import { describe, expect, it } from 'vitest';
import { formatCountdown, formatDuration, formatRelative } from './format-duration.js';
import { formatTime, offsetName } from './format-time.js';

const NOON = Date.UTC(2026, 10, 23, 12, 0, 0);

it.each([
  [0, '0 ms'],
  [-5, '0 ms'],
  [184.4, '184 ms'],
  [4_000, '4 s'],
  [4_230, '4.2 s'],
  [59_999, '59 s'],
  [185_000, '3 min 5 s'],
  [7_200_000, '2 h'],
  [7_800_000, '2 h 10 min'],
  [273_600_000, '3 d 4 h'],
])('%d ms took %s', (ms, text) => {
  expect(formatDuration(ms)).toBe(text);
});

it.each([
  [-1, '0:00'],
  [1, '0:01'],
  [31_001, '0:32'],
  [725_000, '12:05'],
  [7_800_000, '2 h 10 min'],
])('a countdown of %d ms says %s', (ms, text) => {
  expect(formatCountdown(ms)).toBe(text);
});

it.each([
  [0, 'now'],
  [-32_000, '32 s ago'],
  [250_000, 'in 4 min'],
  [-3 * 86_400_000, '3 d ago'],
])('%d ms from now is %s', (ms, text) => {
  expect(formatRelative(NOON + ms, NOON)).toBe(text);
});

describe('a time', () => {
  it('is short where the day says itself, by the clock of the zone', () => {
    expect(formatTime(NOON, 'Europe/Berlin', 'short', NOON)).toBe('13:00');
    // Already the next day there.
    expect(formatTime(NOON, 'Pacific/Auckland', 'short', NOON - 86_400_000)).toBe('24 Nov, 01:00');
    expect(formatTime(NOON, 'UTC', 'short', NOON + 60 * 86_400_000)).toBe('23 Nov 2026, 12:00');
  });

  it('is told to the millisecond where that matters', () => {
    expect(formatTime(NOON + 123, 'UTC', 'millis', NOON)).toBe('12:00:00.123');
    expect(formatTime(NOON, 'UTC', 'long', NOON)).toBe('Mon, 23 Nov 2026, 12:00:00');
  });

  it.each([
    ['Europe/Berlin', 'UTC+1'],
    ['America/St_Johns', 'UTC-3:30'],
    ['UTC', 'UTC'],
  ])('in %s is %s', (zone, name) => {
    expect(offsetName(NOON, zone)).toBe(name);
  });
});
