import { describe, expect, it } from 'vitest';
import type { JsonObject, JsonValue } from '#contracts';
import { compileDataSchema } from './data-schema.js';

const order: JsonObject = {
  type: 'object',
  properties: {
    id: { type: 'integer', minimum: 1 },
    lines: { type: 'array', items: { $ref: '#/$defs/line' }, minItems: 1 },
    mode: { enum: ['fast', 'safe'] },
    mail: { type: 'string', format: 'email' },
    'a/b~c': { type: 'string' },
  },
  required: ['id'],
  additionalProperties: false,
  $defs: { line: { type: 'object', required: ['sku'] } },
};

describe('compileDataSchema', () => {
  it('accepts what the schema describes and does not change it', () => {
    const data = { id: 1, lines: [{ sku: 'x', more: true }], mode: 'fast', mail: 'a@example.com' };
    const before = structuredClone(data);
    expect(compileDataSchema(order)(data)).toEqual([]);
    expect(data).toEqual(before);
  });

  it.each<[JsonValue, string, string]>([
    [null, 'payload.data', 'must be object'],
    [{}, 'payload.data.id', 'is missing'],
    [{ id: 0 }, 'payload.data.id', 'must be >= 1'],
    [{ id: 1, extra: 1 }, 'payload.data.extra', 'is not a field the handler knows'],
    [{ id: 1, lines: [{ sku: 1 }, {}] }, 'payload.data.lines.1.sku', 'is missing'],
    [{ id: 1, mode: 'slow' }, 'payload.data.mode', 'must be one of "fast","safe"'],
    [{ id: 1, mail: 'nobody' }, 'payload.data.mail', 'must match format "email"'],
    [{ id: 1, 'a/b~c': 1 }, 'payload.data.a/b~c', 'must be string'],
  ])('of %j names %s', (data, field, message) => {
    expect(compileDataSchema(order)(data)).toEqual([{ field, message }]);
  });

  it('names every fault, up to a bound', () => {
    const check = compileDataSchema({ type: 'array', items: { type: 'string' } });
    expect(check([1, 'a', 2])).toHaveLength(2);
    expect(check(Array.from({ length: 1_000 }, () => 1))).toHaveLength(20);
  });

  it('holds data to a rule that stands without a type', () => {
    expect(compileDataSchema({ required: ['a'] })({})).toEqual([
      { field: 'payload.data.a', message: 'is missing' },
    ]);
  });

  it('reads draft 7 where the schema says so', () => {
    const schema = {
      $schema: 'http://json-schema.org/draft-07/schema#',
      definitions: { n: { type: 'number' } },
      items: [{ $ref: '#/definitions/n' }],
    };
    expect(compileDataSchema(schema)(['x'])).toEqual([
      { field: 'payload.data.0', message: 'must be number' },
    ]);
  });

  it.each<[string, JsonObject]>([
    ['a type that is none', { type: 'strng' }],
    ['a misspelt keyword', { type: 'object', propertys: {} }],
    ['an unknown format', { type: 'string', format: 'e-mail' }],
    ['a reference to elsewhere', { $ref: 'https://example.com/schema.json' }],
    ['a dialect that is not supported', { $schema: 'http://json-schema.org/draft-04/schema#' }],
    ['asynchronous checks', { $async: true }],
  ])('refuses %s', (_name, schema) => {
    expect(() => compileDataSchema(schema)).toThrow();
  });
});
