import { createRootRoute, createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { session } from '../api/client.js';
import { NotFoundPage } from './not-found-page.js';
import { PageError } from './page-error.js';
import { Shell } from './shell.js';

export const rootRoute = createRootRoute({ notFoundComponent: NotFoundPage, errorComponent: PageError });

/** Parent of every page for people who are signed in. */
export const shellRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'shell',
  component: Shell,
  notFoundComponent: NotFoundPage,
  beforeLoad: ({ location }) => {
    if (session.state().status === 'signed-in') return;
    const back = location.href === '/' ? {} : { back: location.href };
    redirect({ to: '/sign-in', search: back, replace: true, throw: true });
  },
});

/** A page's component, loaded when it is first gone to: `lazyPage(() => import('./jobs.page.js'))`. */
export const lazyPage = lazyRouteComponent;
