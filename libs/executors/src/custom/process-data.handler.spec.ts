import { expect, it } from 'vitest';
import type { JsonValue } from '#contracts';
import { testContext } from '#testing';
import { ProcessDataHandler } from './process-data.handler.js';

it.each<[JsonValue, string, number]>([
  ['value', 'string', 5],
  [[1, 2], 'array', 2],
  [{ a: 1 }, 'object', 1],
  [null, 'null', 1],
  [42, 'number', 1],
])('describes %j', (input, type, size) => {
  const { context, lines } = testContext();
  expect(new ProcessDataHandler().run({ input }, context)).toEqual({
    type,
    size,
    sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
  });
  expect(lines).toHaveLength(1);
});
