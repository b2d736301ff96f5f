import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Account,
  createJob,
  expectAccessible,
  expectFits,
  holdMisfires,
  useDashboard,
} from './harness/index.js';

const HOUR = 3_600_000;

describe('the catch-up review', () => {
  const dashboard = useDashboard();
  let admin: Account;

  beforeAll(async () => {
    admin = await dashboard.admin();
  });
  // What was not decided about would wait on every other administrator's page.
  afterAll(() => admin.api.post('/catchup/drop'));

  /** A job that nobody ran for so many hours. */
  async function missed(name: string, hours: number, owner: Account = admin): Promise<string> {
    const id = await createJob(owner, name, {
      type: 'custom',
      scheduleType: 'recurring',
      scheduledAt: undefined,
      cronExpression: '0 0 1 1 *',
      overlapPolicy: 'allow_all',
      misfirePolicy: 'fire_all',
      payload: { handler: 'processData', data: { input: 1 } },
    });
    const now = Math.floor(Date.now() / HOUR) * HOUR;
    const times = Array.from({ length: hours }, (_, n) => now - (hours - n) * HOUR);
    await holdMisfires(dashboard.dataDir, id, times);
    return id;
  }

  it('releases what one job missed, drops what another did, and then all that is left', async () => {
    const released = await missed('Nightly report', 3);
    const dropped = await missed('Invoice reminders', 2);
    const rest = await missed('Stock levels', 4);
    const page = await dashboard.open('/', { as: admin });
    await page.getByRole('link', { name: '3 jobs wait to catch up' }).click();
    await page.getByRole('heading', { name: 'Catch-up', level: 1 }).waitFor();
    await page.getByRole('row', { name: /Nightly report.*3/ }).waitFor();
    await expectAccessible(page);

    await page.getByRole('button', { name: 'Release Nightly report' }).click();
    const release = page.getByRole('dialog', { name: 'Release "Nightly report"' });
    await release.getByText('3 runs of "Nightly report" will begin').waitFor();
    await release.getByLabel('Runs a minute').fill('30');
    await expectAccessible(page);
    await release.getByRole('button', { name: 'Release' }).click();
    await page.getByText('Released 3 runs of 1 job.').waitFor();
    await page.getByRole('row', { name: /Nightly report/ }).waitFor({ state: 'detached' });
    await expect
      .poll(() => statusesOf(released), { timeout: 60_000 })
      .toEqual(['completed', 'completed', 'completed']);

    await page.getByRole('button', { name: 'Drop Invoice reminders' }).click();
    const drop = page.getByRole('dialog', { name: 'Drop "Invoice reminders"' });
    await drop.getByLabel('Reason').fill('sent by hand');
    await drop.getByRole('button', { name: 'Drop' }).click();
    await page.getByText('Dropped 2 runs of 1 job.').waitFor();
    expect(await statusesOf(dropped)).toEqual(['missed', 'missed']);

    await page.getByRole('button', { name: 'Drop all' }).click();
    const all = page.getByRole('dialog', { name: 'Drop 1 job' });
    await all.getByText('4 runs of 1 job will not happen').waitFor();
    await all.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Release all' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Release' }).click();
    await page.getByText('Released 4 runs of 1 job.').waitFor();
    await page.getByText('Nothing waits for a decision').waitFor();
    expect(await statusesOf(rest)).not.toContain('missed');
  });

  it('says of a run that it waits, and fits a phone, in the dark', async () => {
    const id = await missed('Backups', 1);
    const page = await dashboard.open('/admin/catch-up', { as: admin, width: 400 });
    await page.getByRole('row', { name: /Backups/ }).waitFor();
    await expectAccessible(page);
    await expectFits(page);
    const { body } = await admin.api.get(`/jobs/${id}/executions`);
    await page.goto(`/executions/${body.data[0].id as string}`);
    await page.getByRole('heading', { name: 'Missed, and waiting for a decision' }).waitFor();
    await page.getByRole('link', { name: 'Catch-up' }).waitFor();
    await expectAccessible(page);
  });

  it('is told of by the page of the job, from where an administrator decides about that one', async () => {
    const owner = await dashboard.newAccount();
    const id = await missed('Price list', 3, owner);
    await missed('Left alone', 1);
    const theirs = await dashboard.open(`/jobs/${id}`, { as: owner, width: 400 });
    const notice = { name: '3 missed runs wait for a decision' };
    await theirs.getByRole('region', notice).getByText('An administrator decides').waitFor();
    expect(await theirs.getByRole('region', notice).getByRole('link').count()).toBe(0);
    await expectAccessible(theirs);
    await expectFits(theirs);
    await owner.api.post(`/jobs/${id}/pause`);
    await theirs.getByText('While the job is paused, what waits can only be dropped.').waitFor();
    await owner.api.post(`/jobs/${id}/resume`);

    const page = await dashboard.open(`/jobs/${id}`, { as: admin });
    await page.getByRole('link', { name: 'Decide in Catch-up' }).click();
    await page.getByRole('row', { name: /Price list.*3/ }).waitFor();
    await page.getByText('One job is shown.').waitFor();
    expect(await page.getByRole('row', { name: /Left alone/ }).count()).toBe(0);
    // What concerns all is not to be taken for what concerns this one.
    expect(await page.getByRole('button', { name: 'Release all' }).count()).toBe(0);
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Release Price list' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Release' }).click();
    await page.getByText('Nothing of this job waits for a decision').waitFor();
    await theirs.getByRole('region', notice).waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'Show all that wait' }).click();
    await page.getByRole('row', { name: /Left alone/ }).waitFor();
    await page.getByRole('button', { name: 'Release all' }).waitFor();
  });

  async function statusesOf(jobId: string): Promise<string[]> {
    const { body } = await admin.api.get(`/jobs/${jobId}/executions`);
    return (body.data as { status: string }[]).map(({ status }) => status);
  }
});
