import { getRouteApi, Link } from '@tanstack/react-router';
import { IconHistoryOff } from '@tabler/icons-react';
import { ChronosApiError, type ExecutionWithAttemptsDto } from '#client';
import { EmptyState } from '../../components/empty-state.js';
import { Loaded } from '../../components/loaded.js';
import { PageHeader } from '../../components/page-header.js';
import { PageSkeleton } from '../../components/page-skeleton.js';
import { ExecutionBadge } from '../../components/status-badge.js';
import { useSetSearch } from '../../shell/search-params.js';
import { ExecutionActions } from './execution-actions.js';
import { ExecutionFacts } from './execution-facts.js';
import classes from './execution.module.css';
import { ExecutionProblem } from './execution-problem.js';
import type { ExecutionSearch } from './execution-search.js';
import { LogView } from './log/log-view.js';
import { RelatedRuns } from './related-runs.js';
import { ResultView } from './result/result-view.js';
import { useExecution, useJobOf } from './use-execution.js';
import { Waterfall } from './waterfall/waterfall.js';

const route = getRouteApi('/shell/executions/$executionId');

export default function ExecutionPage() {
  const { executionId } = route.useParams();
  const query = useExecution(executionId);
  if (query.error instanceof ChronosApiError && query.error.code === 'NOT_FOUND') return <NotThere />;
  return (
    <Loaded query={query} skeleton={<PageSkeleton />}>
      {/* Another run is another page: nothing of the one before stays. */}
      {(execution) => <Execution key={execution.id} execution={execution} />}
    </Loaded>
  );
}

function Execution({ execution }: { execution: ExecutionWithAttemptsDto }) {
  const search = route.useSearch();
  const setSearch = useSetSearch<ExecutionSearch>();
  const { data: job } = useJobOf(execution.jobId);
  const { status, latenessMs, attempts, result, retryOf, jobId } = execution;
  const isJobDeleted = job === null;
  const name = job?.name ?? (isJobDeleted ? 'a deleted job' : '');
  const hasBegun = attempts.length > 0;
  const neverRan = status === 'skipped' || status === 'missed';
  return (
    <div className={classes.page}>
      <PageHeader
        title={`Run of ${name}`.trim()}
        crumbs={[{ label: 'Executions', to: '/executions' }]}
        status={<ExecutionBadge status={status} latenessMs={latenessMs} />}
        actions={<ExecutionActions execution={execution} isJobDeleted={isJobDeleted} />}
      >
        <span className={classes.links}>
          {isJobDeleted ? (
            'The job was deleted; what it ran can be read until retention takes it.'
          ) : (
            <Link to="/jobs/$jobId" params={{ jobId }}>
              Go to the job
            </Link>
          )}
          {retryOf !== null && (
            <Link to="/executions/$executionId" params={{ executionId: retryOf }}>
              Retry of an earlier run
            </Link>
          )}
        </span>
      </PageHeader>
      <ExecutionProblem execution={execution} />
      <ExecutionFacts execution={execution} jobZone={job?.timezone} />
      <RelatedRuns parents={execution.parents} childRuns={execution.children} />
      {!neverRan && (
        <Waterfall
          execution={execution}
          selected={search.attempt}
          onSelect={(attempt) => setSearch({ attempt })}
        />
      )}
      {!neverRan && (hasBegun || status !== 'cancelled') && (
        <LogView
          execution={execution}
          jobZone={job?.timezone}
          search={search}
          onSearch={(patch) => setSearch(patch, { replace: true })}
        />
      )}
      {result !== null && <ResultView type={execution.type} result={result} />}
    </div>
  );
}

function NotThere() {
  return (
    <>
      <PageHeader title="No such run" crumbs={[{ label: 'Executions', to: '/executions' }]} />
      <EmptyState
        icon={<IconHistoryOff size={32} />}
        title="There is no such run, or it is not yours"
        action={<Link to="/executions">All runs</Link>}
      >
        Runs are deleted when their retention is over. One that had not begun is taken back when its job is
        paused or edited.
      </EmptyState>
    </>
  );
}
