import axe, { type AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

const SCHEME = 'data-mantine-color-scheme';
/** Menus and lists that open stand outside the landmarks of the page, for as long as they are open. */
const RULES = `{ region: { enabled: !document.querySelector('[data-portal] :is([role="menu"], [role="listbox"])') } }`;

/**
 * Fails with what axe finds fault with on the page, light or dark, once nothing of it is on its way: the rule, and the elements. Only
 * colours differ between the two, so only contrasts are looked at again.
 */
export async function expectAccessible(page: Page): Promise<void> {
  await expect.poll(() => page.locator('[aria-busy="true"]').count(), { timeout: 30_000 }).toBe(0);
  // Run through the debugger, which the page's policy does not concern.
  await page.evaluate(axe.source);
  await expectNoFaults(page, `{ resultTypes: ['violations'], rules: ${RULES} }`);
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(() => page.locator('html').getAttribute(SCHEME)).toBe('dark');
  await expectNoFaults(page, `{ resultTypes: ['violations'], runOnly: ['color-contrast'] }`);
  await page.emulateMedia({ colorScheme: 'light' });
  await expect.poll(() => page.locator('html').getAttribute(SCHEME)).toBe('light');
}

async function expectNoFaults(page: Page, options: string): Promise<void> {
  const { violations } = await page.evaluate<AxeResults>(`axe.run(${options})`);
  const faults = violations.map(({ id, nodes }) => ({
    id,
    nodes: nodes.map(({ html, failureSummary }) => `${html}\n${failureSummary ?? ''}`),
  }));
  expect(faults).toEqual([]);
}

/** Fails where the page is wider than the window: nothing may need scrolling sideways. */
export async function expectFits(page: Page): Promise<void> {
  const { content, window } = await page.evaluate(() => ({
    content: document.documentElement.scrollWidth,
    window: innerWidth,
  }));
  expect(content).toBeLessThanOrEqual(window);
}
