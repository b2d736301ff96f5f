import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];
const CACHE = fileURLToPath(new URL('../../../node_modules/.cache/chromium', import.meta.url));

const FLAGS = [
  // Containers and root have no sandbox to run in; it opens nothing but our own pages.
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/** The browser of `CHROMIUM_PATH`, of the path, or the one that comes as a package (Linux on x64). */
export async function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: await findChromium(), args: FLAGS });
}

async function findChromium(): Promise<string> {
  const named = process.env['CHROMIUM_PATH'];
  if (named) return named;
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const installed = folders
    .flatMap((folder) => NAMES.map((name) => join(folder, name)))
    .find((path) => existsSync(path));
  return installed ?? unpackChromium();
}

/** It unpacks into the temporary folder, and takes whatever is called so there already: it gets a folder of its own. */
async function unpackChromium(): Promise<string> {
  const { default: packed } = await import('@sparticuz/chromium');
  const before = process.env['TMPDIR'];
  await mkdir(CACHE, { recursive: true });
  process.env['TMPDIR'] = CACHE;
  try {
    return await packed.executablePath();
  } finally {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
  }
}
