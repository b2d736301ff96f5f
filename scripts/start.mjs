// npm start [standalone|api|worker|migrate|rotate-secrets|demo]: installs and builds only what is missing or out of date, then runs it.
import { existsSync } from 'node:fs';
import module from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureBuilt } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { checkNodeVersion } from './lib/node-version.mjs';
import { root } from './lib/paths.mjs';

const app = process.argv[2] ?? 'standalone';
const entry = join(root, 'dist', 'apps', app, 'src', 'main.js');

checkNodeVersion();
try {
  await ensureInstalled();
  await ensureBuilt();
  if (!existsSync(entry))
    throw new Error(
      `There is no app "${app}". Try standalone, api, worker, migrate, rotate-secrets or demo.`,
    );
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}

// Node 22 and newer keep what they compiled, for this process and those it starts: a second sooner on most machines.
process.env.NODE_COMPILE_CACHE ??= join(root, 'node_modules', '.cache', 'compiled');
module.enableCompileCache?.(process.env.NODE_COMPILE_CACHE);

// In this very process: signals and the exit code need no relay.
process.argv.splice(1, 2, entry);
await import(pathToFileURL(entry).href);
