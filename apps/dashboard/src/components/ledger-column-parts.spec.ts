import { expect, it } from 'vitest';
import { columnParts, columnsInWords } from './ledger-column-parts.js';

const NONE = {
  from: '2026-11-23T00:00:00.000Z',
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

it('a column is stacked with the worst on top, which is seen however small its part', () => {
  const parts = columnParts({ ...NONE, ran: 999, failed: 1 });
  expect(parts.map(({ kind }) => kind)).toEqual(['ran', 'failed']);
  expect(parts[1]?.share).toBeGreaterThan(0.1);
  expect(parts.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
});

it('a column without a due moment has no parts, whatever ran beside the schedule', () => {
  expect(columnParts({ ...NONE, offSchedule: 3 })).toEqual([]);
});

it('columns are told in words', () => {
  expect(
    columnsInWords([
      { ...NONE, ran: 2 },
      { ...NONE, ran: 1, missed: 1, forecast: 4 },
    ]),
  ).toBe('3 ran, 4 to come, 1 missed');
  expect(columnsInWords([NONE])).toBe('');
});
