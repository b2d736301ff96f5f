import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { expectAccessible, expectFits, useDashboard } from './harness/index.js';

const dashboard = useDashboard();
const ready = (page: Page) => page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor();

describe('the frame', () => {
  it('leads on by links, keys and commands', async () => {
    const account = await dashboard.newAccount();
    const { body } = await account.api.post('/jobs', {
      name: 'Nightly sync',
      type: 'custom',
      scheduleType: 'recurring',
      cronExpression: '@daily',
      payload: { handler: 'processData', data: { input: 1 } },
    });
    const page = await dashboard.open('/', { as: account });
    await ready(page);
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Jobs' }).click();
    await page.waitForURL('**/jobs');
    await page.keyboard.press('g');
    await page.keyboard.press('o');
    await ready(page);
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill('nightly');
    await page.getByRole('option', { name: 'Nightly sync' }).waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/jobs/${body.data.id}`);
  });

  it('lists its keys', async () => {
    const page = await dashboard.open('/', { as: await dashboard.newAccount() });
    await ready(page);
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keys' }).getByText('Go to Jobs').waitFor();
  });

  it('shows administrators more than others', async () => {
    const [user, admin] = [await dashboard.newAccount(), await dashboard.admin()];
    for (const [account, count] of [
      [user, 0],
      [admin, 1],
    ] as const) {
      const page = await dashboard.open('/', { as: account });
      await ready(page);
      const nav = page.getByRole('navigation', { name: 'Main' });
      expect(await nav.getByRole('link', { name: 'Admin' }).count()).toBe(count);
    }
  });

  it('keeps theme, zone and navigation as they were chosen', async () => {
    const page = await dashboard.open('/', { as: await dashboard.newAccount() });
    await ready(page);
    await page.getByRole('button', { name: /^Appearance/ }).click();
    await page.getByRole('menuitemradio', { name: 'Dark' }).click();
    await page.getByRole('button', { name: /^Times are shown in/ }).click();
    await page.getByRole('menuitemradio', { name: /^UTC/ }).click();
    await page.getByRole('button', { name: 'Collapse the navigation' }).click();
    await page.reload();
    await page.getByRole('button', { name: 'Times are shown in: UTC' }).waitFor();
    await page.getByRole('button', { name: 'Expand the navigation' }).waitFor();
    expect(await page.locator('html').getAttribute('data-mantine-color-scheme')).toBe('dark');
  });

  it('says where nothing is, and goes on', async () => {
    const page = await dashboard.open('/nowhere/at/all', { as: await dashboard.newAccount() });
    await page.getByRole('heading', { name: 'There is nothing here' }).waitFor();
    await page.getByRole('link', { name: 'Go to the overview' }).click();
    await ready(page);
  });

  it('is used by hand on a phone', async () => {
    const page = await dashboard.open('/', { as: await dashboard.newAccount(), width: 400 });
    await ready(page);
    await expectFits(page);
    await page.getByRole('button', { name: 'Open the navigation' }).click();
    await page.getByRole('dialog').getByRole('link', { name: 'Jobs' }).click();
    await page.waitForURL('**/jobs');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  it('is accessible with its menus open', async () => {
    const page = await dashboard.open('/', { as: await dashboard.admin() });
    await ready(page);
    await expectAccessible(page);
    for (const name of [/^Appearance/, /^Times are shown in/, /^Live updates/, 'Account']) {
      await page.getByRole('button', { name }).click();
      await page.getByRole('menu').waitFor();
      await expectAccessible(page);
      await page.keyboard.press('Escape');
      await page.getByRole('menu').waitFor({ state: 'detached' });
    }
    await page.keyboard.press('Control+k');
    await page.getByRole('option', { name: 'Overview' }).waitFor();
    await expectAccessible(page);
  });
});
