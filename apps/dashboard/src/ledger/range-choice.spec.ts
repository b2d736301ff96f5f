import { expect, it } from 'vitest';
import { rangeOf, rangeSearchOf } from './range-choice.js';

it.each([
  [{ range: '7d' }, { range: '7d' }],
  [{ range: 'constructor' }, {}],
  [
    { from: 0, to: 60_000, range: '7d' },
    { from: 0, to: 60_000 },
  ],
  [
    { from: '-60000', to: '60000' },
    { from: -60_000, to: 60_000 },
  ],
  [{ from: 60_000, to: 0 }, {}],
  [{ from: 0, to: 1e300 }, {}],
  [{ from: '', to: '60000' }, {}],
  [{ from: 'yesterday', to: 5 }, {}],
])('of %j an address keeps %j', (search, kept) => {
  expect(rangeSearchOf(search)).toEqual(kept);
});

it('a preset reaches back, and a quarter as far ahead, in whole minutes', () => {
  const now = Date.parse('2030-01-02T12:00:59Z');
  expect(rangeOf({}, now)).toEqual({
    from: Date.parse('2030-01-01T12:00:00Z'),
    to: Date.parse('2030-01-02T18:00:00Z'),
  });
});
