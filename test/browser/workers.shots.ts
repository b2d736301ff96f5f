import { it } from 'vitest';
import { seedFleet, takeShots, useDashboard } from './harness/index.js';

const dashboard = useDashboard();

it('workers', async () => {
  const admin = await dashboard.admin();
  await seedFleet(admin, dashboard.dataDir);
  await takeShots(dashboard, {
    name: 'workers',
    path: '/workers',
    as: admin,
    ready: async (page) => {
      await page.getByRole('link', { name: 'Train the price model' }).waitFor();
      await page.getByText('Delivered by').waitFor();
    },
  });
});
