import { createRoute } from '@tanstack/react-router';
import { lazyPage, shellRoute } from '../../shell/root.route.js';

export const calendarsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/calendars',
  component: lazyPage(() => import('../not-yet.page.js')),
});
