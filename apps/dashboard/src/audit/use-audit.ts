import { useInfiniteQuery } from '@tanstack/react-query';
import { pageOf } from '../api/ask.js';
import { api } from '../api/client.js';
import { liveFeed } from '../api/live/live-feed.js';
import { keys } from '../api/query-keys.js';
import { serverNow } from '../time/server-clock.js';
import type { AuditRange, AuditSearch } from './audit-search.js';

const PAGE = 100;
const EVERY_MS = 15_000;
const DAY_MS = 86_400_000;
const RANGE_MS: Record<AuditRange, number> = { '24h': DAY_MS, '7d': 7 * DAY_MS, '30d': 30 * DAY_MS };

/**
 * The trail, newest first, page by page as it is scrolled to. The server tells of no entry live: the newest page is asked for
 * every so often, as long as nobody has scrolled on.
 */
export function useAudit(search: AuditSearch) {
  return useInfiniteQuery({
    queryKey: keys.audit.list(search),
    queryFn: ({ pageParam: cursor, signal }) => {
      const query = { ...auditQuery(search), limit: PAGE, ...(cursor !== null && { cursor }) };
      return pageOf(api.GET('/api/v1/audit', { params: { query }, signal }));
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ meta }) => meta.nextCursor,
    refetchInterval: ({ state }) =>
      liveFeed.isPaused || (state.data?.pages.length ?? 0) > 1 ? false : EVERY_MS,
  });
}

/** What the API is asked, for the list and for the file alike. */
export function auditQuery({ actor, action, jobId, range, from, to }: AuditSearch) {
  const since = range === undefined ? from : new Date(serverNow() - RANGE_MS[range]).toISOString();
  return {
    ...(actor !== undefined && { actor }),
    ...(action !== undefined && { action }),
    ...(jobId !== undefined && { jobId }),
    ...(since !== undefined && { from: since }),
    ...(to !== undefined && { to }),
  };
}
