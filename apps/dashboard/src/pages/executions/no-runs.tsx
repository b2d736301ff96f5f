import { Button } from '@mantine/core';
import { IconFilterOff, IconHistory, IconLock } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { pageOf } from '../../api/ask.js';
import { api } from '../../api/client.js';
import { keys } from '../../api/query-keys.js';
import { EmptyState } from '../../components/empty-state.js';
import { SkeletonRows } from '../../components/skeleton-rows.js';
import { useIsAdmin, useUser } from '../../shell/use-session.js';
import type { ExecutionsSearch } from './executions-search.js';
import { NO_FILTERS } from './run-filters.js';

interface NoRunsProps {
  search: ExecutionsSearch;
  onChange: (patch: Partial<ExecutionsSearch>) => void;
}

/** Why the list is empty: it asks for somebody else's runs, nothing passes the filters, or nothing has run. */
export function NoRuns({ search, onChange }: NoRunsProps) {
  const isAdmin = useIsAdmin();
  const user = useUser();
  const { range: _, ...others } = search;
  if (!isAdmin && search.owner !== undefined && search.owner !== user?.id) {
    return (
      <EmptyState
        icon={<IconLock size={32} />}
        title="These runs are somebody else's"
        action={<Button onClick={() => onChange({ owner: undefined })}>Show mine</Button>}
      >
        You see what your own jobs ran. Ask an administrator to look, or for the results.
      </EmptyState>
    );
  }
  if (Object.values(others).some((value) => value !== undefined)) {
    return (
      <EmptyState
        icon={<IconFilterOff size={32} />}
        title="No runs like that"
        action={
          <Button variant="default" onClick={() => onChange(NO_FILTERS)}>
            Clear filters
          </Button>
        }
      >
        None of the runs passes all the filters.
      </EmptyState>
    );
  }
  return <NothingRan search={search} onChange={onChange} />;
}

function NothingRan({ search, onChange }: NoRunsProps) {
  const jobs = useQuery({
    queryKey: keys.jobs.list({ only: 'count' }),
    queryFn: ({ signal }) => pageOf(api.GET('/api/v1/jobs', { params: { query: { limit: 1 } }, signal })),
  });
  if (jobs.isPending) return <SkeletonRows />;
  if (jobs.data?.meta.total === 0) {
    return (
      <EmptyState
        icon={<IconHistory size={32} />}
        title="Nothing has run yet"
        action={
          <Button component={Link} to="/jobs/new">
            Create a job
          </Button>
        }
      >
        Each run of each job is listed here, with its log and result. So is each that should have run and did
        not, with the reason.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={<IconHistory size={32} />}
      title="Nothing was due in this time"
      action={
        search.range !== '30d' && (
          <Button variant="default" onClick={() => onChange({ range: '30d' })}>
            Show 30 days
          </Button>
        )
      }
    />
  );
}
