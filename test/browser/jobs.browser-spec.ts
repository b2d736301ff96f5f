import { describe, expect, it } from 'vitest';
import { type Account, copyJob, expectAccessible, expectFits, useDashboard } from './harness/index.js';

const PATIENT = { timeout: 30_000 };

describe('the list of jobs', () => {
  const dashboard = useDashboard();

  const create = async ({ api }: Account, name: string, more: object = {}): Promise<string> => {
    const { status, body } = await api.post('/jobs', {
      name,
      type: 'http',
      scheduleType: 'recurring',
      cronExpression: '0 4 * * *',
      payload: { url: 'https://example.com/' },
      ...more,
    });
    expect(status).toBe(201);
    return body.data.id as string;
  };

  it('teaches the first job, and says so where none matches', async () => {
    const account = await dashboard.newAccount();
    const page = await dashboard.open('/jobs', { as: account });
    await page.getByText('No jobs yet').waitFor();
    await create(account, 'alpha');
    // Live: it comes by itself.
    await page.getByRole('link', { name: 'alpha' }).waitFor();
    await page.getByRole('searchbox').fill('nothing like it');
    await page.getByText('No job matches').waitFor();
    expect(page.url()).toContain('search=nothing');
    await page.getByRole('button', { name: 'Clear filters' }).last().click();
    await page.getByRole('link', { name: 'alpha' }).waitFor();
  });

  it('keeps filters and order in its address', async () => {
    const account = await dashboard.newAccount();
    await create(account, 'alpha', { tags: ['nightly'] });
    await create(account, 'beta', { cronExpression: '0 3 * * *' });
    const page = await dashboard.open('/jobs', { as: account });
    await page.getByRole('button', { name: 'Only with the tag nightly' }).click();
    await page.getByRole('link', { name: 'beta' }).waitFor({ state: 'detached' });
    await page.reload();
    await page.getByRole('link', { name: 'alpha' }).waitFor();
    expect(page.url()).toContain('tag=nightly');
    await page.goBack();
    await page.getByRole('link', { name: 'beta' }).waitFor();
    await page.getByRole('button', { name: 'Name', exact: true }).click();
    await page.waitForURL(/sort=name/);
    const names = () => page.getByRole('row').getByRole('link').allTextContents();
    await expect.poll(names).toEqual(['alpha', 'beta']);
    await page.getByRole('button', { name: 'Name', exact: true }).click();
    await expect.poll(names).toEqual(['beta', 'alpha']);
  });

  it('pauses several with a reason, and tells what was refused', async () => {
    const account = await dashboard.newAccount();
    const [alpha, beta] = [await create(account, 'alpha'), await create(account, 'beta')];
    await account.api.post(`/jobs/${beta}/cancel`);
    const page = await dashboard.open('/jobs', { as: account });
    await page.getByRole('checkbox', { name: 'Select all rows' }).check();
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByLabel('Reason').fill('moving house');
    await page.getByRole('dialog').getByRole('button', { name: 'Pause' }).click();
    await page.getByText('1 done, 1 refused.').waitFor();
    await page.getByText('Only an active job can be paused; this one is cancelled.').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
    const { body } = await account.api.get(`/jobs/${alpha}`);
    expect(body.data).toMatchObject({ status: 'paused', statusReason: 'moving house' });
  });

  it('goes by keyboard: down, select, open', async () => {
    const account = await dashboard.newAccount();
    const id = await create(account, 'alpha');
    const page = await dashboard.open('/jobs', { as: account });
    await page.getByRole('link', { name: 'alpha' }).waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('x');
    await page.getByText('1 selected').waitFor();
    await page.keyboard.press('x');
    await page.keyboard.press('Enter');
    await page.waitForURL(new RegExp(`/jobs/${id}`));
  });

  it('holds ten thousand jobs and draws those in view', async () => {
    const account = await dashboard.newAccount();
    await copyJob(dashboard.dataDir, await create(account, 'job 00000', { tags: ['many'] }), 9_999);
    const page = await dashboard.open('/jobs?sort=name', { as: account });
    await page.getByRole('link', { name: 'job 00000' }).waitFor();
    for (const wanted of ['job 00099', 'job 00199', 'job 00299']) {
      await expect
        .poll(async () => {
          await page.mouse.wheel(0, 6_000);
          return page.getByRole('link', { name: wanted }).isVisible();
        }, PATIENT)
        .toBe(true);
    }
    expect(await page.getByRole('row').count()).toBeLessThan(120);
    await page.getByRole('searchbox').fill('77');
    await page.getByRole('link', { name: 'job 00077' }).waitFor();
    await page.getByRole('checkbox', { name: 'Select all rows' }).check();
    await page.getByRole('button', { name: 'Select all 280 that match' }).click();
    await page.getByText('280 selected').waitFor();
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Pause' }).click();
    await page.getByText('280 done.').waitFor();
    const { body } = await account.api.get('/jobs?status=paused');
    expect(body.meta.total).toBe(280);
  });

  it('is accessible', async () => {
    const account = await dashboard.newAccount();
    await create(account, 'alpha', { tags: ['nightly'] });
    const page = await dashboard.open('/jobs', { as: account });
    await page.getByRole('link', { name: 'alpha' }).waitFor();
    await page.getByRole('checkbox', { name: 'Select alpha' }).check();
    await expectAccessible(page);
  });

  it('fits a telephone', async () => {
    const account = await dashboard.newAccount();
    await create(account, 'alpha', { tags: ['nightly'] });
    const page = await dashboard.open('/jobs', { as: account, width: 400 });
    await page.getByRole('link', { name: 'alpha' }).waitFor();
    await expectFits(page);
  });
});
