import { expect, it } from 'vitest';
import { piecesOf } from './find-in-line.js';

const told = (texts: string[], needle: string) =>
  piecesOf(
    texts.map((text) => ({ text })),
    needle,
  ).map(({ text, isHit }) => (isHit ? `[${text}]` : text));

it.each([
  [['one two'], '', ['one two']],
  [['one two'], 'two', ['one ', '[two]']],
  [['Two, TWO!'], 'two', ['[Two]', ', ', '[TWO]', '!']],
  // Across a change of colour.
  [['ab', 'cd'], 'bc', ['a', '[b]', '[c]', 'd']],
  [['aaa'], 'aa', ['[aa]', 'a']],
  [['nothing'], 'else', ['nothing']],
])('in %j, %j is marked', (texts, needle, pieces) => {
  expect(told(texts, needle)).toEqual(pieces);
});
