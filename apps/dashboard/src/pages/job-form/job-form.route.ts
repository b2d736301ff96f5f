import { createRoute } from '@tanstack/react-router';
import { lazyPage, shellRoute } from '../../shell/root.route.js';

export const newJobRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/jobs/new',
  component: lazyPage(() => import('../not-yet.page.js')),
});

export const editJobRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/jobs/$jobId/edit',
  component: lazyPage(() => import('../not-yet.page.js')),
});
