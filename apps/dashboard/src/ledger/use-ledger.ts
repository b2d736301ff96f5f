import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { JobColumnsDto, LedgerDto } from '#client';
import { dataOf } from '../api/ask.js';
import { api } from '../api/client.js';
import { keys } from '../api/query-keys.js';
import { dueOf } from './column-stack.js';
import { columnCount, densityOf } from './ledger-layout.js';
import type { TimeRange } from './time-scale.js';

/** The most moments the picture lists one by one: what one answer of the API holds. */
const MOST_ENTRIES = 1_000;

export interface LedgerQueries {
  /** Counts by column; there for every range. */
  columns: UseQueryResult<JobColumnsDto>;
  /** The moments themselves, where there is room to draw them. */
  entries: UseQueryResult<LedgerDto>;
  isDetailed: boolean;
}

/** What the picture of a range needs: counts first, and each moment only where it will be seen. */
export function useLedger(jobId: string, range: TimeRange, plotWidth: number): LedgerQueries {
  const buckets = columnCount(plotWidth);
  const [from, to] = [new Date(range.from).toISOString(), new Date(range.to).toISOString()];
  const columns = useQuery({
    queryKey: [...keys.jobs.one(jobId), 'ledger-columns', from, to, buckets],
    queryFn: async () => {
      const query = { jobIds: [jobId], from, to, buckets };
      const [job] = await dataOf(api.GET('/api/v1/jobs/ledger-columns', { params: { query } }));
      // A job that was deleted has no columns, but its ledger can still be read.
      return job ?? null;
    },
    select: (job) => job ?? EMPTY,
    enabled: plotWidth > 0,
    placeholderData: keepPreviousData,
  });
  const counts = columns.data?.columns ?? [];
  const due = counts.reduce((sum, column) => sum + dueOf(column), 0);
  const all = counts.reduce((sum, column) => sum + column.offSchedule, due);
  const isDetailed =
    columns.data !== undefined && densityOf(due, plotWidth) !== 'columns' && all <= MOST_ENTRIES;
  const entries = useQuery({
    queryKey: [...keys.jobs.one(jobId), 'ledger', from, to],
    queryFn: () => {
      const params = { path: { id: jobId }, query: { from, to, limit: MOST_ENTRIES } };
      return dataOf(api.GET('/api/v1/jobs/{id}/ledger', { params }));
    },
    enabled: isDetailed,
    placeholderData: keepPreviousData,
  });
  return { columns, entries, isDetailed };
}

const EMPTY: JobColumnsDto = {
  jobId: '',
  name: '',
  timezone: 'UTC',
  status: 'active',
  pausedAt: null,
  columns: [],
  gaps: [],
};
