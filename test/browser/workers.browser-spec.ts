import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { SystemDto } from '#client';
import { type Account, expectAccessible, expectFits, useDashboard } from './harness/index.js';

const dashboard = useDashboard();

const region = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
const worker = (page: Page) => region(page, 'Workers').getByRole('listitem').first();

async function startSleeper({ api }: Account, name: string): Promise<void> {
  const { body, status } = await api.post('/jobs', {
    name,
    type: 'script',
    payload: { command: process.execPath, args: ['-e', 'setTimeout(() => {}, 60_000)'] },
    scheduleType: 'recurring',
    cronExpression: '0 9 * * 1',
    maxRetries: 0,
  });
  expect(status).toBe(201);
  await api.post(`/jobs/${body.data.id}/trigger`);
}

/** The page as it would be if the server told of other workers. */
async function openWith(change: (system: SystemDto) => void, options: object = {}): Promise<Page> {
  const admin = await dashboard.admin();
  const { body } = await admin.api.get('/monitoring/metrics');
  change(body.data as SystemDto);
  const page = await dashboard.open('/favicon.svg', { as: admin, ...options });
  await page.route('**/api/v1/monitoring/metrics', (route) => route.fulfill({ json: body }));
  await page.goto('/workers');
  return page;
}

describe('the workers', () => {
  it('shows what each runs and how full it is, as it happens', async () => {
    const admin = await dashboard.admin();
    const page = await dashboard.open('/workers', { as: admin });
    await worker(page).getByText('Alive').waitFor();
    await worker(page).getByText('runs jobs, plans, sends notifications').waitFor();
    const name = `Sleep ${crypto.randomUUID().slice(0, 8)}`;
    await startSleeper(admin, name);
    const run = worker(page).getByRole('link', { name });
    await run.waitFor();
    await worker(page)
      .getByRole('list', { name: 'Load' })
      .getByText(/^[1-9]\d* of \d+$/)
      .waitFor();
    await run.click();
    await page.waitForURL('**/executions/*');
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel the run' }).click();
    await page.goBack();
    await worker(page).getByText('Alive').waitFor();
    await run.waitFor({ state: 'detached' });
  });

  it('tells what delivers, and leads from a queue to what is in it', async () => {
    const page = await dashboard.open('/workers', { as: await dashboard.admin() });
    await region(page, 'Queues').getByText('Delivered by PostgreSQL').waitFor();
    await region(page, 'Queues').getByText('Up', { exact: true }).waitFor();
    await region(page, 'Queues').getByRole('link', { name: 'script' }).click();
    await page.waitForURL(/\/executions\?.*type=script/);
  });

  it('says what is wrong, and what to do about it', async () => {
    const page = await openWith(({ workers, queues }) => {
      const [one] = workers;
      if (!one) throw new Error('The instance has a worker.');
      one.types = ['http'];
      workers.push({ ...one, id: crypto.randomUUID(), host: 'worker-2', pid: 7, state: 'silent' });
      queues['email'] = { waiting: 12, active: 0, oldestWaitMs: 95_000 };
    });
    const problems = page.getByRole('list', { name: 'Problems' });
    await problems.getByText('No worker runs email jobs, and 12 wait').waitFor();
    await problems.getByText('worker-2 (7) is silent').waitFor();
    await region(page, 'Queues').getByText('1 min 35 s').waitFor();
  });

  it('teaches how to start one where none runs', async () => {
    const page = await openWith((system) => {
      system.workers = [];
    });
    await page.getByText('No worker runs', { exact: true }).waitFor();
    await page.getByText('npm run worker').waitFor();
    await expectAccessible(page);
  });

  it('is for administrators', async () => {
    const page = await dashboard.open('/workers', { as: await dashboard.newAccount() });
    await page.getByText('For administrators').waitFor();
    expect(await region(page, 'Queues').count()).toBe(0);
  });

  it.each([1280, 400])('is accessible and fits, at %d pixels', async (width) => {
    const page = await openWith(
      ({ workers: [one], workers }) => {
        if (one) workers.push({ ...one, id: crypto.randomUUID(), host: 'worker-2', pid: 7, state: 'silent' });
      },
      { width },
    );
    await page.getByRole('list', { name: 'Problems' }).waitFor();
    await expectAccessible(page);
    await expectFits(page);
  });
});
