import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import type { Account, Dashboard } from './dashboard.js';

const FOLDER = fileURLToPath(new URL('../../../docs/images/dashboard', import.meta.url));

export interface Shot {
  /** Of the file: `overview` becomes overview-light.webp, overview-dark.webp and overview-phone.webp. */
  name: string;
  path: string;
  as?: Account;
  /** What must be there before it is taken. */
  ready: (page: Page) => Promise<unknown>;
  height?: number;
}

const LOOKS = [
  { suffix: 'light', scheme: 'light', width: 1280 },
  { suffix: 'dark', scheme: 'dark', width: 1280 },
  { suffix: 'phone', scheme: 'light', width: 400 },
] as const;

/** Sharp enough for text; a third of a PNG. */
const QUALITY = 88;

/** Takes a page in light, in dark and at 400 pixels, for docs/images/dashboard. */
export async function takeShots(
  dashboard: Dashboard,
  { name, path, as, ready, height = 800 }: Shot,
): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  for (const { suffix, scheme, width } of LOOKS) {
    const page = await dashboard.open(path, { scheme, width, height, ...(as && { as }) });
    await ready(page);
    if (as) await page.getByRole('button', { name: 'Live updates: Live' }).waitFor();
    await page.evaluate(() => document.fonts.ready);
    await writeFile(join(FOLDER, `${name}-${suffix}.webp`), await picture(page));
    await page.context().close();
  }
}

/** The browser's own encoder: playwright writes PNG and JPEG only. */
async function picture(page: Page): Promise<Buffer> {
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: QUALITY });
  return Buffer.from(data, 'base64');
}
