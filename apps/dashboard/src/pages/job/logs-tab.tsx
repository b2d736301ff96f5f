import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { JobDto, LogLineDto } from '#client';
import { pageOf } from '../../api/ask.js';
import { api } from '../../api/client.js';
import { keys } from '../../api/query-keys.js';
import { type Column, DataTable } from '../../components/data-table.js';
import { EmptyState } from '../../components/empty-state.js';
import { ErrorState } from '../../components/error-state.js';
import { FilterBar } from '../../components/filter-bar.js';
import { SkeletonRows } from '../../components/skeleton-rows.js';
import { Time } from '../../components/time.js';
import classes from './job.module.css';

const PAGE = 100;
const LEVELS = ['debug', 'info', 'warn', 'error'] as const;
type Level = (typeof LEVELS)[number];

/** The lines of all runs of a job, newest first. */
export default function LogsTab({ job }: { job: JobDto }) {
  const [level, setLevel] = useState<Level>();
  const [search, setSearch] = useState<string>();
  const logs = useInfiniteQuery({
    queryKey: [...keys.jobs.one(job.id), 'logs', level, search],
    queryFn: ({ pageParam: cursor }) => {
      const filter = { ...(level && { level }), ...(search !== undefined && { search }) };
      const query = { limit: PAGE, ...filter, ...(cursor !== null && { cursor }) };
      return pageOf(api.GET('/api/v1/jobs/{id}/logs', { params: { path: { id: job.id }, query } }));
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ meta }) => meta.nextCursor,
  });
  const rows = logs.data?.pages.flatMap(({ items }) => items) ?? [];
  const isFiltered = level !== undefined || search !== undefined;
  return (
    <>
      <FilterBar
        search={{ value: search, placeholder: 'Search the lines', onChange: setSearch }}
        filters={[
          {
            label: 'Level',
            value: level,
            options: LEVELS.map((one) => ({ value: one, label: one })),
            onChange: (value) => setLevel(value as Level | undefined),
          },
        ]}
        onClear={
          isFiltered
            ? () => {
                setLevel(undefined);
                setSearch(undefined);
              }
            : undefined
        }
      />
      {logs.error && !logs.data && (
        <ErrorState error={logs.error} onRetry={() => void logs.refetch()} isRetrying={logs.isFetching} />
      )}
      {logs.isPending && <SkeletonRows count={10} />}
      {logs.data && rows.length === 0 && (
        <EmptyState title={isFiltered ? 'No line matches' : 'No lines yet'}>
          {isFiltered
            ? 'Try other words, or clear the filters.'
            : 'What its runs write appears here as they write it.'}
        </EmptyState>
      )}
      {rows.length > 0 && (
        <DataTable
          label="Log lines"
          rows={rows}
          columns={columnsOf(job.timezone)}
          idOf={({ id }) => id}
          nameOf={({ message }) => message}
          onEnd={() => {
            if (logs.hasNextPage && !logs.isFetchingNextPage) void logs.fetchNextPage();
          }}
        />
      )}
    </>
  );
}

function columnsOf(zone: string): Column<LogLineDto>[] {
  return [
    {
      id: 'at',
      header: 'Time',
      width: '128px',
      cell: ({ loggedAt }) => <Time at={loggedAt} zone={zone} format="seconds" />,
    },
    {
      id: 'level',
      header: 'Level',
      width: '64px',
      cell: ({ level }) => (
        <span className={classes.level} data-level={level}>
          {level}
        </span>
      ),
    },
    {
      id: 'message',
      header: 'Message',
      width: 'minmax(200px, 1fr)',
      cell: ({ message }) => <span className={classes.line}>{message}</span>,
    },
    {
      id: 'execution',
      header: 'Run',
      width: '72px',
      minTableWidth: 560,
      cell: ({ executionId }) => (
        <Link to="/executions/$executionId" params={{ executionId }}>
          open
        </Link>
      ),
    },
  ];
}
