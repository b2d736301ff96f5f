import { createRoute, redirect } from '@tanstack/react-router';
import { lazyPage, shellRoute } from '../../shell/root.route.js';

const adminLayout = createRoute({
  getParentRoute: () => shellRoute,
  path: '/admin',
  component: lazyPage(() => import('./admin.page.js')),
});

const indexRoute = createRoute({
  getParentRoute: () => adminLayout,
  path: '/',
  beforeLoad: () => redirect({ to: '/admin/users', replace: true, throw: true }),
});

const usersRoute = createRoute({
  getParentRoute: () => adminLayout,
  path: '/users',
  component: lazyPage(() => import('./users/users.page.js')),
});

const systemRoute = createRoute({
  getParentRoute: () => adminLayout,
  path: '/system',
  component: lazyPage(() => import('./system/system.page.js')),
});

const catchUpRoute = createRoute({
  getParentRoute: () => adminLayout,
  path: '/catch-up',
  component: lazyPage(() => import('./catch-up/catch-up.page.js')),
});

/** A page is added here and to `ADMIN_PAGES` (`shell/navigation.ts`). */
export const adminRoute = adminLayout.addChildren([indexRoute, usersRoute, systemRoute, catchUpRoute]);
