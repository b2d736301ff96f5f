import { createRouter } from '@tanstack/react-router';
import { PageSkeleton } from './components/page-skeleton.js';
import { adminRoute } from './pages/admin/admin.route.js';
import {
  calendarRoute,
  calendarsRoute,
  editCalendarRoute,
  newCalendarRoute,
} from './pages/calendars/calendars.route.js';
import { executionRoute } from './pages/execution/execution.route.js';
import { executionsRoute } from './pages/executions/executions.route.js';
import { editJobRoute, newJobRoute } from './pages/job-form/job-form.route.js';
import { jobRoute } from './pages/job/job.route.js';
import { jobsRoute } from './pages/jobs/jobs.route.js';
import { overviewRoute } from './pages/overview/overview.route.js';
import { settingsRoute } from './pages/settings/settings.route.js';
import { registerRoute, signInRoute } from './pages/sign-in/sign-in.route.js';
import { workersRoute } from './pages/workers/workers.route.js';
import { PageError } from './shell/page-error.js';
import { rootRoute, shellRoute } from './shell/root.route.js';
import { parseSearch, stringifySearch } from './shell/search-text.js';

const pages = shellRoute.addChildren([
  overviewRoute,
  jobsRoute,
  newJobRoute,
  jobRoute,
  editJobRoute,
  executionsRoute,
  executionRoute,
  workersRoute,
  calendarsRoute,
  settingsRoute,
  newCalendarRoute,
  calendarRoute,
  editCalendarRoute,
  adminRoute,
]);

export const router = createRouter({
  routeTree: rootRoute.addChildren([signInRoute, registerRoute, pages]),
  parseSearch,
  stringifySearch,
  // A page's script is there by the time a link to it is clicked.
  defaultPreload: 'intent',
  // Data live in the query cache, which knows best when they are old.
  defaultPreloadStaleTime: 0,
  defaultErrorComponent: PageError,
  defaultPendingComponent: PageSkeleton,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
