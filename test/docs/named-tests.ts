import { readFileSync } from 'node:fs';

const root = new URL('../../', import.meta.url);

export function readRepositoryFile(path: string): string {
  return readFileSync(new URL(path, root), 'utf8');
}

/** A test as a document names it. */
export interface NamedTest {
  path: string;
  title: string;
}

/** The rows of a document's tables, as cells; head lines left out. */
export function rowsOf(document: string): string[][] {
  return readRepositoryFile(document)
    .split('\n')
    .filter((line) => line.startsWith('| ') && !/^\| (requirement|rule|-+) /.test(line))
    .map((line) => line.split(' | '));
}

/** `[file](../path): “title”, “title”`, several of them. */
export function testsOf(cell: string): NamedTest[] {
  return [...cell.matchAll(/\]\(\.\.\/([^)]+)\): ([^[]*)/g)].flatMap(([, path = '', titles = '']) =>
    [...titles.matchAll(/“([^”]+)”/g)].map(([, title = '']) => ({ path, title })),
  );
}

/** As the first argument of a call: `it('title', ...`, on one line or two. */
export function isDeclared({ path, title }: NamedTest): boolean {
  return ["'", '"', '`'].some((quote) =>
    readRepositoryFile(path).replaceAll(/\(\s+/g, '(').includes(`(${quote}${title}${quote},`),
  );
}
