import { it } from 'vitest';
import { takeShots, useDashboard } from './harness/index.js';
import { box } from './job-form-steps.js';

const dashboard = useDashboard();

it('job-form', async () => {
  await takeShots(dashboard, {
    name: 'job-form',
    path: '/jobs/new',
    as: await dashboard.newAccount(),
    ready: async (page) => {
      await box(page, 'Name').fill('Weekly report');
      await page.getByRole('button', { name: 'Weekdays at 9' }).click();
      await page.getByRole('combobox', { name: 'Time zone' }).fill('new york');
      await page.getByRole('option', { name: /New York/ }).click();
      await box(page, 'URL').fill('https://api.example.com/reports');
      await page.getByText('Monday through Friday').waitFor();
      const runs = page.getByRole('region', { name: 'Next runs' });
      await runs.locator('ol:not([data-stale])').getByText('Mon, ').first().waitFor();
      await page.evaluate(() => scrollTo(0, 0));
    },
  });
});
