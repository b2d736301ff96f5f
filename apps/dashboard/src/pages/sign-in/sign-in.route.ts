import { createRoute, redirect } from '@tanstack/react-router';
import { session } from '../../api/client.js';
import { lazyPage, rootRoute } from '../../shell/root.route.js';

export interface SignInSearch {
  /** Where to go on afterwards: a path of this dashboard. */
  back?: string | undefined;
}

/** Another origin's address, or what a browser could take for one, is not gone to. */
function backOf({ back }: Record<string, unknown>): SignInSearch {
  return { back: typeof back === 'string' && /^\/(?![/\\])/.test(back) ? back : undefined };
}

export const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: backOf,
  beforeLoad: leaveWhenSignedIn,
  component: lazyPage(() => import('./sign-in.page.js')),
});

export const registerRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/register',
  validateSearch: backOf,
  beforeLoad: leaveWhenSignedIn,
  component: lazyPage(() => import('./register.page.js')),
});

function leaveWhenSignedIn({ search }: { search: SignInSearch }): void {
  if (session.state().status === 'signed-in')
    redirect({ to: search.back ?? '/', replace: true, throw: true });
}
