import { createRoute } from '@tanstack/react-router';
import { lazyPage, shellRoute } from '../../shell/root.route.js';
import { choice, text } from '../../shell/search-params.js';
import { JOB_SORTS, JOB_STATUSES, JOB_TYPES, type JobsSearch } from './jobs-search.js';

export const jobsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/jobs',
  validateSearch: (search: Record<string, unknown>): JobsSearch => ({
    status: choice(search['status'], JOB_STATUSES),
    type: choice(search['type'], JOB_TYPES),
    tag: text(search['tag']),
    owner: text(search['owner']),
    search: text(search['search']),
    sort: choice(search['sort'], JOB_SORTS),
  }),
  component: lazyPage(() => import('./jobs.page.js')),
});
