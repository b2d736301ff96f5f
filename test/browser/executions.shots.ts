import { it } from 'vitest';
import { seedFleet, takeShots, useDashboard } from './harness/index.js';

const dashboard = useDashboard();

it('executions', async () => {
  const admin = await dashboard.admin();
  await seedFleet(admin, dashboard.dataDir);
  await takeShots(dashboard, {
    name: 'executions',
    path: '/executions',
    as: admin,
    ready: (page) => page.getByRole('link', { name: 'Train the price model' }).waitFor(),
  });
});
