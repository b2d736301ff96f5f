import { it } from 'vitest';
import { takeShots, useDashboard } from './harness/index.js';

const dashboard = useDashboard();

it('sign-in', async () => {
  await takeShots(dashboard, {
    name: 'sign-in',
    path: '/sign-in',
    ready: (page) => page.getByRole('link', { name: 'Register' }).waitFor(),
  });
});
