import { expect, it } from 'vitest';
import { choice, choicesOf, integer, text, uuid } from './search-params.js';

const WORDS = ['a', 'b'] as const;

it.each([
  [text('x'), 'x'],
  [text('12'), '12'],
  [text(''), undefined],
  [text(['x']), undefined],
  [choice('a', WORDS), 'a'],
  [choice('c', WORDS), undefined],
  [choicesOf(['b', 'z'], WORDS), ['b']],
  [choicesOf('a', WORDS), ['a']],
  [choicesOf('b,a', WORDS), ['a', 'b']],
  [choicesOf(['z', 'b,a'], WORDS), ['a', 'b']],
  [choicesOf('["a"]', WORDS), undefined],
  [choicesOf(undefined, WORDS), undefined],
  [choicesOf([], WORDS), undefined],
  [uuid('01934f0c-7e2b-7d3a-9c1f-5e8b2a6d4c70'), '01934f0c-7e2b-7d3a-9c1f-5e8b2a6d4c70'],
  [uuid('01934f0c'), undefined],
  [integer(3, { min: 1, max: 9 }), 3],
  [integer('3', { min: 1, max: 9 }), 3],
  [integer(0, { min: 1, max: 9 }), undefined],
  [integer(1.5, { min: 1, max: 9 }), undefined],
  [integer('', { min: 0, max: 9 }), undefined],
])('%j', (read, expected) => {
  expect(read).toEqual(expected);
});
