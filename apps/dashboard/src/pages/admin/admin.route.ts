import { createRoute, redirect } from '@tanstack/react-router';
import { auditSearch } from '../../audit/audit-search.js';
import { lazyPage, shellRoute } from '../../shell/root.route.js';
import { uuid } from '../../shell/search-params.js';
import { channelsSearch } from './channels/channels-search.js';
import { usersSearch } from './users/users-search.js';

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
  validateSearch: usersSearch,
  component: lazyPage(() => import('./users/users.page.js')),
});

const auditRoute = createRoute({
  getParentRoute: () => adminLayout,
  path: '/audit',
  validateSearch: auditSearch,
  component: lazyPage(() => import('./audit/audit.page.js')),
});

const channelsRoute = createRoute({
  getParentRoute: () => adminLayout,
  path: '/channels',
  validateSearch: channelsSearch,
  component: lazyPage(() => import('./channels/channels.page.js')),
});

const systemRoute = createRoute({
  getParentRoute: () => adminLayout,
  path: '/system',
  component: lazyPage(() => import('./system/system.page.js')),
});

interface CatchUpSearch {
  /** What waits of one job. */
  jobId?: string | undefined;
}

const catchUpRoute = createRoute({
  getParentRoute: () => adminLayout,
  path: '/catch-up',
  validateSearch: (search): CatchUpSearch => ({ jobId: uuid(search['jobId']) }),
  component: lazyPage(() => import('./catch-up/catch-up.page.js')),
});

/** A page is added here and to `ADMIN_PAGES` (`shell/navigation.ts`). */
export const adminRoute = adminLayout.addChildren([
  indexRoute,
  usersRoute,
  channelsRoute,
  auditRoute,
  systemRoute,
  catchUpRoute,
]);
