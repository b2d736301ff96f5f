import { describe, expect, it } from 'vitest';
import { isDeclared, readRepositoryFile, rowsOf, testsOf } from './named-tests.js';

const rows = rowsOf('docs/requirements.md');

describe('docs/requirements.md', () => {
  it('has a test for every requirement', () => {
    expect(rows.length).toBeGreaterThan(50);
    expect(rows.filter(([, cell = '']) => testsOf(cell).length === 0)).toEqual([]);
  });

  it('names only tests there are', () => {
    const named = rows.flatMap(([, cell = '']) => testsOf(cell));
    expect(named.filter((test) => !isDeclared(test))).toEqual([]);
  });
});

it('has every command of the requirements', () => {
  const { scripts } = JSON.parse(readRepositoryFile('package.json')) as { scripts: Record<string, string> };
  const commands = ['start', 'worker', 'dev', 'dev:worker', 'migrate', 'test', 'test:coverage', 'test:watch'];
  expect(Object.keys(scripts)).toEqual(expect.arrayContaining(commands));
  for (const command of commands) {
    const [, file] = /^node (\S+)/.exec(scripts[command] ?? '') ?? [];
    if (file !== undefined) expect(readRepositoryFile(file)).not.toBe('');
  }
});
