import { expect, it } from 'vitest';
import { choice, choicesOf, integer, text } from './search-params.js';

const WORDS = ['a', 'b'] as const;

it.each([
  [text('x'), 'x'],
  [text(12), '12'],
  [text(''), undefined],
  [text(['x']), undefined],
  [choice('a', WORDS), 'a'],
  [choice('c', WORDS), undefined],
  [choicesOf(['b', 'z'], WORDS), ['b']],
  [choicesOf('a', WORDS), ['a']],
  [choicesOf([], WORDS), undefined],
  [integer(3, { min: 1, max: 9 }), 3],
  [integer('3', { min: 1, max: 9 }), 3],
  [integer(0, { min: 1, max: 9 }), undefined],
  [integer(1.5, { min: 1, max: 9 }), undefined],
])('%j', (read, expected) => {
  expect(read).toEqual(expected);
});
