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

export function launchChromium(executablePath: string): Promise<Browser> {
  return chromium.launch({ executablePath, args: FLAGS });
}

/**
 * Where the browser is of `CHROMIUM_PATH`; without it the one that comes as a package (Linux on x64), which has no windows to draw
 * and opens pages three times as fast, and where that does not start, one of the path.
 * @throws Error what each of them said
 */
export async function findChromium(): Promise<string> {
  const named = process.env['CHROMIUM_PATH'];
  const candidates = named ? [() => Promise.resolve(named)] : [unpackChromium, ...installed()];
  const faults: unknown[] = [];
  for (const find of candidates) {
    try {
      const path = await find();
      await (await launchChromium(path)).close();
      return path;
    } catch (error) {
      faults.push(error);
    }
  }
  throw new Error(
    `No Chromium starts. Install one (Debian: apt-get install chromium) or name one by CHROMIUM_PATH.\n${faults.join('\n')}`,
  );
}

function installed(): (() => Promise<string>)[] {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const paths = folders.flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return paths.filter((path) => existsSync(path)).map((path) => () => Promise.resolve(path));
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
