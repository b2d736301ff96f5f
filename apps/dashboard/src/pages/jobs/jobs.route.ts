import { createRoute } from '@tanstack/react-router';
import { lazyPage, shellRoute } from '../../shell/root.route.js';

export const jobsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/jobs',
  component: lazyPage(() => import('../not-yet.page.js')),
});
