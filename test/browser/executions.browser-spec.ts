import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { createJob, ended, expectAccessible, expectFits, runJob, useDashboard } from './harness/index.js';

const dashboard = useDashboard();

const WORKS = { type: 'custom', payload: { handler: 'processData', data: { input: 1 } } };
/** A handler that is not there: fails at once, for good. */
const FAILS = { type: 'custom', payload: { handler: 'processData', data: {} } };
/** Nobody listens there. */
const UNREACHABLE = { type: 'http', payload: { url: 'http://127.0.0.1:1/' } };

const rows = (page: Page) => page.getByRole('table', { name: 'Runs' }).locator('[data-row]');

describe('the list of runs', () => {
  it('is filtered by what is in its address, which a reload keeps', async () => {
    const account = await dashboard.newAccount();
    const [good, bad] = [
      await createJob(account, 'Good job', WORKS),
      await createJob(account, 'Bad job', UNREACHABLE),
    ];
    await ended(account, await runJob(account, good), await runJob(account, bad), await runJob(account, bad));
    const page = await dashboard.open('/executions', { as: account });
    await expect.poll(() => rows(page).count()).toBe(3);
    await page.getByRole('button', { name: 'Status: any' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Failed' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Missed' }).click();
    await page.keyboard.press('Escape');
    await expect.poll(() => rows(page).count()).toBe(2);
    await page.getByRole('combobox', { name: 'Due' }).click();
    await page.getByRole('option', { name: 'Last hour' }).click();
    await page.waitForURL(({ search }) => search === '?status=failed,missed&range=1h');
    await page.reload();
    await page.getByRole('button', { name: 'Status: Failed, Missed' }).waitFor();
    expect(await page.getByRole('combobox', { name: 'Due' }).inputValue()).toBe('Last hour');
    await expect.poll(() => rows(page).count()).toBe(2);
    await page.getByRole('searchbox', { name: 'Search jobs by name' }).fill('good');
    await page.getByText('No runs like that').waitFor();
    await page.getByRole('button', { name: 'Clear filters' }).first().click();
    await expect.poll(() => rows(page).count()).toBe(3);
    expect(new URL(page.url()).search).toBe('');
    // As such a list once was written: not understood, and no harm.
    await page.goto('/executions?status=%5B%22failed%22%5D');
    await page.getByRole('button', { name: 'Status: any' }).waitFor();
    await expect.poll(() => rows(page).count()).toBe(3);
    expect(new URL(page.url()).search).toBe('');
  });

  it('has new runs come in, but not under the eyes of who points at it', async () => {
    const account = await dashboard.newAccount();
    const job = await createJob(account, 'Good job', WORKS);
    await ended(account, await runJob(account, job));
    const page = await dashboard.open('/executions', { as: account });
    await expect.poll(() => rows(page).count()).toBe(1);
    await ended(account, await runJob(account, job));
    await expect.poll(() => rows(page).count()).toBe(2);
    await rows(page).first().hover();
    await ended(account, await runJob(account, job));
    await page.getByRole('button', { name: '1 new run', exact: true }).waitFor();
    expect(await rows(page).count()).toBe(2);
    await page.getByRole('button', { name: '1 new run', exact: true }).click();
    await expect.poll(() => rows(page).count()).toBe(3);
  });

  it('retries several at once, and lists those that could not be', async () => {
    const account = await dashboard.newAccount();
    const [one, two] = [
      await createJob(account, 'First bad job', UNREACHABLE),
      await createJob(account, 'Second bad job', UNREACHABLE),
    ];
    await ended(account, await runJob(account, one), await runJob(account, two));
    const page = await dashboard.open('/executions?status=failed', { as: account });
    await expect.poll(() => rows(page).count()).toBe(2);
    // No more runs of this one: its retry is refused.
    await account.api.post(`/jobs/${two}/cancel`);
    await page.getByRole('checkbox', { name: 'Select all rows' }).check();
    await page
      .getByRole('region', { name: 'Selected runs' })
      .getByRole('button', { name: 'Retry 2' })
      .click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Retry 2 runs' }).click();
    await dialog.getByText('1 run of 2 begun.').waitFor();
    const refused = dialog.getByRole('region', { name: 'Not retried' });
    await refused.getByRole('link', { name: 'Second bad job' }).waitFor();
    expect(await refused.getByRole('listitem').count()).toBe(1);
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    await page.getByRole('region', { name: 'Selected runs' }).waitFor({ state: 'detached' });
    const { body } = await account.api.get(`/jobs/${one}/executions`);
    expect(body.data).toContainEqual(expect.objectContaining({ trigger: 'retry' }));
  });

  it('teaches where nothing has run, and says so where one may not look', async () => {
    const account = await dashboard.newAccount();
    const page = await dashboard.open('/executions', { as: account });
    await page.getByText('Nothing has run yet').waitFor();
    await page.getByRole('link', { name: 'Create a job' }).waitFor();
    await createJob(account, 'Good job', WORKS);
    await page.goto('/executions?range=1h');
    await page.getByText('Nothing was due in this time').waitFor();
    await page.goto(`/executions?owner=${crypto.randomUUID()}`);
    await page.getByText("These runs are somebody else's").waitFor();
    await page.getByRole('button', { name: 'Show mine' }).click();
    await page.getByText('Nothing was due in this time').waitFor();
  });

  it("is searched by owner where one sees everybody's", async () => {
    const account = await dashboard.newAccount();
    const job = await createJob(account, `Job of ${account.email}`, WORKS);
    await ended(account, await runJob(account, job));
    const page = await dashboard.open('/executions', { as: await dashboard.admin() });
    await page.getByRole('combobox', { name: 'Owner' }).fill(account.email);
    await page.getByRole('option', { name: account.email }).click();
    await expect.poll(() => rows(page).count()).toBe(1);
    await page.getByText('1 run', { exact: true }).waitFor();
  });

  it('is read on as it is scrolled down, and opens what Enter is pressed on', async () => {
    const account = await dashboard.newAccount();
    const job = await createJob(account, 'Good job', WORKS);
    const ids = [];
    for (let count = 0; count < 130; count += 1) ids.push(await runJob(account, job));
    await ended(account, ...ids);
    const page = await dashboard.open('/executions', { as: account });
    await page
      .getByText('100 of 130 runs')
      .or(page.getByText('130 runs', { exact: true }))
      .waitFor();
    await page.evaluate(() => scrollTo({ top: document.body.scrollHeight }));
    await page.getByText('130 runs', { exact: true }).waitFor();
    await page.evaluate(() => scrollTo({ top: 0 }));
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/executions\/[0-9a-f-]{36}$/);
    await page.getByRole('heading', { name: 'Run of Good job' }).waitFor();
  });

  it('is accessible and fits on a phone', async () => {
    const account = await dashboard.newAccount();
    const [good, bad] = [
      await createJob(account, 'Good job', WORKS),
      await createJob(account, 'Bad job', FAILS),
    ];
    await ended(account, await runJob(account, good), await runJob(account, bad));
    for (const width of [1280, 400]) {
      const page = await dashboard.open('/executions', { as: account, width });
      await expect.poll(() => rows(page).count()).toBe(2);
      await page.getByRole('checkbox', { name: 'Select all rows' }).check();
      await page.getByRole('region', { name: 'Selected runs' }).waitFor();
      await expectAccessible(page);
      await expectFits(page);
    }
  });
});
