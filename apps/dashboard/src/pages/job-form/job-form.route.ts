import { createRoute } from '@tanstack/react-router';
import { lazyPage, shellRoute } from '../../shell/root.route.js';
import { text } from '../../shell/search-params.js';

interface NewJobSearch {
  /** Id of the job to begin with a copy of. */
  clone?: string | undefined;
}

export const newJobRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/jobs/new',
  validateSearch: (search: Record<string, unknown>): NewJobSearch => ({ clone: text(search['clone']) }),
  component: lazyPage(() => import('./new-job.page.js')),
});

export const editJobRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/jobs/$jobId/edit',
  component: lazyPage(() => import('./edit-job.page.js')),
});
