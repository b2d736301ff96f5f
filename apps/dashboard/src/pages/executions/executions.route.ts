import { createRoute } from '@tanstack/react-router';
import { lazyPage, shellRoute } from '../../shell/root.route.js';

export const executionsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/executions',
  component: lazyPage(() => import('../not-yet.page.js')),
});
