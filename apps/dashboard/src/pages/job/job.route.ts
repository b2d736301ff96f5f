import { createRoute } from '@tanstack/react-router';
import { type RangeSearch, rangeSearchOf } from '../../ledger/range-choice.js';
import { lazyPage, shellRoute } from '../../shell/root.route.js';

export const JOB_TABS = ['runs', 'upcoming', 'logs', 'stats', 'settings', 'changes'] as const;
export type JobTab = (typeof JOB_TABS)[number];

export interface JobSearch extends RangeSearch {
  tab?: JobTab | undefined;
}

export const jobRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/jobs/$jobId',
  validateSearch: (search: Record<string, unknown>): JobSearch => {
    const tab = JOB_TABS.find((one) => one === search['tab']);
    return { ...rangeSearchOf(search), ...(tab && { tab }) };
  },
  component: lazyPage(() => import('./job.page.js')),
});
