import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { dataOf, pageOf } from '../../api/ask.js';
import { api } from '../../api/client.js';
import { liveFeed } from '../../api/live/live-feed.js';
import { keys } from '../../api/query-keys.js';

const PAGE = 100;
const DAY_MS = 86_400_000;

/** The calendars one may see, by name, page by page as they are scrolled to. */
export function useCalendars(search: string | undefined) {
  return useInfiniteQuery({
    queryKey: keys.calendars.list({ search }),
    queryFn: ({ pageParam: cursor, signal }) => {
      const query = {
        limit: PAGE,
        ...(search !== undefined && { search }),
        ...(cursor !== null && { cursor }),
      };
      return pageOf(api.GET('/api/v1/calendars', { params: { query }, signal }));
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ meta }) => meta.nextCursor,
    refetchInterval: everyMinute,
  });
}

export function useCalendar(id: string) {
  return useQuery({
    queryKey: keys.calendars.one(id),
    queryFn: ({ signal }) => dataOf(api.GET('/api/v1/calendars/{id}', { params: { path: { id } }, signal })),
    refetchInterval: everyMinute,
  });
}

/** What reaches into a year, wherever on earth its clocks are. */
export function useWindows(id: string, version: number, year: number) {
  return useQuery({
    queryKey: [...keys.calendars.one(id), 'windows', version, year],
    queryFn: ({ signal }) =>
      dataOf(
        api.GET('/api/v1/calendars/{id}/windows', {
          params: { path: { id }, query: yearRange(year) },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });
}

/** They open and close as time goes by, of which no event tells. */
function everyMinute(): number | false {
  return liveFeed.isPaused ? false : 60_000;
}

function yearRange(year: number) {
  return {
    from: new Date(Date.UTC(year, 0, 1) - DAY_MS).toISOString(),
    to: new Date(Date.UTC(year + 1, 0, 1) + DAY_MS).toISOString(),
  };
}

/** The jobs that name it: the latest hundred, and how many there are. */
export function useJobsOf(id: string) {
  return useQuery({
    queryKey: [...keys.calendars.one(id), 'jobs'],
    queryFn: ({ signal }) =>
      pageOf(
        api.GET('/api/v1/calendars/{id}/jobs', {
          params: { path: { id }, query: { limit: PAGE } },
          signal,
        }),
      ),
  });
}

/** Has everything that shows calendars, or what they close, read again. */
export function useCalendarsChanged() {
  const client = useQueryClient();
  return () =>
    Promise.all([
      client.invalidateQueries({ queryKey: keys.calendars.all() }),
      client.invalidateQueries({ queryKey: keys.jobs.all() }),
    ]);
}
