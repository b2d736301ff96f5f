import { useInfiniteQuery, useQueries } from '@tanstack/react-query';
import type { JobActivityDto, JobDto } from '#client';
import { dataOf, pageOf } from '../../api/ask.js';
import { api } from '../../api/client.js';
import { keys } from '../../api/query-keys.js';
import type { JobsSearch } from './jobs-search.js';

/** As many as one answer of the API holds, and as one request for their activity may name. */
const PAGE = 100;

/** The jobs of a list, page by page as they are scrolled to. */
export function useJobs({ sort = 'nextRunAt', ...filter }: JobsSearch) {
  return useInfiniteQuery({
    queryKey: keys.jobs.list({ ...filter, sort }),
    queryFn: ({ pageParam: cursor }) => {
      const query = { ...given(filter), sort, limit: PAGE, ...(cursor !== null && { cursor }) };
      return pageOf(api.GET('/api/v1/jobs', { params: { query } }));
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ meta }) => meta.nextCursor,
  });
}

/** The latest runs of the jobs shown, one request a page. */
export function useActivity(pages: JobDto[][]): Map<string, JobActivityDto> {
  return useQueries({
    queries: pages
      .filter((jobs) => jobs.length > 0)
      .map((jobs) => {
        const ids = jobs.map(({ id }) => id);
        return {
          queryKey: [...keys.jobs.lists(), 'activity', ids],
          queryFn: () => dataOf(api.GET('/api/v1/jobs/activity', { params: { query: { ids } } })),
        };
      }),
    combine: (answers) =>
      new Map(answers.flatMap(({ data }) => data ?? []).map((activity) => [activity.jobId, activity])),
  });
}

/** Without what is not given. */
export function given<Values extends object>(values: Values): Partial<Values> {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined),
  ) as Partial<Values>;
}
