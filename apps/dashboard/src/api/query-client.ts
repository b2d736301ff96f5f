import { QueryClient } from '@tanstack/react-query';
import { ChronosApiError } from '#client';
import { liveFeed } from './live/live-feed.js';

const STALE_AFTER_MS = 15_000;
const KEPT_MS = 10 * 60_000;
const MAX_RETRIES = 2;

/** Data are shown at once from the cache, kept while newer ones come, and never thrown away for an error. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: STALE_AFTER_MS,
      gcTime: KEPT_MS,
      // The API may be on this very machine: the browser's idea of being online says nothing about it.
      networkMode: 'always',
      retry: (failures, error) => failures < MAX_RETRIES && mayPass(error),
      retryDelay: (failures) => 500 * 2 ** failures,
      // Who paused live updates is reading something.
      refetchOnWindowFocus: () => !liveFeed.isPaused,
      refetchOnReconnect: () => !liveFeed.isPaused,
    },
    mutations: { networkMode: 'always' },
  },
});

/** A refusal stays one; what broke may be mended a moment later. */
function mayPass(error: unknown): boolean {
  return !(error instanceof ChronosApiError) || error.status >= 500;
}
