import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { type Account, expectAccessible, useDashboard } from './harness/index.js';
import { box, choose, jobOf, pick, savedJob, storedJob, unfold } from './job-form-steps.js';

const dashboard = useDashboard();

/** Has a secret only the server knows. */
const JOB = {
  name: 'Nightly sync',
  type: 'http',
  scheduleType: 'recurring',
  cronExpression: '0 3 * * *',
  timezone: 'America/New_York',
  payload: {
    url: 'https://example.com/sync',
    headers: { Authorization: 'Bearer hidden', Accept: 'text/plain' },
  },
};

async function edit(account: Account, id: string): Promise<Page> {
  const page = await dashboard.open(`/jobs/${id}/edit`, { as: account });
  await page.getByRole('heading', { name: 'Edit Nightly sync', level: 1 }).waitFor();
  return page;
}

async function save(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Review and save' }).click();
  await page.getByRole('button', { name: 'Save changes' }).click();
}

describe('an edit', () => {
  it('shows what it changes before it does, and keeps secrets', async () => {
    const account = await dashboard.newAccount();
    const id = await storedJob(account, JOB);
    const page = await edit(account, id);
    await page.getByText('Kept secret').waitFor();
    await box(page, 'Value of header 1').fill('application/json');
    await unfold(page, /^Retries/);
    await box(page, 'Retries').fill('5');
    await page.getByText(/Tries again after 5 s, 25 s, 2 min 5 s/).waitFor();
    await page.keyboard.press('Control+Enter');
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Headers: Accept').waitFor();
    expect(await dialog.locator('dt').allTextContents()).toEqual(['Headers: Accept', 'Retries']);
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Save changes' }).click();
    await savedJob(page);
    const job = await jobOf(account, id);
    expect(job).toMatchObject({ maxRetries: 5, cronExpression: '0 3 * * *', version: 2 });
    expect(job.payload.headers).toEqual({ Authorization: '********', Accept: 'application/json' });
  });

  it('that somebody else was quicker than shows theirs, and is saved onto it or dropped', async () => {
    const account = await dashboard.newAccount();
    const id = await storedJob(account, JOB);
    const page = await edit(account, id);
    await account.api.request('PATCH', `/jobs/${id}`, { cronExpression: '0 4 * * *' });
    await box(page, 'Description').fill('Mine');
    await save(page);
    const dialog = page.getByRole('dialog', { name: 'Changed by somebody else meanwhile' });
    await dialog.getByText('Cron expression').waitFor();
    await dialog.getByText('keeping yours keeps theirs').waitFor();
    await dialog.getByRole('button', { name: 'Save mine' }).click();
    await savedJob(page);
    expect(await jobOf(account, id)).toMatchObject({ description: 'Mine', cronExpression: '0 4 * * *' });

    const again = await edit(account, id);
    await account.api.request('PATCH', `/jobs/${id}`, { description: 'Theirs' });
    await box(again, 'Description').fill('Mine, too');
    await save(again);
    const other = again.getByRole('dialog', { name: 'Changed by somebody else meanwhile' });
    await other.getByText('You changed Description as well').waitFor();
    await other.getByRole('button', { name: 'Take theirs, drop mine' }).click();
    await expect.poll(() => box(again, 'Description').inputValue()).toBe('Theirs');
    expect(await again.getByRole('button', { name: 'Review and save' }).isDisabled()).toBe(true);
  });

  it('goes on where it was when the session ends', async () => {
    const account = await dashboard.newAccount();
    const page = await edit(account, await storedJob(account, JOB));
    await box(page, 'Description').fill('Typed before');
    await account.api.post('/auth/logout-everywhere');
    const dialog = page.getByRole('dialog', { name: 'Your session has ended' });
    await dialog.getByLabel('E-mail address').fill(account.email);
    await dialog.getByLabel('Password', { exact: true }).fill(account.password);
    await dialog.getByRole('button', { name: 'Sign in' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await box(page, 'Description').inputValue()).toBe('Typed before');
    await save(page);
    await savedJob(page);
  });

  it('that closes a circle of chains is told so where the parents are chosen', async () => {
    const account = await dashboard.newAccount();
    const first = await storedJob(account, JOB);
    const chained = { scheduleType: 'chained', cronExpression: undefined, after: [{ jobId: first }] };
    await storedJob(account, { ...JOB, ...chained, name: 'Report' });
    const page = await edit(account, first);
    await choose(page, 'After');
    await page.getByRole('combobox', { name: 'Job 1 to run after' }).click();
    // It cannot run after itself.
    await page.getByRole('option', { name: /^Report/ }).click();
    expect(await page.getByRole('option', { name: /^Nightly sync/ }).count()).toBe(0);
    await save(page);
    const fault = page.getByRole('region', { name: 'Schedule' }).getByText(/^Makes a cycle: "/);
    expect(await fault.textContent()).toBe(
      'Makes a cycle: "Nightly sync" after "Report" after "Nightly sync".',
    );
  });

  it('says what it would do to the coming week, by how long runs took lately or another time', async () => {
    const account = await dashboard.newAccount();
    const payload = { handler: 'processData', data: { input: 'value' } };
    const hourly = { type: 'custom', payload, cronExpression: '0 * * * *' };
    const id = await storedJob(account, { ...JOB, ...hourly });
    await account.api.post(`/jobs/${id}/trigger`);
    const newest = async () => (await account.api.get(`/jobs/${id}/executions`)).body.data[0]?.status;
    await expect.poll(newest, { timeout: 30_000 }).toBe('completed');
    const page = await edit(account, id);
    await unfold(page, /^What if/);
    await page.getByText(/^Its last run took \d/).waitFor();
    await page.getByText('Learnt from').waitFor();
    await pick(page, 'Takes about: unit', 'minutes');
    await box(page, 'Takes about').fill('90');
    await page.getByText('Skipped, another one ran').waitFor();
    await page.getByText(/^Its last run took/).waitFor();
    await unfold(page, /^Overlap/);
    await page.getByRole('radio', { name: /^Queue all/ }).check();
    await page.getByText('The queue grows for ever').waitFor();
  });
});

it('a copy starts paused, with the secrets of the original', async () => {
  const account = await dashboard.newAccount();
  const id = await storedJob(account, JOB);
  const page = await dashboard.open(`/jobs/new?clone=${id}`, { as: account });
  await page.getByText('A copy starts paused').waitFor();
  expect(await box(page, 'Name').inputValue()).toBe('Nightly sync (copy)');
  await box(page, 'Cron expression').fill('0 5 * * *');
  await page.getByRole('button', { name: 'Create paused copy' }).click();
  await page.waitForURL((url) => /\/jobs\/[0-9a-f-]{36}$/.test(url.pathname) && !url.pathname.endsWith(id));
  const copy = await jobOf(account, await savedJob(page));
  expect(copy).toMatchObject({ name: 'Nightly sync (copy)', status: 'paused', cronExpression: '0 5 * * *' });
  expect(copy.payload.headers.Authorization).toBe('********');
});
