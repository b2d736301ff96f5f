import { describe, expect, it } from 'vitest';
import { isDeclared, rowsOf, testsOf } from './named-tests.js';

const rows = rowsOf('docs/semantics-tests.md');

describe('docs/semantics-tests.md', () => {
  it('has a test for every rule', () => {
    expect(rows.length).toBeGreaterThan(40);
    expect(rows.filter(([, cell = '']) => testsOf(cell).length === 0)).toEqual([]);
  });

  it('names only tests there are', () => {
    const named = rows.flatMap(([, cell = '']) => testsOf(cell));
    expect(named.filter((test) => !isDeclared(test))).toEqual([]);
  });
});
