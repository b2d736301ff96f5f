import { createRoute } from '@tanstack/react-router';
import { lazyPage, shellRoute } from '../../shell/root.route.js';

export const executionRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/executions/$executionId',
  component: lazyPage(() => import('../not-yet.page.js')),
});
