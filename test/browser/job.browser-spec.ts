import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Account, expectAccessible, expectFits, useDashboard } from './harness/index.js';

const TABS = ['Runs', 'Upcoming', 'Logs', 'Stats', 'Settings', 'Changes'];

describe('the page of a job', () => {
  const dashboard = useDashboard();
  let admin: Account;

  beforeAll(async () => {
    admin = await dashboard.admin();
  });

  const create = async (more: object = {}): Promise<{ id: string; name: string }> => {
    const name = `job ${crypto.randomUUID().slice(0, 8)}`;
    const { status, body } = await admin.api.post('/jobs', {
      name,
      type: 'script',
      scheduleType: 'recurring',
      cronExpression: '0 4 * * *',
      timezone: 'Europe/Berlin',
      payload: { command: 'echo', args: ['hello'] },
      ...more,
    });
    expect(status).toBe(201);
    return { id: body.data.id as string, name };
  };
  const open = (id: string, search = '', options = {}) =>
    dashboard.open(`/jobs/${id}${search}`, { as: admin, ...options });
  const ledger = (page: Page, name: string) => page.getByRole('group', { name: `Ledger of ${name}` });

  it('says how it stands, pauses it with a reason and lets it go on', async () => {
    const { id, name } = await create();
    const page = await open(id);
    await page.getByRole('heading', { name, level: 1 }).waitFor();
    await page.getByText('A run is skipped while an earlier one is not over.').waitFor();
    await page.getByText(/^Next run/).waitFor();

    await page.getByRole('button', { name: 'Pause', exact: true }).click();
    await page.getByLabel('Reason').fill('moving house');
    await page.getByRole('dialog').getByRole('button', { name: 'Pause' }).click();
    await page.getByText('Paused: moving house. Nothing runs until it is resumed.').waitFor();

    await page.getByRole('button', { name: 'Resume' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Resume' }).click();
    await page.getByText(/^Next run/).waitFor();
    const { body } = await admin.api.get(`/jobs/${id}`);
    expect(body.data.status).toBe('active');
  });

  it('runs it now with another payload, and shows the run without being asked', async () => {
    const { id, name } = await create();
    const page = await open(id);
    await page.getByText('It has not run yet').waitFor();
    await page.getByRole('button', { name: 'Run now' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Change the payload' }).click();
    await dialog.getByLabel('Payload').fill('{ "command": ');
    await dialog.getByRole('button', { name: 'Run now' }).click();
    expect(await dialog.isVisible()).toBe(true);
    await dialog.getByLabel('Payload').fill('{ "command": "echo", "args": ["other"] }');
    await dialog.getByRole('button', { name: 'Run now' }).click();
    await page.waitForURL(/\/executions\//);
    await page.goBack();
    await page.getByRole('cell', { name: 'manual' }).waitFor();
    expect(await ledger(page, name).textContent()).toContain('Off-schedule');
  });

  it('has a ledger that the keyboard goes through, zooms and reads as a table', async () => {
    const { id, name } = await create();
    const page = await open(id, '?range=7d');
    const picture = ledger(page, name);
    await picture.locator('svg').waitFor();
    await picture.focus();
    await page.keyboard.press('End');
    await expect.poll(() => picture.getByRole('status').textContent()).toContain('Forecast');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByText('Forecast').waitFor();
    await page.keyboard.press('Escape');
    await picture.focus();
    await page.keyboard.press('+');
    await page.waitForURL(/from=\d+/);
    await page.getByRole('button', { name: 'Show as a table' }).click();
    await page.getByRole('columnheader', { name: 'What became of it' }).waitFor();
    await page.reload();
    expect(page.url()).toContain('from=');
    await picture.locator('svg').waitFor();
  });

  it('tells what was changed, and marks a new schedule in the ledger', async () => {
    const { id, name } = await create();
    await admin.api.post(`/jobs/${id}/reschedule`, { cronExpression: '0 5 * * *' });
    const page = await open(id, '?tab=changes');
    await page.getByText('0 4 * * *').waitFor();
    await page.getByText('0 5 * * *').waitFor();
    await expect
      .poll(() => ledger(page, name).locator('title').allTextContents())
      .toEqual([expect.stringContaining('changed cronExpression')]);
  });

  it('deletes it when told so twice, and says of one that is gone that it is', async () => {
    const { id } = await create();
    const page = await open(id);
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await page.waitForURL(/\/jobs$/);
    await page.goto(`/jobs/${id}`);
    await page.getByText('Not found', { exact: true }).waitFor();
  });

  it('is accessible on every tab', async () => {
    const { id, name } = await create({ tags: ['nightly'], description: 'Says hello.' });
    const page = await open(id);
    await ledger(page, name).locator('svg').waitFor();
    for (const tab of TABS) {
      await page.getByRole('tab', { name: tab }).click();
      await page.getByRole('tabpanel').waitFor();
      await expectAccessible(page);
    }
  });

  it('fits a telephone', async () => {
    const { id, name } = await create();
    const page = await open(id, '?tab=settings', { width: 400 });
    await ledger(page, name).locator('svg').waitFor();
    await expectFits(page);
  });
});
