import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { dataOf, pageOf } from '../../api/ask.js';
import { api } from '../../api/client.js';
import { keys } from '../../api/query-keys.js';
import { serverNow } from '../../time/server-clock.js';
import { DEFAULT_RANGE, type ExecutionsSearch, type Range } from './executions-search.js';
import { appended, isHalfKnown, renewed, type Runs, withOlder } from './runs.js';

const PAGE_SIZE = 100;
/** So many older runs whose end was told of are read one by one each time the newest page is. */
const MAX_RENEWED = 20;
const HOUR_MS = 3_600_000;
const RANGE_MS: Record<Range, number> = {
  '1h': HOUR_MS,
  '24h': 24 * HOUR_MS,
  '7d': 7 * 24 * HOUR_MS,
  '30d': 30 * 24 * HOUR_MS,
};

/**
 * The runs that pass, as far as they have been scrolled to. Only the newest page is read again when something changed; older
 * ones stay as they were read, with their status as it is told live.
 */
export function useRuns(filter: ExecutionsSearch) {
  const client = useQueryClient();
  const key = keys.executions.list(filter);
  const query = useQuery({
    queryKey: key,
    queryFn: async ({ signal }) => {
      const fresh = await readPage(filter, undefined, signal);
      const runs = withOlder(client.getQueryData<Runs>(key), fresh, filter.status);
      const ended = runs.items.filter(isHalfKnown).slice(0, MAX_RENEWED);
      return renewed(runs, await Promise.all(ended.map(({ id }) => readOne(id, signal))));
    },
  });
  const older = useMutation({
    mutationFn: (cursor: string) => readPage(filter, cursor),
    onSuccess: (page) =>
      client.setQueryData<Runs>(key, (known) => (known ? appended(known, page) : undefined)),
  });
  const cursor = query.data?.meta.nextCursor ?? undefined;
  const { mutate, isPending, isError } = older;
  const readOlder = useCallback(() => {
    if (cursor !== undefined && !isPending) mutate(cursor);
  }, [cursor, isPending, mutate]);
  return {
    query,
    hasOlder: cursor !== undefined,
    olderError: isError ? older.error : undefined,
    isReadingOlder: isPending,
    readOlder,
  };
}

async function readPage(
  { range = DEFAULT_RANGE, from, to, ...filter }: ExecutionsSearch,
  cursor: string | undefined,
  signal?: AbortSignal,
): Promise<Runs> {
  const isCustom = from !== undefined || to !== undefined;
  const times = isCustom
    ? { ...(from !== undefined && { from }), ...(to !== undefined && { to }) }
    : { from: new Date(serverNow() - RANGE_MS[range]).toISOString() };
  return pageOf(
    api.GET('/api/v1/executions', {
      params: { query: { ...defined(filter), ...times, limit: PAGE_SIZE, ...(cursor && { cursor }) } },
      ...(signal && { signal }),
    }),
  );
}

function readOne(id: string, signal: AbortSignal) {
  return dataOf(api.GET('/api/v1/executions/{id}', { params: { path: { id } }, signal }));
}

function defined<Fields extends object>(fields: Fields) {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Name in keyof Fields]?: Exclude<Fields[Name], undefined>;
  };
}
