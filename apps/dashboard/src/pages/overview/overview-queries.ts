import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { dataOf, pageOf } from '../../api/ask.js';
import { api } from '../../api/client.js';
import { liveFeed } from '../../api/live/live-feed.js';
import { keys } from '../../api/query-keys.js';
import { systemQuery } from '../../api/system-query.js';

const SHOWN_RUNS = 8;
/** A picture of many jobs costs the server more than a figure; at its scale a quarter of a minute is nothing. */
const LEDGER_EVERY_MS = 15_000;

export function useFigures(days: number) {
  return useQuery({
    queryKey: keys.dashboard(days),
    queryFn: ({ signal }) =>
      dataOf(api.GET('/api/v1/monitoring/dashboard', { params: { query: { days } }, signal })),
    placeholderData: keepPreviousData,
  });
}

/** How the system is; for administrators. */
export function useSystem(isEnabled: boolean) {
  return useQuery({ ...systemQuery, enabled: isEnabled });
}

export type RunsKind = 'running' | 'failed' | 'missed';

const STATUSES = {
  running: ['running', 'retrying'],
  failed: ['failed', 'timed_out'],
  missed: ['missed'],
} as const;

/** The latest runs of the last 24 hours of one kind, and how many there are. */
export function useRuns(kind: RunsKind) {
  const query = { status: [...STATUSES[kind]], limit: SHOWN_RUNS };
  return useQuery({
    queryKey: keys.executions.list(query),
    queryFn: ({ signal }) => pageOf(api.GET('/api/v1/executions', { params: { query }, signal })),
  });
}

/** How long the runs of jobs usually take, by job. */
export function useUsualDurations(jobIds: string[]) {
  const ids = [...new Set(jobIds)].toSorted((a, b) => (a < b ? -1 : 1));
  return useQuery({
    queryKey: ['usual-durations', ids],
    queryFn: async ({ signal }) => {
      const all = await dataOf(api.GET('/api/v1/jobs/activity', { params: { query: { ids } }, signal }));
      return new Map(all.map(({ jobId, p50DurationMs }) => [jobId, p50DurationMs]));
    },
    enabled: ids.length > 0,
    placeholderData: keepPreviousData,
  });
}

export interface LedgerRange {
  from: number;
  to: number;
  buckets: number;
}

/** The ledgers of some jobs in columns. */
export function useLedgers(jobIds: string[], { from, to, buckets }: LedgerRange) {
  return useQuery({
    queryKey: ['ledger-columns', jobIds, from, to, buckets],
    queryFn: ({ signal }) =>
      dataOf(
        api.GET('/api/v1/jobs/ledger-columns', {
          params: {
            query: { jobIds, from: new Date(from).toISOString(), to: new Date(to).toISOString(), buckets },
          },
          signal,
        }),
      ),
    enabled: jobIds.length > 0,
    placeholderData: keepPreviousData,
    refetchInterval: () => (liveFeed.isPaused ? false : LEDGER_EVERY_MS),
  });
}
