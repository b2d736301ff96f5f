import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { useDashboard } from './harness/index.js';

/** Of script, compressed by gzip, before the first page can be used. */
const LIMIT_BYTES = 300 * 1024;
const ASSETS = fileURLToPath(new URL('../../dist-dashboard/assets/', import.meta.url));

const dashboard = useDashboard();

async function scriptBytes(page: Page, path: string): Promise<number> {
  const scripts = new Set<string>();
  page.on('request', (request) => {
    if (request.resourceType() === 'script') scripts.add(new URL(request.url()).pathname);
  });
  await page.goto(path);
  await page.getByRole('heading', { level: 1 }).waitFor();
  const assets = [...scripts].filter((name) => name.startsWith('/assets/'));
  const sizes = await Promise.all(
    assets.map(async (name) => gzipSync(await readFile(`${ASSETS}${basename(name)}`)).length),
  );
  expect(sizes.length).toBeGreaterThan(0);
  return sizes.reduce((sum, size) => sum + size, 0);
}

it.each(['/sign-in', '/'])('%s loads no more script than it may', async (path) => {
  const as = path === '/' ? await dashboard.newAccount() : undefined;
  const page = await dashboard.open('/favicon.svg', as && { as });
  expect(await scriptBytes(page, path)).toBeLessThanOrEqual(LIMIT_BYTES);
});

it('nothing is asked of any other host', async () => {
  const page = await dashboard.open('/favicon.svg', { as: await dashboard.admin() });
  const hosts = new Set<string>();
  page.on('request', (request) => hosts.add(new URL(request.url()).origin));
  await page.goto('/');
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.getByRole('button', { name: 'Live updates: Live' }).waitFor();
  expect([...hosts]).toEqual([dashboard.url]);
});
