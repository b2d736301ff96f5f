import { describe, expect, it } from 'vitest';
import { changesBetween } from './changes-between.js';

describe('changesBetween', () => {
  it('keeps the fields that differ, deep down, and nothing else', () => {
    const before = {
      name: 'A',
      payload: { url: 'u', headers: { a: '1', b: '2' }, list: [1, 2] },
      gone: null,
    };
    const after = { name: 'A', payload: { url: 'u', headers: { a: '1', b: '3' }, list: [1] }, come: 0 };
    expect(changesBetween(before, after)).toEqual({
      before: { payload: { headers: { b: '2' }, list: [1, 2] }, gone: null },
      after: { payload: { headers: { b: '3' }, list: [1] }, come: 0 },
    });
    expect(changesBetween(before, before)).toEqual({ before: {}, after: {} });
  });

  it('takes as a whole what it is told to', () => {
    const isWhole = (value: unknown) => typeof value === 'object' && value !== null && '$sealed' in value;
    expect(changesBetween({ s: { $sealed: 'x' } }, { s: { $sealed: 'y' } }, isWhole)).toEqual({
      before: { s: { $sealed: 'x' } },
      after: { s: { $sealed: 'y' } },
    });
  });

  it('keeps keys every object inherits as fields', () => {
    const after = JSON.parse('{ "__proto__": { "a": 1 } }') as Record<string, never>;
    expect(JSON.stringify(changesBetween({}, after).after)).toBe('{"__proto__":{"a":1}}');
  });
});
