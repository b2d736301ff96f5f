import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { ApiClient } from '#testing';
import { type Account, expectAccessible, expectFits, useDashboard } from './harness/index.js';

const dashboard = useDashboard();
const title = (page: Page, name: string) => page.getByRole('heading', { name, level: 1 }).waitFor();

describe('accounts', () => {
  it('are made administrators, and suspended', async () => {
    const [admin, user] = [await dashboard.admin(), await dashboard.newAccount()];
    const name = `Grace ${crypto.randomUUID().slice(0, 8)}`;
    await user.api.request('PATCH', '/auth/me', { name });
    const theirs = await dashboard.open('/', { as: user });
    await theirs.getByRole('link', { name: 'Settings' }).waitFor();
    expect(await theirs.getByRole('link', { name: 'Admin' }).count()).toBe(0);

    const page = await dashboard.open('/admin', { as: admin });
    const choose = async (item: string) => {
      await page.getByRole('button', { name: `Actions for ${name}` }).click();
      await page.getByRole('menuitem', { name: item }).click();
      await page.getByRole('dialog').getByText(user.email).waitFor();
      await page.getByRole('dialog').getByRole('button', { name: item }).click();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    };
    await choose('Make an administrator');
    const row = page.getByRole('row').filter({ hasText: name });
    await row.getByText('Administrator').waitFor();
    await theirs.reload();
    await theirs.getByRole('link', { name: 'Admin' }).waitFor();

    await page.getByRole('searchbox').fill(name);
    await expect.poll(() => page.getByRole('row').count()).toBe(2);
    expect(page.url()).toContain('search=Grace');

    await choose('Suspend');
    await row.getByText('Suspended').waitFor();
    expect((await user.api.get('/auth/me')).status).toBe(401);
    await choose('Reinstate');
    await row.getByText('Active').waitFor();
  });

  it('that failed sign-ins have locked are seen, and unlocked', async () => {
    const [admin, user] = [await dashboard.admin(), await dashboard.newAccount()];
    const signIn = (password: string) =>
      new ApiClient(dashboard.url).post('/auth/login', { email: user.email, password });
    for (let count = 0; count < 5; count += 1) await signIn('WrongPass123');
    const page = await dashboard.open(`/admin/users?search=${user.email}`, { as: admin });
    await page.getByRole('cell', { name: 'Locked' }).waitFor();
    await page.getByRole('button', { name: 'Actions for Ada Lovelace' }).click();
    await page.getByRole('menuitem', { name: 'Unlock' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Unlock' }).click();
    await page.getByRole('cell', { name: 'Active' }).waitFor();
    expect((await signIn(user.password)).status).toBe(200);
  });

  it('of users are told at its address that a page is for administrators', async () => {
    const page = await dashboard.open('/admin/system', { as: await dashboard.newAccount() });
    await title(page, 'This page is for administrators');
    expect(await page.getByRole('button', { name: 'Pause everything' }).count()).toBe(0);
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill('s');
    await page.getByRole('option', { name: 'Secrets' }).waitFor();
    expect(await page.getByRole('option', { name: 'System' }).count()).toBe(0);
  });
});

describe('what everybody has of their own', () => {
  it('API keys: made, shown once, used and revoked', async () => {
    const page = await dashboard.open('/settings/api-keys', { as: await dashboard.newAccount() });
    await page.getByText('No API keys yet').waitFor();
    await page.getByRole('button', { name: 'New API key' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('deploy pipeline');
    await page.getByRole('button', { name: 'Make the key' }).click();
    const key = await page.getByTestId('api-key').textContent();
    await page.getByRole('button', { name: 'I have it' }).click();
    const program = new ApiClient(dashboard.url, key ?? '');
    expect((await program.get('/jobs')).status).toBe(200);
    await page.getByRole('cell', { name: 'deploy pipeline', exact: true }).waitFor();
    expect(await page.content()).not.toContain(key);
    await page.getByRole('button', { name: 'Revoke deploy pipeline' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
    await page.getByText('No API keys yet').waitFor();
    expect((await program.get('/jobs')).status).toBe(401);
  });

  it('secrets: kept, replaced, and deleted with a word about who uses them', async () => {
    const account = await dashboard.newAccount();
    const page = await dashboard.open('/settings/secrets', { as: account });
    await page.getByRole('button', { name: 'New secret' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('9 LIVES');
    await page.getByRole('textbox', { name: 'Value' }).fill('sk_live_1');
    await page.getByRole('button', { name: 'Keep it' }).click();
    await page.getByText('must be a letter or underscore', { exact: false }).waitFor();
    await page.getByRole('textbox', { name: 'Name' }).fill('BILLING_TOKEN');
    await page.getByRole('button', { name: 'Keep it' }).click();
    await page.getByRole('button', { name: 'Replace BILLING_TOKEN' }).waitFor();
    await account.api.post('/jobs', {
      name: 'Send invoices',
      type: 'http',
      scheduleType: 'recurring',
      cronExpression: '@daily',
      payload: { url: 'https://example.com/', headers: { authorization: '{{ secrets.BILLING_TOKEN }}' } },
    });
    await page.getByRole('button', { name: 'Replace BILLING_TOKEN' }).click();
    await page.getByRole('textbox', { name: 'Value' }).fill('sk_live_2');
    await page.getByRole('button', { name: 'Replace', exact: true }).click();
    await page.getByRole('cell', { name: '1 job' }).waitFor();
    await page.getByRole('button', { name: 'Delete BILLING_TOKEN' }).click();
    await page.getByRole('dialog').getByRole('link', { name: 'Send invoices' }).waitFor();
    await page.getByRole('button', { name: 'Delete all the same' }).click();
    await page.getByText('No secrets yet').waitFor();
  });

  it('their name', async () => {
    const account = await dashboard.newAccount();
    const page = await dashboard.open('/', { as: account });
    await page.getByRole('button', { name: 'Account' }).click();
    await page.getByRole('menuitem', { name: 'Settings' }).click();
    await title(page, 'Account');
    await page.getByRole('textbox', { name: 'Name' }).fill('Grace Hopper');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Name changed.').waitFor();
    await page.getByRole('button', { name: 'Account' }).click();
    await page.getByRole('menu').getByText('Grace Hopper').waitFor();
  });
});

describe('everything', () => {
  it('is paused with a reason that everybody sees, and goes on', async () => {
    const [admin, user] = [await dashboard.admin(), await dashboard.newAccount()];
    const theirs = await dashboard.open('/jobs', { as: user, width: 400 });
    await theirs.getByRole('button', { name: 'Live updates: Live' }).waitFor();
    const page = await dashboard.open('/admin/system', { as: admin });
    try {
      await page.getByRole('button', { name: 'Pause everything' }).click();
      await page.getByRole('textbox', { name: 'Reason' }).fill('Database maintenance');
      await page.getByRole('dialog').getByRole('button', { name: 'Pause everything' }).click();
      await theirs.getByRole('status').getByText('Database maintenance').waitFor();
      expect(await theirs.getByRole('button', { name: 'Resume', exact: true }).count()).toBe(0);
      await expectAccessible(theirs);
      await expectFits(theirs);
      await page.getByRole('button', { name: 'Resume', exact: true }).click();
      await page.getByRole('radio', { name: 'Leave them out' }).waitFor();
      await expectAccessible(page);
      await page.getByRole('dialog').getByRole('button', { name: 'Resume' }).click();
      await theirs.getByText('Everything is paused.').waitFor({ state: 'detached' });
      await page.getByRole('region', { name: 'Pause everything' }).getByText('Running').waitFor();
    } finally {
      await admin.api.post('/system/resume');
    }
  });
});

describe('the audit log', () => {
  it('finds an entry by who, what and job, and tells all of it', async () => {
    const [admin, user] = [await dashboard.admin(), await dashboard.newAccount()];
    const name = `Nightly ${crypto.randomUUID().slice(0, 8)}`;
    const { body } = await user.api.post('/jobs', {
      name,
      type: 'http',
      scheduleType: 'recurring',
      cronExpression: '0 4 * * *',
      payload: { url: 'https://example.com/' },
    });
    const path = `/jobs/${body.data.id}`;
    await user.api.request('PATCH', path, { cronExpression: '0 5 * * *' });
    await user.api.post(`${path}/pause`, { reason: 'moving house' });

    const page = await dashboard.open('/admin/audit', { as: admin });
    await page.getByRole('combobox', { name: 'Job' }).fill(name);
    await page.getByRole('option', { name }).click();
    const rows = page.locator('[data-row]');
    await expect.poll(() => rows.count()).toBe(3);
    await page.getByRole('combobox', { name: 'Who' }).fill(user.email);
    await page.getByRole('option', { name: user.email }).click();
    await page.getByRole('combobox', { name: 'What' }).fill('changed a job');
    await page.getByRole('option', { name: 'Changed a job' }).click();
    await expect.poll(() => rows.count()).toBe(1);
    const address = page.url();
    await page.reload();
    await rows.getByRole('link', { name }).waitFor();
    expect(page.url()).toBe(address);
    await rows.getByRole('button', { expanded: false }).click();
    for (const text of ['cronExpression', '0 4 * * *', '0 5 * * *']) {
      await page
        .getByRole('definition')
        .or(page.getByRole('term'))
        .filter({ hasText: text })
        .first()
        .waitFor();
    }
    await expectAccessible(page);

    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByRole('menuitem', { name: 'CSV' }).click();
    const lines = (await readFile(await (await download).path(), 'utf8')).trim().split('\r\n');
    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain(user.email);
  });

  it('shows everybody what concerns them', async () => {
    const user = await dashboard.newAccount();
    const page = await dashboard.open('/settings/activity', { as: user });
    await page.locator('[data-row]').getByText('registered').waitFor();
    expect(await page.getByRole('combobox', { name: 'Who' }).count()).toBe(0);
  });
});

const PAGES = [
  ['/admin/users', 'Users'],
  ['/admin/audit', 'Audit log'],
  ['/admin/system', 'System'],
  ['/settings/account', 'Account'],
  ['/settings/api-keys', 'API keys'],
  ['/settings/secrets', 'Secrets'],
  ['/settings/activity', 'Activity'],
] as const;

/** Each page, of an account that has something on it. */
async function visit(page: Page, [path, name]: (typeof PAGES)[number]): Promise<void> {
  await page.goto(path);
  await title(page, name);
  await expect.poll(() => page.locator('main [aria-busy]').count()).toBe(0);
}

async function furnished(): Promise<Account> {
  const admin = await dashboard.admin();
  await admin.api.post('/auth/api-keys', { name: 'ci' });
  await admin.api.post('/secrets', { name: `TOKEN_${Date.now()}`, value: 'aaaa', description: 'For tests' });
  return admin;
}

describe('the pages', () => {
  it('are accessible', async () => {
    const page = await dashboard.open('/', { as: await furnished() });
    for (const one of PAGES) {
      await visit(page, one);
      await expectAccessible(page);
    }
  });

  it('fit a telephone', async () => {
    const page = await dashboard.open('/', { as: await furnished(), width: 400 });
    await page.addInitScript(() => {
      const look = () => {
        const { dataset, scrollWidth } = document.documentElement;
        dataset['widest'] = String(Math.max(scrollWidth, Number(dataset['widest'] ?? 0)));
        requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    });
    for (const one of PAGES) {
      await visit(page, one);
      await expectFits(page);
      // Nor was it any wider for as long as a frame.
      expect(await page.locator('html').getAttribute('data-widest')).toBe('400');
    }
  });
});
