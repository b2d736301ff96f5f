import { createRoute } from '@tanstack/react-router';
import { lazyPage, shellRoute } from '../../shell/root.route.js';
import { choice, text } from '../../shell/search-params.js';

export const JOB_STATUSES = ['active', 'paused', 'completed', 'failed', 'cancelled'] as const;
export const JOB_TYPES = ['http', 'webhook', 'script', 'email', 'custom'] as const;
export const JOB_SORTS = [
  'nextRunAt',
  '-nextRunAt',
  'name',
  '-name',
  'status',
  '-status',
  'createdAt',
  '-createdAt',
] as const;

/** What the list is narrowed to and how it is sorted, as its address has it. */
export interface JobsSearch {
  status?: (typeof JOB_STATUSES)[number] | undefined;
  type?: (typeof JOB_TYPES)[number] | undefined;
  tag?: string | undefined;
  owner?: string | undefined;
  search?: string | undefined;
  sort?: (typeof JOB_SORTS)[number] | undefined;
}

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
