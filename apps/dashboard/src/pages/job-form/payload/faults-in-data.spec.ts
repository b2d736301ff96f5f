import { expect, it } from 'vitest';
import { faultsInData } from './faults-in-data.js';

const SCHEMA = {
  type: 'object',
  required: ['input'],
  properties: { input: { type: 'string' }, lines: { type: 'array', items: { type: 'number' } } },
  additionalProperties: false,
};

it.each([
  ['{ "input": "x", "lines": [1] }', []],
  ['{', []],
  ['{ "input": {{ x }} }', []],
  ['', [/Data are needed/]],
  ['{}', [/input/]],
  ['{ "input": 1 }', [/^input: .*string/]],
  ['{ "input": "x", "lines": [1, "2"] }', [/^lines\.1: .*number/]],
])('of %s a schema does not allow %j', (text, sentences) => {
  expect(faultsInData(SCHEMA, text)).toEqual(sentences.map((one) => expect.stringMatching(one) as string));
});
