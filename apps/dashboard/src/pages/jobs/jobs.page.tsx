import { Button } from '@mantine/core';
import { IconPlus, IconSearchOff, IconStack2 } from '@tabler/icons-react';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { DataTable, type Sort } from '../../components/data-table.js';
import { EmptyState } from '../../components/empty-state.js';
import { ErrorState, StaleNotice } from '../../components/error-state.js';
import { FilterBar } from '../../components/filter-bar.js';
import { PageHeader } from '../../components/page-header.js';
import { SkeletonRows } from '../../components/skeleton-rows.js';
import { STATUS } from '../../components/status-kind.js';
import { useSetSearch } from '../../shell/search-params.js';
import { BulkBar } from './bulk-bar.js';
import { jobColumns } from './job-columns.js';
import { JOB_STATUSES, JOB_TYPES, type JobsSearch } from './jobs-search.js';
import { useActivity, useJobs } from './use-jobs.js';

const route = getRouteApi('/shell/jobs');
const NOTHING: ReadonlySet<string> = new Set();

/** All jobs one may see: how they stand, when they run next, how they went, and what can be done with many at once. */
export default function JobsPage() {
  const search = route.useSearch();
  const setSearch = useSetSearch<JobsSearch>();
  const navigate = useNavigate();
  const jobs = useJobs(search);
  const pages = useMemo(() => jobs.data?.pages.map(({ items }) => items) ?? [], [jobs.data]);
  const rows = useMemo(() => pages.flat(), [pages]);
  const activity = useActivity(pages);
  const columns = useMemo(() => jobColumns(activity, (tag) => setSearch({ tag })), [activity, setSearch]);
  const [selected, setSelected] = useState(NOTHING);
  const total = jobs.data?.pages[0]?.meta.total ?? 0;
  const { sort = 'nextRunAt', ...filter } = search;
  const isFiltered = Object.values(filter).some((value) => value !== undefined);
  const clear = () =>
    setSearch({ status: undefined, type: undefined, tag: undefined, owner: undefined, search: undefined });

  return (
    <>
      <PageHeader
        title="Jobs"
        actions={
          <Button
            leftSection={<IconPlus size={16} />}
            renderRoot={(props) => <Link to="/jobs/new" {...props} />}
          >
            New job
          </Button>
        }
      />
      <FilterBar
        search={{
          value: search.search,
          placeholder: 'Search names and descriptions',
          onChange: (value) => setSearch({ search: value }, { replace: true }),
        }}
        filters={[
          {
            label: 'Status',
            value: search.status,
            options: JOB_STATUSES.map((value) => ({ value, label: statusWord(value) })),
            onChange: (value) => setSearch({ status: value as JobsSearch['status'] }),
          },
          {
            label: 'Type',
            value: search.type,
            options: JOB_TYPES.map((value) => ({ value, label: value })),
            onChange: (value) => setSearch({ type: value as JobsSearch['type'] }),
          },
        ]}
        onClear={isFiltered ? clear : undefined}
      >
        {search.tag !== undefined && (
          <Button size="xs" variant="light" color="gray" onClick={() => setSearch({ tag: undefined })}>
            Tag: {search.tag} &times;
          </Button>
        )}
      </FilterBar>
      {jobs.error && jobs.data && <StaleNotice error={jobs.error} at={jobs.dataUpdatedAt} />}
      {jobs.error && !jobs.data && (
        <ErrorState error={jobs.error} onRetry={() => void jobs.refetch()} isRetrying={jobs.isFetching} />
      )}
      {jobs.isPending && <SkeletonRows count={12} />}
      {jobs.data && rows.length === 0 && <NoJobs isFiltered={isFiltered} onClear={clear} />}
      {rows.length > 0 && (
        <>
          <BulkBar
            selected={selected}
            total={total}
            shown={rows.length}
            filter={filter}
            onDone={() => setSelected(NOTHING)}
          />
          <DataTable
            label="Jobs"
            rows={rows}
            columns={columns}
            idOf={({ id }) => id}
            nameOf={({ name }) => name}
            onOpen={({ id }) => void navigate({ to: '/jobs/$jobId', params: { jobId: id } })}
            sort={sortOf(sort)}
            onSort={({ by, isDescending }) =>
              setSearch({ sort: `${isDescending ? '-' : ''}${by}` as JobsSearch['sort'] })
            }
            selection={{ ids: selected, onChange: setSelected }}
            onEnd={() => {
              if (jobs.hasNextPage && !jobs.isFetchingNextPage) void jobs.fetchNextPage();
            }}
          />
        </>
      )}
    </>
  );
}

function NoJobs({ isFiltered, onClear }: { isFiltered: boolean; onClear: () => void }) {
  if (isFiltered) {
    return (
      <EmptyState
        icon={<IconSearchOff size={28} />}
        title="No job matches"
        action={
          <Button variant="default" onClick={onClear}>
            Clear filters
          </Button>
        }
      >
        There are jobs, but none that all filters let through.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={<IconStack2 size={28} />}
      title="No jobs yet"
      action={<Button renderRoot={(props) => <Link to="/jobs/new" {...props} />}>Make the first one</Button>}
    >
      A job says what to run and when: a call of a URL every morning, a script on the hour, an e-mail at a
      moment.
    </EmptyState>
  );
}

function sortOf(sort: string): Sort {
  return { by: sort.replace(/^-/, ''), isDescending: sort.startsWith('-') };
}

function statusWord(status: (typeof JOB_STATUSES)[number]): string {
  return status === 'completed' ? 'Completed' : STATUS[status].word;
}
