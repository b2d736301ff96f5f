import { expect, it } from 'vitest';
import { type Account, createJob, expectAccessible, expectFits, useDashboard } from './harness/index.js';

const dashboard = useDashboard();

async function toldJob(account: Account): Promise<{ id: string; name: string }> {
  const name = `Told ${crypto.randomUUID()}`;
  const notifications = { email: 'ops@example.com' };
  return {
    id: await createJob(account, name, {
      type: 'custom',
      payload: { handler: 'processData' },
      notifications,
    }),
    name,
  };
}

it('a job tries its channels out, and shows what became of it', async () => {
  const account = await dashboard.newAccount();
  const { id } = await toldJob(account);
  const page = await dashboard.open(`/jobs/${id}?tab=settings`, { as: account });
  const card = page.getByRole('region', { name: 'Notifications' });
  await card.getByRole('button', { name: 'Send a test' }).click();
  const message = card.getByRole('listitem').filter({ hasText: 'A test, by E-mail to ops@example.com' });
  await message.getByText('Given up').waitFor();
  await message.getByText('set SMTP_HOST').waitFor();
  await expectAccessible(page);
});

it('administrators see how each channel fares, and send again what was given up', async () => {
  const admin = await dashboard.admin();
  const { id, name } = await toldJob(admin);
  await admin.api.post(`/jobs/${id}/notifications/test`);
  const page = await dashboard.open('/admin/channels?status=failed', { as: admin });
  await page.getByRole('region', { name: 'E-mail' }).getByText('Not set up').waitFor();
  await page.getByRole('region', { name: 'E-mail' }).getByText('SMTP_HOST is not set').waitFor();
  const row = page.getByRole('row').filter({ hasText: name });
  await row.getByText('Given up').waitFor();
  await row.getByText('(1 attempt)').waitFor();
  await expectAccessible(page);
  const sent = page.waitForResponse((answer) => answer.url().endsWith('/resend'));
  await row.getByRole('button', { name: 'Send again' }).click();
  expect((await sent).status()).toBe(202);
  await page.getByRole('combobox', { name: 'Channel' }).click();
  await page.getByRole('option', { name: 'Slack' }).click();
  await page.waitForURL(/channel=slack/);
  await row.waitFor({ state: 'detached' });
});

it('the page of channels fits a phone', async () => {
  const admin = await dashboard.admin();
  const { id, name } = await toldJob(admin);
  await admin.api.post(`/jobs/${id}/notifications/test`);
  const page = await dashboard.open('/admin/channels', { as: admin, width: 400 });
  await page.getByRole('row').filter({ hasText: name }).waitFor();
  await expect.poll(() => page.getByText('What went wrong').count()).toBe(0);
  await expectFits(page);
});
