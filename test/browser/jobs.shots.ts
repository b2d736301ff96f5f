import { it } from 'vitest';
import { seedFleet, takeShots, useDashboard } from './harness/index.js';

const dashboard = useDashboard();

it('jobs', async () => {
  const admin = await dashboard.admin();
  await seedFleet(admin, dashboard.dataDir);
  await takeShots(dashboard, {
    name: 'jobs',
    path: '/jobs',
    as: admin,
    height: 620,
    ready: (page) => page.getByRole('link', { name: 'Warm the caches' }).waitFor(),
  });
});

it('job', async () => {
  const admin = await dashboard.admin();
  const { jobs } = await seedFleet(admin, dashboard.dataDir);
  await takeShots(dashboard, {
    name: 'job',
    path: `/jobs/${jobs.get('Import invoices') ?? ''}`,
    as: admin,
    height: 900,
    ready: async (page) => {
      await page.getByLabel('Ledger of Import invoices').waitFor();
      await page.getByRole('table', { name: 'Runs' }).waitFor();
    },
  });
});
