import { it } from 'vitest';
import { seedFleet, takeShots, useDashboard } from './harness/index.js';

const dashboard = useDashboard();

it('calendars', async () => {
  const admin = await dashboard.admin();
  await seedFleet(admin, dashboard.dataDir);
  await takeShots(dashboard, {
    name: 'calendars',
    path: '/calendars',
    as: admin,
    height: 480,
    ready: (page) => page.getByRole('link', { name: 'Out of hours' }).waitFor(),
  });
});

it('calendar', async () => {
  const admin = await dashboard.admin();
  const { calendars } = await seedFleet(admin, dashboard.dataDir);
  await takeShots(dashboard, {
    name: 'calendar',
    path: `/calendars/${calendars.get('Out of hours') ?? ''}`,
    as: admin,
    height: 1240,
    ready: async (page) => {
      await page.getByRole('table', { name: 'December' }).waitFor();
      await page.getByRole('link', { name: 'Daily digest' }).waitFor();
    },
  });
});
