import { createRoute, redirect } from '@tanstack/react-router';
import { auditSearch } from '../../audit/audit-search.js';
import { lazyPage, shellRoute } from '../../shell/root.route.js';

const settingsLayout = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings',
  component: lazyPage(() => import('./settings.page.js')),
});

const indexRoute = createRoute({
  getParentRoute: () => settingsLayout,
  path: '/',
  beforeLoad: () => redirect({ to: '/settings/account', replace: true, throw: true }),
});

const accountRoute = createRoute({
  getParentRoute: () => settingsLayout,
  path: '/account',
  component: lazyPage(() => import('./account.page.js')),
});

const apiKeysRoute = createRoute({
  getParentRoute: () => settingsLayout,
  path: '/api-keys',
  component: lazyPage(() => import('./api-keys/api-keys.page.js')),
});

const secretsRoute = createRoute({
  getParentRoute: () => settingsLayout,
  path: '/secrets',
  component: lazyPage(() => import('./secrets/secrets.page.js')),
});

const activityRoute = createRoute({
  getParentRoute: () => settingsLayout,
  path: '/activity',
  validateSearch: auditSearch,
  component: lazyPage(() => import('./activity.page.js')),
});

/** A page is added here and to `SETTINGS_PAGES` (`shell/navigation.ts`). */
export const settingsRoute = settingsLayout.addChildren([
  indexRoute,
  accountRoute,
  apiKeysRoute,
  secretsRoute,
  activityRoute,
]);
