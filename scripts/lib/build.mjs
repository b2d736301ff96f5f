import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';
import { run, seconds } from './run.mjs';

/** What is not compiled: tests, and what serves them. Must agree with tsconfig.build.json. */
const TESTS = /\.(spec|int-spec)\.ts$/;

/** Each part of the build: what it is made from, by what, and where it goes. */
const PARTS = [
  {
    name: 'services',
    output: 'dist',
    settings: [
      'nest-cli.json',
      'scripts/lib/bundle.mjs',
      'package.json',
      'package-lock.json',
      'tsconfig.json',
      'tsconfig.build.json',
    ],
    sources: ['apps', 'libs'],
    leftOut: /(^|\/)(node_modules|apps\/dashboard|apps\/[^/]+\/src\/testing|libs\/testing)\//,
    command: ['nest', ['build', 'api']],
    finish: async () => (await import('./bundle.mjs')).bundleServices(),
  },
  {
    name: 'dashboard',
    output: 'dist-dashboard',
    settings: ['package.json', 'package-lock.json'],
    sources: ['apps/dashboard', 'libs/client/src', 'libs/contracts/src'],
    leftOut: /\.md$/,
    command: ['vite', ['build', 'apps/dashboard', '--logLevel', 'warn']],
    // Vitest, which has it built before it tests, sets another: Vite would then take the development build of React.
    env: { NODE_ENV: 'production' },
  },
];

/** A hash over everything a part is made from. */
function sourcesHash({ settings, sources, leftOut, env = {} }) {
  const hash = createHash('sha256').update(process.versions.node).update(JSON.stringify(env));
  const files = sources
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(root.length)),
    )
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => !leftOut.test(path) && !TESTS.test(path))
    .toSorted((a, b) => (a < b ? -1 : 1));
  for (const path of [...settings, ...files]) hash.update(`${path}\0`).update(readFileSync(join(root, path)));
  return hash.digest('hex');
}

/**
 * Compiles all apps into dist/ and the dashboard into dist-dashboard/, each unless it was made from these very sources. Answers
 * whether it built. All apps share one tsconfig, so one `nest build` makes them all.
 * @throws Error when a compiler finds faults
 */
export async function ensureBuilt(say = (text) => process.stdout.write(`${text}\n`)) {
  const stale = PARTS.filter((part) => !isBuilt(part));
  if (stale.length === 0) return false;
  const start = performance.now();
  say(`Building the ${stale.map(({ name }) => name).join(' and the ')} (about ten seconds) ...`);
  const faults = await Promise.all(stale.map(build));
  if (faults.some((fault) => fault !== '')) throw new Error(`The build failed:\n${faults.join('')}`);
  say(`Built in ${seconds(start)}.`);
  return true;
}

/** A failed build emits as well: only this file says that an output is whole. */
function markerOf(output) {
  return join(root, output, '.chronos-build');
}

function isBuilt(part) {
  const marker = markerOf(part.output);
  return existsSync(marker) && readFileSync(marker, 'utf8') === sourcesHash(part);
}

/** Answers what the compiler found fault with. */
async function build(part) {
  const [program, args] = part.command;
  // Taken before: what is changed meanwhile is not in the build for certain.
  const hash = sourcesHash(part);
  const { code, output } = await run(program, args, { capture: true, env: part.env });
  if (code !== 0) return output;
  await part.finish?.();
  writeFileSync(markerOf(part.output), hash);
  return '';
}
