import { expect, it } from 'vitest';
import { steadyRows } from './steady-rows.js';

const rows = (...ids: string[]) => ids.map((id) => ({ id }));
const idOf = ({ id }: { id: string }) => id;
const steady = (now: string[], order?: string[]) => {
  const { rows: shown, movedCount } = steadyRows(rows(...now), idOf, order);
  return [shown.map(idOf).join(''), movedCount];
};

it.each([
  ['as given where nothing is held', ['b', 'a'], undefined, 'ba', 0],
  ['in their places where the order is the same', ['a', 'b'], ['a', 'b'], 'ab', 0],
  [
    'where they stood, with the count of those that would stand elsewhere',
    ['c', 'a', 'b'],
    ['a', 'b', 'c'],
    'abc',
    3,
  ],
  ['without those that are gone', ['a', 'c'], ['a', 'b', 'c'], 'ac', 0],
  ['with new ones at the end', ['d', 'a', 'b'], ['a', 'b'], 'abd', 3],
])('rows are %s', (_what, now, order, shown, moved) => {
  expect(steady(now, order)).toEqual([shown, moved]);
});
