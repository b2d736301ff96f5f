import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';

/** The apps whose start somebody waits for. The others stay as they were compiled. */
const APPS = ['api', 'worker', 'standalone', 'migrate'];
const COMPILED = join(root, 'dist');

/**
 * Packages of very many small files, which take most of a start to read. What is not named here is loaded from node_modules as ever:
 * native code, what Nest loads by name (class-validator, class-transformer), Fastify and its plugins.
 */
const TAKEN_IN =
  /^(@nestjs\/.+|@opentelemetry\/api|bullmq|cron-parser|es-toolkit|ioredis|nodemailer|prom-client|reflect-metadata|rxjs|semver|typeorm|undici|uuid|zod)$/;

/**
 * Writes the compiled services anew as a few large files, `dist/apps/<app>/src/main.js` and `dist/chunks`: three thousand modules cost
 * more to find and open than to run. A package of which two copies would disagree (two `DataSource` classes, say) is taken in together
 * with whatever depends on it.
 * @throws Error when a module cannot be resolved or parsed
 */
export async function bundleServices() {
  const { rolldown } = await import('rolldown');
  const bundle = await rolldown({
    input: Object.fromEntries(
      APPS.map((app) => [`apps/${app}/src/main`, join(COMPILED, 'apps', app, 'src', 'main.js')]),
    ),
    platform: 'node',
    plugins: [{ name: 'chronos-services', resolveId, load }],
    onLog(level, log) {
      if (level === 'warn' && log.code !== 'CIRCULAR_DEPENDENCY') process.stderr.write(`${log.message}\n`);
    },
  });
  await bundle.write({
    dir: COMPILED,
    format: 'esm',
    // Nest names loggers and faults by classes.
    keepNames: true,
    sourcemap: true,
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name]-[hash].js',
  });
  await bundle.close();
}

async function resolveId(source, importer, options) {
  const isPackage = importer !== undefined && /^[@\w]/.test(source) && !source.startsWith('node:');
  if (!isPackage) return null;
  const found = await this.resolve(source, importer, { ...options, skipSelf: true });
  const isTakenIn = found && !found.external && (isNested(found.id) || dependsOnTakenIn(source));
  return isTakenIn ? found : { id: source, external: true };
}

/** Another version than the one in the root folder, where the bundle would find its packages. */
function isNested(path) {
  return path.split(/[\\/]node_modules[\\/]/).length > 2;
}

function dependsOnTakenIn(source) {
  const [name = ''] = /^(@[^/]+\/)?[^/]+/.exec(source) ?? [];
  if (TAKEN_IN.test(name)) return true;
  const manifest = join(root, 'node_modules', name, 'package.json');
  if (!existsSync(manifest)) return false;
  const { peerDependencies = {} } = JSON.parse(readFileSync(manifest, 'utf8'));
  return Object.keys(peerDependencies).some((peer) => TAKEN_IN.test(peer));
}

/** With the map back to TypeScript for what is ours, and none for what is not: with maps of all, a first stack trace takes a second. */
function load(path) {
  if (!/\.[cm]?js$/.test(path)) return null;
  const code = readFileSync(path, 'utf8');
  if (path.startsWith(COMPILED)) return { code, map: readFileSync(`${path}.map`, 'utf8') };
  return { code, map: { version: 3, sources: [], names: [], mappings: '' } };
}
