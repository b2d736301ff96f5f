import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';
import { run, seconds } from './run.mjs';

const marker = join(root, 'dist', '.chronos-build');

const SETTINGS = [
  'nest-cli.json',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.build.json',
];

/** What does not end up in the build. Must agree with tsconfig.build.json. */
const LEFT_OUT =
  /(^|\/)(node_modules|apps\/dashboard|apps\/[^/]+\/src\/testing|libs\/testing)\/|\.(spec|int-spec)\.ts$/;

/** A hash over everything the build is made from. */
export function sourcesHash() {
  const hash = createHash('sha256').update(process.versions.node);
  const sources = ['apps', 'libs']
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(root.length)),
    )
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => !LEFT_OUT.test(path))
    .toSorted((a, b) => (a < b ? -1 : 1));
  for (const path of [...SETTINGS, ...sources])
    hash.update(`${path}\0`).update(readFileSync(join(root, path)));
  return hash.digest('hex');
}

/**
 * Compiles all apps into dist/ unless dist/ was made from these very sources. Answers whether it built.
 * All apps share one tsconfig, so one `nest build` makes them all.
 * @throws Error when the compiler finds faults
 */
export async function ensureBuilt(say = (text) => process.stdout.write(`${text}\n`)) {
  const hash = sourcesHash();
  if (existsSync(marker) && readFileSync(marker, 'utf8') === hash) return false;
  const start = performance.now();
  say('Building (about ten seconds) ...');
  const { code, output } = await run('nest', ['build', 'api'], { capture: true });
  if (code !== 0) throw new Error(`The build failed:\n${output}`);
  // A failed build emits as well: only this file says that dist/ is whole.
  writeFileSync(marker, hash);
  say(`Built in ${seconds(start)}.`);
  return true;
}
