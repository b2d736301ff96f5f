import { it } from 'vitest';
import { seedFleet, takeShots, useDashboard } from './harness/index.js';

const dashboard = useDashboard();

it('overview', async () => {
  const admin = await dashboard.admin();
  await seedFleet(admin, dashboard.dataDir);
  await takeShots(dashboard, {
    name: 'overview',
    path: '/',
    as: admin,
    height: 1500,
    ready: async (page) => {
      await page.getByRole('region', { name: 'Recent failures' }).getByRole('listitem').first().waitFor();
      await page.getByRole('region', { name: 'Workers and queues' }).getByText('Alive').waitFor();
      await page
        .getByRole('region', { name: 'Ledger' })
        .getByRole('link', { name: 'Import invoices' })
        .waitFor();
    },
  });
});
