import { it } from 'vitest';
import { takeShots, useDashboard } from './harness/index.js';

const dashboard = useDashboard();

it('administration', { timeout: 300_000 }, async () => {
  const admin = await dashboard.admin();
  await dashboard.newAccount();
  await admin.api.post('/auth/api-keys', { name: 'deploy pipeline', expiresAt: '2030-01-31T09:00:00Z' });
  await admin.api.post('/auth/api-keys', { name: 'chronos CLI on build-04' });
  await admin.api.post('/secrets', {
    name: 'BILLING_TOKEN',
    value: 'aaaa',
    description: 'Token of the billing API, renewed every January',
  });
  const { body } = await admin.api.post('/jobs', {
    name: 'Nightly backup',
    type: 'custom',
    payload: { handler: 'processData' },
    scheduleType: 'recurring',
    cronExpression: '0 2 * * *',
    notifications: { email: 'ops@example.com', webhook: { url: 'https://hooks.example.com/chronos' } },
  });
  await admin.api.post(`/jobs/${body.data.id}/notifications/test`);
  for (const [name, path, ready] of [
    ['channels', '/admin/channels', '[data-row]'],
    ['users', '/admin/users', '[data-row]'],
    ['audit', '/admin/audit', '[data-row]'],
    ['system', '/admin/system', 'dl'],
    ['account', '/settings/account', 'form'],
    ['api-keys', '/settings/api-keys', '[data-row]'],
    ['secrets', '/settings/secrets', '[data-row]'],
    ['activity', '/settings/activity', '[data-row]'],
  ] as const) {
    await takeShots(dashboard, {
      name,
      path,
      as: admin,
      ready: (page) => page.locator(ready).first().waitFor(),
    });
  }
});
