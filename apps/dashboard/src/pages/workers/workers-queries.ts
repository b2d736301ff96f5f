import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { NamedExecutionDto } from '#client';
import { dataOf, pageOf } from '../../api/ask.js';
import { api, publicApi } from '../../api/client.js';
import { liveFeed } from '../../api/live/live-feed.js';
import { keys } from '../../api/query-keys.js';
import { systemQuery } from '../../api/system-query.js';

/** Workers send a heartbeat every few seconds, of which no event tells. */
const HEARTBEATS_EVERY_MS = 5_000;
const HEALTH_EVERY_MS = 15_000;
const MOST_RUNS = 100;
/** Also runs for times long past, as backfills make them. */
const EVER = '2000-01-01T00:00:00.000Z';

/** The workers and queues, as they are every few seconds. */
export function useWorkers() {
  return useQuery({ ...systemQuery, refetchInterval: () => unlessPaused(HEARTBEATS_EVERY_MS) });
}

/** What delivers to the workers, and whether it can be reached. */
export function useHealth() {
  return useQuery({
    queryKey: keys.health(),
    queryFn: ({ signal }) => dataOf(publicApi.GET('/api/v1/monitoring/health', { signal })),
    refetchInterval: () => unlessPaused(HEALTH_EVERY_MS),
  });
}

/** What runs now, by the worker that runs it, newest first; the latest hundred of all. */
export function useRunsByWorker() {
  const query = { status: ['running' as const], limit: MOST_RUNS, from: EVER };
  return useQuery({
    queryKey: keys.executions.list(query),
    queryFn: ({ signal }) => pageOf(api.GET('/api/v1/executions', { params: { query }, signal })),
    select: ({ items }) => byWorker(items),
    placeholderData: keepPreviousData,
  });
}

function unlessPaused(ms: number): number | false {
  return liveFeed.isPaused ? false : ms;
}

function byWorker(runs: NamedExecutionDto[]): Map<string | null, NamedExecutionDto[]> {
  const grouped = new Map<string | null, NamedExecutionDto[]>();
  for (const run of runs) grouped.set(run.workerId, [...(grouped.get(run.workerId) ?? []), run]);
  return grouped;
}
