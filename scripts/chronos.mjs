#!/usr/bin/env node
// npx chronos ..., npm run chronos -- ...: the command line, built first where it never was.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureBuilt } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { checkNodeVersion } from './lib/node-version.mjs';
import { root } from './lib/paths.mjs';

const entry = join(root, 'dist', 'apps', 'cli', 'src', 'main.js');

checkNodeVersion();
if (!existsSync(entry)) {
  // Standard output belongs to the command.
  const say = (text) => process.stderr.write(`${text}\n`);
  try {
    await ensureInstalled(say);
    await ensureBuilt(say);
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}
process.argv.splice(1, 1, entry);
await import(pathToFileURL(entry).href);
