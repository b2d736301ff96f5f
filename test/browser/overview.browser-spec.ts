import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { startTcpProxy } from '#testing';
import { type Account, expectAccessible, expectFits, useDashboard } from './harness/index.js';

const dashboard = useDashboard();

const region = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
const script = (code: string) => ({
  type: 'script',
  payload: { command: process.execPath, args: ['-e', code] },
});
const SLEEPS = script('setTimeout(() => {}, 60_000)');
/** Nobody listens there. */
const FAILS = { type: 'http', payload: { url: 'http://127.0.0.1:1/' } };
const LATER = { scheduleType: 'recurring', cronExpression: '0 9 * * 1', timezone: 'America/New_York' };

async function createJob({ api }: Account, job: object): Promise<string> {
  const { body, status } = await api.post('/jobs', { maxRetries: 0, ...job });
  expect(status).toBe(201);
  return body.data.id as string;
}

describe('the overview', () => {
  it('teaches who has no job yet', async () => {
    const page = await dashboard.open('/', { as: await dashboard.newAccount() });
    await region(page, 'Your first job').getByRole('link', { name: 'Create your first job' }).click();
    await page.waitForURL('**/jobs/new');
  });

  it('shows a job come up, run, and fail, without being asked to', async () => {
    const account = await dashboard.newAccount();
    const page = await dashboard.open('/', { as: account });
    const name = `Compress ${crypto.randomUUID().slice(0, 8)}`;
    const id = await createJob(account, { name, ...LATER, ...FAILS });
    await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor();
    await account.api.post(`/jobs/${id}/trigger`);
    const failure = region(page, 'Recent failures').getByRole('listitem').filter({ hasText: name });
    await failure.getByText('127.0.0.1:1', { exact: false }).waitFor();
    await region(page, 'Ledger').getByRole('link', { name }).waitFor();
    await failure.getByRole('link', { name }).click();
    await page.waitForURL('**/executions/*');
  });

  it('shows what runs with the time it has taken, and cancels it', async () => {
    const admin = await dashboard.admin();
    const name = `Sleep ${crypto.randomUUID().slice(0, 8)}`;
    const id = await createJob(admin, { name, ...LATER, ...SLEEPS });
    const page = await dashboard.open('/', { as: admin });
    await admin.api.post(`/jobs/${id}/trigger`);
    const row = region(page, 'Running now').getByRole('listitem').filter({ hasText: name });
    await row.getByText(/^\d+ s$/).waitFor();
    await row.getByRole('button', { name: `Cancel ${name}` }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel the execution' }).click();
    await row.waitFor({ state: 'detached' });
  });

  it('counts down to the next run, by the clock that was chosen', async () => {
    const account = await dashboard.newAccount();
    await createJob(account, {
      name: 'Weekly report',
      type: 'custom',
      ...LATER,
      payload: { handler: 'processData', data: { input: 1 } },
    });
    const page = await dashboard.open('/', { as: account });
    const row = region(page, 'Up next').getByRole('listitem').filter({ hasText: 'Weekly report' });
    await row.getByText(/^in /).waitFor();
    // Nine in New York is three in the afternoon in Berlin, but for the weeks between their changes of clocks.
    await row.getByText(/1[45]:00:00/).waitFor();
    await page.getByRole('button', { name: /^Times are shown in/ }).click();
    await page.getByRole('menuitemradio', { name: /^Each job/ }).click();
    await row.getByText(/09:00:00/).waitFor();
    await row.getByText('New York').waitFor();
    await row.locator('time').first().hover();
    await page.getByRole('tooltip').getByText('UTC', { exact: true }).waitFor();
  });

  it('keeps what it showed while the server is away, and says from when it is', async () => {
    const { port } = new URL(dashboard.url);
    const proxy = await startTcpProxy({ host: '127.0.0.1', port: Number(port) });
    try {
      const account = await dashboard.newAccount();
      await createJob(account, {
        name: 'Nightly sync',
        ...LATER,
        type: 'custom',
        payload: { handler: 'processData' },
      });
      const page = await dashboard.open('/', { as: account, url: `http://127.0.0.1:${proxy.port}` });
      await region(page, 'Up next').getByText('Nightly sync').waitFor();
      await proxy.cut();
      await page.getByRole('button', { name: /Live updates: (Reconnecting|Stale)/ }).waitFor();
      // Another period is asked for, and cannot be had.
      await region(page, 'Trend').getByText('30 days').click();
      await page.getByText('Chronos cannot be reached', { exact: false }).first().waitFor();
      await region(page, 'Up next').getByText('Nightly sync').waitFor();
      await proxy.restore();
      await page.getByRole('button', { name: 'Live updates: Live' }).waitFor();
      await page
        .getByText('Chronos cannot be reached', { exact: false })
        .first()
        .waitFor({ state: 'detached' });
    } finally {
      await proxy.close();
    }
  });

  it('shows administrators the workers, and others not', async () => {
    const [user, admin] = [await dashboard.newAccount(), await dashboard.admin()];
    await createJob(user, { name: 'Mine', ...LATER, type: 'custom', payload: { handler: 'processData' } });
    const page = await dashboard.open('/', { as: admin });
    await region(page, 'Workers and queues').getByText('Alive').waitFor();
    const own = await dashboard.open('/', { as: user });
    await region(own, 'Up next').getByText('Mine').waitFor();
    expect(await region(own, 'Workers and queues').count()).toBe(0);
  });

  it.each([1280, 400])('is accessible and fits, at %d pixels', async (width) => {
    const page = await dashboard.open('/', { as: await dashboard.admin(), width });
    await region(page, 'Workers and queues').getByText('Alive').waitFor();
    await region(page, 'Recent failures').getByRole('listitem').first().waitFor();
    await expectAccessible(page);
    await expectFits(page);
  });
});
