import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { ExecutionDto, JobDto } from '#client';
import { pageOf } from '../../api/ask.js';
import { api } from '../../api/client.js';
import { keys } from '../../api/query-keys.js';
import { type Column, DataTable } from '../../components/data-table.js';
import { EmptyState } from '../../components/empty-state.js';
import { ErrorState } from '../../components/error-state.js';
import { FilterBar } from '../../components/filter-bar.js';
import { SkeletonRows } from '../../components/skeleton-rows.js';
import { ExecutionBadge } from '../../components/status-badge.js';
import { STATUS } from '../../components/status-kind.js';
import { Duration, Elapsed, Time } from '../../components/time.js';

const PAGE = 50;
const STATUSES = ['completed', 'failed', 'timed_out', 'running', 'cancelled', 'skipped', 'missed'] as const;
type Shown = (typeof STATUSES)[number];

/** What a job ran, newest first. */
export default function RunsTab({ job }: { job: JobDto }) {
  const [status, setStatus] = useState<Shown>();
  const navigate = useNavigate();
  const runs = useInfiniteQuery({
    queryKey: [...keys.jobs.one(job.id), 'executions', status],
    queryFn: ({ pageParam: cursor }) => {
      const query = { limit: PAGE, ...(status && { status: [status] }), ...(cursor !== null && { cursor }) };
      return pageOf(api.GET('/api/v1/jobs/{id}/executions', { params: { path: { id: job.id }, query } }));
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ meta }) => meta.nextCursor,
  });
  const rows = runs.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <>
      <FilterBar
        filters={[
          {
            label: 'Status',
            value: status,
            options: STATUSES.map((one) => ({
              value: one,
              label: one === 'completed' ? 'Ran' : STATUS[one].word,
            })),
            onChange: (value) => setStatus(value as Shown | undefined),
          },
        ]}
        onClear={status && (() => setStatus(undefined))}
      />
      {runs.error && !runs.data && (
        <ErrorState error={runs.error} onRetry={() => void runs.refetch()} isRetrying={runs.isFetching} />
      )}
      {runs.isPending && <SkeletonRows count={8} />}
      {runs.data && rows.length === 0 && <NoRuns job={job} isFiltered={status !== undefined} />}
      {rows.length > 0 && (
        <DataTable
          label="Runs"
          rows={rows}
          columns={columnsOf(job.timezone)}
          idOf={({ id }) => id}
          nameOf={({ scheduledFor }) => scheduledFor}
          onOpen={({ id }) => void navigate({ to: '/executions/$executionId', params: { executionId: id } })}
          onEnd={() => {
            if (runs.hasNextPage && !runs.isFetchingNextPage) void runs.fetchNextPage();
          }}
        />
      )}
    </>
  );
}

function NoRuns({ job, isFiltered }: { job: JobDto; isFiltered: boolean }) {
  if (isFiltered)
    return <EmptyState title="No run of that status">Choose another status, or clear the filter.</EmptyState>;
  return (
    <EmptyState title="It has not run yet">
      {job.nextRunAt === null ? (
        'Nothing is planned either. "Run now" runs it at once.'
      ) : (
        <>
          Its first run is due <Time at={job.nextRunAt} zone={job.timezone} />. "Run now" does not wait for
          it.
        </>
      )}
    </EmptyState>
  );
}

function columnsOf(zone: string): Column<ExecutionDto>[] {
  return [
    {
      id: 'status',
      header: 'Status',
      width: 'minmax(104px, 140px)',
      isBadge: true,
      cell: ({ status, latenessMs }) => <ExecutionBadge status={status} latenessMs={latenessMs} isPlain />,
    },
    {
      id: 'due',
      header: 'Due',
      width: 'minmax(112px, 1fr)',
      cell: ({ scheduledFor }) => <Time at={scheduledFor} zone={zone} format="seconds" />,
    },
    {
      id: 'late',
      header: 'Late by',
      width: '96px',
      align: 'end',
      minTableWidth: 640,
      cell: ({ latenessMs }) => <Duration ms={latenessMs} />,
    },
    {
      id: 'duration',
      header: 'Duration',
      width: '100px',
      align: 'end',
      cell: ({ status, startedAt, durationMs }) =>
        status === 'running' ? <Elapsed since={startedAt} /> : <Duration ms={durationMs} />,
    },
    {
      id: 'attempt',
      header: 'Attempt',
      width: '84px',
      align: 'end',
      minTableWidth: 720,
      cell: ({ attempt, maxAttempts }) => `${attempt} of ${maxAttempts}`,
    },
    { id: 'trigger', header: 'Trigger', width: '100px', minTableWidth: 800, cell: ({ trigger }) => trigger },
    {
      id: 'why',
      header: 'Error or reason',
      width: 'minmax(120px, 2fr)',
      minTableWidth: 560,
      cell: ({ error, reason }) => error?.message ?? reason?.replaceAll('_', ' ') ?? '',
    },
  ];
}
