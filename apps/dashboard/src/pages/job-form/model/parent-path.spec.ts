import { expect, it } from 'vitest';
import { parentPath } from './parent-path.js';

it.each([
  ['Extract', 'parents.Extract'],
  ['load_2', 'parents.load_2'],
  ['nightly sync', 'parents["nightly sync"]'],
  ['2nd', 'parents["2nd"]'],
  ['says "so"', 'parents["id"]'],
  ['twice', 'parents["id"]'],
])('of a job called %s is %s', (name, path) => {
  const job = { id: 'id', name };
  expect(parentPath(job, [job, { id: 'other', name: 'twice' }])).toBe(path);
});
