import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { startTcpProxy } from '#testing';
import { expectAccessible, expectFits, useDashboard } from './harness/index.js';

const dashboard = useDashboard();

async function submit(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

const heading = (page: Page, name: string) => page.getByRole('heading', { name, level: 1 }).waitFor();

describe('signing in', () => {
  it('leads to where one was going', async () => {
    const { email, password } = await dashboard.newAccount();
    const page = await dashboard.open('/executions?status=failed');
    await heading(page, 'Sign in');
    await submit(page, email, password);
    await page.waitForURL(
      ({ pathname, search }) => pathname === '/executions' && search === '?status=failed',
    );
  });

  it('says that the password is wrong, and goes on with the right one', async () => {
    const { email, password } = await dashboard.newAccount();
    const page = await dashboard.open('/sign-in');
    await submit(page, email, 'WrongPass123');
    await page.getByText('The e-mail address or the password is not right.').waitFor();
    await submit(page, email, password);
    await heading(page, 'Overview');
  });

  it('says how long an address is locked', async () => {
    const { email } = await dashboard.newAccount();
    const page = await dashboard.open('/sign-in');
    for (let count = 0; count < 5; count += 1) {
      await submit(page, email, 'WrongPass123');
      await page.getByRole('button', { name: 'Sign in' }).and(page.locator(':not([data-loading])')).waitFor();
    }
    await submit(page, email, 'WrongPass123');
    await page.getByText('Locked for a while').waitFor();
    await page.getByText(/Try again in 0:\d\d/).waitFor();
  });

  it('says that Chronos is out of reach, and takes that back when it answers again', async () => {
    const { email, password } = await dashboard.newAccount();
    const { port } = new URL(dashboard.url);
    const proxy = await startTcpProxy({ host: '127.0.0.1', port: Number(port) });
    try {
      const page = await dashboard.open('/sign-in', { url: `http://127.0.0.1:${proxy.port}` });
      await heading(page, 'Sign in');
      await proxy.cut();
      await submit(page, email, password);
      const notice = page.getByText('Chronos cannot be reached');
      await notice.waitFor();
      await proxy.restore();
      await notice.waitFor({ state: 'detached' });
      await page.getByRole('button', { name: 'Sign in' }).click();
      await heading(page, 'Overview');
    } finally {
      await proxy.close();
    }
  });

  it('warns of Caps Lock', async () => {
    const page = await dashboard.open('/sign-in');
    const field = page.getByLabel('Password', { exact: true });
    await field.focus();
    // Keys that a browser is driven with carry no locks.
    await field.evaluate((element) => {
      element.dispatchEvent(
        new KeyboardEvent('keydown', { key: 'A', bubbles: true, modifierCapsLock: true }),
      );
    });
    await page.getByText('Caps Lock is on.').waitFor();
  });

  it('goes nowhere but to this dashboard', async () => {
    const { email, password } = await dashboard.newAccount();
    const page = await dashboard.open('/sign-in?back=//example.com/');
    await submit(page, email, password);
    await heading(page, 'Overview');
    expect(new URL(page.url()).origin).toBe(dashboard.url);
  });
});

describe('registering', () => {
  it('makes an account, signs in, and says beside its field what is wrong', async () => {
    const page = await dashboard.open('/sign-in');
    await page.getByRole('link', { name: 'Register' }).click();
    await heading(page, 'Register');
    await page.getByLabel('Name').fill('Grace Hopper');
    await page.getByLabel('E-mail address').fill(`grace-${crypto.randomUUID()}@example.com`);
    await page.getByLabel('Password', { exact: true }).fill('tooweak');
    await page.getByRole('button', { name: 'Register' }).click();
    await page.getByText('must have at least 8 bytes').waitFor();
    await page.getByLabel('Password', { exact: true }).fill('SecurePass123');
    await page.getByRole('button', { name: 'Register' }).click();
    await heading(page, 'Overview');
  });
});

it.each([1280, 400])('is accessible and fits, at %d pixels', async (width) => {
  for (const [path, name] of [
    ['/sign-in', 'Sign in'],
    ['/register', 'Register'],
  ] as const) {
    const page = await dashboard.open(path, { width });
    await heading(page, name);
    await expectAccessible(page);
    await expectFits(page);
  }
});
