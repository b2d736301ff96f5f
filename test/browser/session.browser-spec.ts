import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { startTcpProxy } from '#testing';
import { useDashboard } from './harness/index.js';

const dashboard = useDashboard();
const ready = (page: Page) => page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor();
const live = (page: Page, word: string) =>
  page.getByRole('button', { name: `Live updates: ${word}` }).waitFor();

/** What has expired is refused just as what never was a token. */
const expireToken = (page: Page) =>
  page.evaluate(() => {
    const kept = JSON.parse(localStorage.getItem('chronos.session') ?? '{}') as object;
    localStorage.setItem('chronos.session', JSON.stringify({ ...kept, accessToken: 'expired' }));
  });

const keptToken = (page: Page) =>
  page.evaluate(
    () =>
      (JSON.parse(localStorage.getItem('chronos.session') ?? '{}') as { accessToken: string }).accessToken,
  );

describe('a session', () => {
  it('lives through a reload and in a second tab', async () => {
    const page = await dashboard.open('/', { as: await dashboard.newAccount() });
    await ready(page);
    await page.reload();
    await ready(page);
    await ready(await dashboard.openBeside(page, '/'));
  });

  it('is not written by a tab that has nothing new to say: its tokens may be old', async () => {
    const page = await dashboard.open('/', { as: await dashboard.newAccount() });
    await ready(page);
    await page.context().addInitScript(() => {
      const { setItem } = Storage.prototype;
      Storage.prototype.setItem = function (key, value) {
        const { dataset } = document.documentElement;
        dataset['written'] = `${dataset['written'] ?? ''} ${key}`;
        setItem.call(this, key, value);
      };
    });
    const told = page
      .context()
      .waitForEvent('response', { predicate: (response) => response.url().endsWith('/auth/me') });
    const tab = await dashboard.openBeside(page, '/');
    await told;
    await live(tab, 'Live');
    const written = () => tab.evaluate(() => document.documentElement.dataset['written'] ?? '');
    expect(await written()).not.toContain('chronos.session');
    await tab.evaluate(() => localStorage.setItem('last', ''));
    expect(await written()).toContain('last');
  });

  it('goes on when its token expires, with one refresh for all tabs', async () => {
    const page = await dashboard.open('/', { as: await dashboard.newAccount() });
    await ready(page);
    const tab = await dashboard.openBeside(page, '/');
    await ready(tab);
    const refreshes: string[] = [];
    page.context().on('request', (request) => {
      if (request.url().endsWith('/auth/refresh')) refreshes.push(request.url());
    });
    // Away from the dashboard while the token expires: a page that is left in the middle of its refresh is another story.
    await Promise.all([page.goto('/health/live'), tab.goto('/health/live')]);
    await expireToken(page);
    await expect.poll(() => keptToken(tab)).toBe('expired');
    await Promise.all([page.goto('/'), tab.goto('/')]);
    await Promise.all([live(page, 'Live'), live(tab, 'Live')]);
    await expect.poll(() => keptToken(page)).not.toBe('expired');
    // Told of by another tab, maybe, than the token was read from.
    await expect.poll(() => refreshes).toHaveLength(1);
  });

  it('that was ended elsewhere leaves the page and asks for the password', async () => {
    const account = await dashboard.newAccount();
    const page = await dashboard.open('/calendars', { as: account });
    await live(page, 'Live');
    await account.api.post('/auth/logout-everywhere');
    await page.getByRole('heading', { name: 'Your session has ended' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/calendars');
    await page.getByLabel('E-mail address').fill(account.email);
    await page.getByLabel('Password', { exact: true }).fill(account.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Your session has ended' }).waitFor({ state: 'detached' });
    await live(page, 'Live');
    expect(new URL(page.url()).pathname).toBe('/calendars');
  });

  it('is signed out of in every tab, here and everywhere', async () => {
    const page = await dashboard.open('/', { as: await dashboard.newAccount() });
    await ready(page);
    const tab = await dashboard.openBeside(page, '/');
    await ready(tab);
    await page.getByRole('button', { name: 'Account' }).click();
    await page.getByRole('menuitem', { name: 'Sign out everywhere' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Sign out everywhere' }).click();
    for (const one of [page, tab]) await one.getByRole('heading', { name: 'Sign in' }).waitFor();
  });

  it('changes its password, and other sessions end', async () => {
    const account = await dashboard.newAccount();
    const page = await dashboard.open('/', { as: account });
    await ready(page);
    await page.getByRole('button', { name: 'Account' }).click();
    await page.getByRole('menuitem', { name: 'Change password' }).click();
    await page.getByLabel('Current password').fill('WrongPass123');
    await page.getByLabel('New password').fill('AnotherPass456');
    await page.getByRole('button', { name: 'Change password' }).click();
    await page.getByText('is not your current password').waitFor();
    await page.getByLabel('Current password').fill(account.password);
    await page.getByRole('button', { name: 'Change password' }).click();
    await page.getByText('Password changed.', { exact: false }).waitFor();
  });
});

describe('the server', () => {
  it('that goes away is told of, and found again', async () => {
    const { port } = new URL(dashboard.url);
    const proxy = await startTcpProxy({ host: '127.0.0.1', port: Number(port) });
    try {
      const page = await dashboard.open('/', {
        as: await dashboard.newAccount(),
        url: `http://127.0.0.1:${proxy.port}`,
      });
      await live(page, 'Live');
      await proxy.cut();
      await live(page, 'Reconnecting');
      await page.getByRole('button', { name: /Live updates: Stale 0:\d\d/ }).waitFor();
      await proxy.restore();
      await live(page, 'Live');
    } finally {
      await proxy.close();
    }
  });

  it('is followed over one connection for all tabs, and the next tab takes over', async () => {
    const page = await dashboard.open('/', { as: await dashboard.newAccount() });
    await live(page, 'Live');
    const streams: string[] = [];
    page.context().on('request', (request) => {
      if (request.url().endsWith('/monitoring/events')) streams.push(request.url());
    });
    const [second, third] = [await dashboard.openBeside(page, '/'), await dashboard.openBeside(page, '/')];
    await Promise.all([live(second, 'Live'), live(third, 'Live')]);
    expect(streams).toHaveLength(0);
    await page.close();
    await expect.poll(() => streams.length).toBe(1);
    await Promise.all([live(second, 'Live'), live(third, 'Live')]);
  });

  it('is not listened to while live updates are paused', async () => {
    const page = await dashboard.open('/', { as: await dashboard.newAccount() });
    await live(page, 'Live');
    await page.getByRole('button', { name: 'Live updates: Live' }).click();
    await page.getByRole('menuitem', { name: 'Pause live updates' }).click();
    await live(page, 'Paused');
    await page.getByRole('button', { name: 'Live updates: Paused' }).click();
    await page.getByRole('menuitem', { name: 'Go on' }).click();
    await live(page, 'Live');
  });
});
