import { createRoute } from '@tanstack/react-router';
import { lazyPage, shellRoute } from '../../shell/root.route.js';
import { executionsSearch } from './executions-search.js';

export const executionsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/executions',
  validateSearch: executionsSearch,
  component: lazyPage(() => import('./executions.page.js')),
});
