import { expect, it } from 'vitest';
import { sliceHeights, slicesOf } from './column-stack.js';

const NONE = {
  from: '2030-01-01T00:00:00.000Z',
  ran: 0,
  late: 0,
  failed: 0,
  missed: 0,
  skipped: 0,
  cancelled: 0,
  running: 0,
  waiting: 0,
  forecast: 0,
  offSchedule: 0,
};

it('a column is stacked with its problems on top', () => {
  expect(slicesOf({ ...NONE, failed: 1, ran: 7, offSchedule: 3 })).toEqual([
    { kind: 'ran', count: 7 },
    { kind: 'failed', count: 1 },
  ]);
  expect(slicesOf(NONE)).toEqual([]);
});

it.each([
  [
    [1, 1],
    [24, 24],
  ],
  [
    [997, 3],
    [44, 4],
  ],
  [
    [1, 998, 1],
    [4, 40, 4],
  ],
])('%j are %j pixels high', (counts, heights) => {
  expect(
    sliceHeights(
      counts.map((count) => ({ kind: 'ran', count })),
      48,
    ),
  ).toEqual(heights);
});
