import { it } from 'vitest';
import { holdMisfires, takeShots, useDashboard } from './harness/index.js';

const dashboard = useDashboard();
const HOUR = 3_600_000;

const JOBS = [
  { name: 'Nightly report', cronExpression: '0 3 * * *', misfirePolicy: 'fire_once', held: 1 },
  { name: 'Stock levels', cronExpression: '0 * * * *', misfirePolicy: 'fire_all', held: 9 },
  { name: 'Invoice reminders', cronExpression: '30 8 * * 1-5', misfirePolicy: 'fire_all', held: 2 },
  { name: 'Exchange rates', cronExpression: '15 * * * *', misfirePolicy: 'fire_once', held: 1 },
  { name: 'Search index', cronExpression: '0 */2 * * *', misfirePolicy: 'fire_all', held: 5 },
];

it('catch-up', async () => {
  const admin = await dashboard.admin();
  const now = Math.floor(Date.now() / HOUR) * HOUR;
  for (const { held, ...fields } of JOBS) {
    const { body } = await admin.api.post('/jobs', {
      type: 'script',
      scheduleType: 'recurring',
      payload: { command: 'true' },
      ...fields,
    });
    const times = Array.from({ length: held }, (_, n) => now - (held - n) * HOUR);
    await holdMisfires(dashboard.dataDir, body.data.id, times);
    if (fields.name === 'Search index') await admin.api.post(`/jobs/${body.data.id}/pause`);
  }
  await takeShots(dashboard, {
    name: 'catch-up',
    path: '/admin/catch-up',
    as: admin,
    ready: (page) => page.getByText('Exchange rates').first().waitFor(),
  });
  await admin.api.post('/catchup/drop');
});
