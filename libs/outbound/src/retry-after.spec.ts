import { expect, it } from 'vitest';
import { retryAfterMs } from './retry-after.js';

const now = Date.parse('2026-03-01T09:00:00Z');

it.each([
  ['120', 120_000],
  ['0', 0],
  [' 7 ', 7_000],
  ['Sun, 01 Mar 2026 09:01:00 GMT', 60_000],
  ['Sunday, 01-Mar-26 09:01:00 GMT', 60_000],
  ['Sun, 01 Mar 2026 08:00:00 GMT', 0],
  ['99999999999', 86_400_000],
  ['soon', undefined],
  ['-5', undefined],
  ['1.5', undefined],
  ['2026', 2_026_000],
  ['', undefined],
  [undefined, undefined],
  [['3', '5'], 3_000],
])('reads Retry-After %j as %s ms', (header, expected) => {
  expect(retryAfterMs(header, now)).toBe(expected);
});
