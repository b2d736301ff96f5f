import { createRoute } from '@tanstack/react-router';
import { lazyPage, shellRoute } from '../../shell/root.route.js';
import { integer, text } from '../../shell/search-params.js';

interface CalendarsSearch {
  /** Part of a name or description. */
  search?: string | undefined;
}

interface CalendarSearch {
  /** The year shown; this one where it is not said. */
  year?: number | undefined;
}

export const calendarsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/calendars',
  validateSearch: (search): CalendarsSearch => ({ search: text(search['search']) }),
  component: lazyPage(() => import('./calendars.page.js')),
});

export const newCalendarRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/calendars/new',
  component: lazyPage(() => import('./form/new-calendar.page.js')),
});

export const calendarRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/calendars/$calendarId',
  validateSearch: (search): CalendarSearch => ({ year: integer(search['year'], { min: 1970, max: 2199 }) }),
  component: lazyPage(() => import('./calendar.page.js')),
});

export const editCalendarRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/calendars/$calendarId/edit',
  component: lazyPage(() => import('./form/edit-calendar.page.js')),
});
