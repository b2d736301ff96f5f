import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const pages = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.md'))
  .map((path) => join('docs', path));
const documents = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'SECURITY.md', ...pages];
/** Its paths are those of an example. */
const EXAMPLES = 'docs/writing-an-executor.md';

/** Links and pictures that lead into the repository, relative to the document. */
function links(text: string): string[] {
  return [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)(?:#[^)]*)?\)/g)].map((match) => match[1] ?? '');
}

/** Paths named in the running text; not patterns. */
function namedPaths(text: string): string[] {
  return [...text.matchAll(/`((?:apps|libs|test|scripts|docs|deploy)\/[^`\s<*]+)`/g)].map(
    (match) => match[1] ?? '',
  );
}

describe.each(documents)('%s', (document) => {
  const text = readFileSync(join(root, document), 'utf8');

  it('links only to what is there', () => {
    const missing = links(text).filter((link) => !existsSync(join(root, dirname(document), link)));
    expect(missing).toEqual([]);
  });

  it('names only paths that are there', () => {
    const named = document === EXAMPLES ? [] : namedPaths(text);
    expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});

it('the list of decisions names each of them', () => {
  const listed = links(readFileSync(join(root, 'docs/adr/README.md'), 'utf8'));
  const decisions = readdirSync(join(root, 'docs/adr')).filter((name) => name !== 'README.md');
  expect(listed.toSorted()).toEqual(decisions.toSorted());
});
