import { createRoute } from '@tanstack/react-router';
import { lazyPage, shellRoute } from '../../shell/root.route.js';
import { executionSearch } from './execution-search.js';

export const executionRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/executions/$executionId',
  validateSearch: executionSearch,
  component: lazyPage(() => import('./execution.page.js')),
});
