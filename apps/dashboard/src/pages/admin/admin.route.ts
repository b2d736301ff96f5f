import { createRoute } from '@tanstack/react-router';
import { lazyPage, shellRoute } from '../../shell/root.route.js';

export const adminRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/admin',
  component: lazyPage(() => import('../not-yet.page.js')),
});
