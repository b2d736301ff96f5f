import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const root = new URL('../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');

const rows = read('docs/requirements.md')
  .split('\n')
  .filter((line) => line.startsWith('| ') && !/^\| (requirement|-+) /.test(line))
  .map((line) => line.split(' | '));

interface NamedTest {
  path: string;
  title: string;
}

/** `[file](../path): “title”, “title”`, several of them. */
function testsOf(cell: string): NamedTest[] {
  return [...cell.matchAll(/\]\(\.\.\/([^)]+)\): ([^[]*)/g)].flatMap(([, path = '', titles = '']) =>
    [...titles.matchAll(/“([^”]+)”/g)].map(([, title = '']) => ({ path, title })),
  );
}

/** As the first argument of a call: `it('title', ...`, on one line or two. */
function declares({ path, title }: NamedTest): boolean {
  return ["'", '"', '`'].some((quote) =>
    read(path).replaceAll(/\(\s+/g, '(').includes(`(${quote}${title}${quote},`),
  );
}

describe('docs/requirements.md', () => {
  it('has a test for every requirement', () => {
    expect(rows.length).toBeGreaterThan(50);
    expect(rows.filter(([, cell = '']) => testsOf(cell).length === 0)).toEqual([]);
  });

  it('names only tests there are', () => {
    const named = rows.flatMap(([, cell = '']) => testsOf(cell));
    expect(named.filter((test) => !declares(test))).toEqual([]);
  });
});

it('has every command of the requirements', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  const commands = ['start', 'worker', 'dev', 'dev:worker', 'migrate', 'test', 'test:coverage', 'test:watch'];
  expect(Object.keys(scripts)).toEqual(expect.arrayContaining(commands));
  for (const command of commands) {
    const [, file] = /^node (\S+)/.exec(scripts[command] ?? '') ?? [];
    if (file !== undefined) expect(read(file)).not.toBe('');
  }
});
