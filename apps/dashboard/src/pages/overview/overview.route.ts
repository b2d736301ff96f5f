import { createRoute } from '@tanstack/react-router';
import { lazyPage, shellRoute } from '../../shell/root.route.js';

export const overviewRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/',
  component: lazyPage(() => import('./overview.page.js')),
});
