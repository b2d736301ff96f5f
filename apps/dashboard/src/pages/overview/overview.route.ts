import { createRoute } from '@tanstack/react-router';
import { integer } from '../../shell/search-params.js';
import { lazyPage, shellRoute } from '../../shell/root.route.js';

interface OverviewSearch {
  /** Of the trend. */
  days?: number | undefined;
}

export const overviewRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/',
  validateSearch: (search): OverviewSearch => ({ days: integer(search['days'], { min: 1, max: 90 }) }),
  component: lazyPage(() => import('./overview.page.js')),
});
