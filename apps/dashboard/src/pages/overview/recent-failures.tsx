import { Link } from '@tanstack/react-router';
import type { NamedExecutionDto } from '#client';
import { Card } from '../../components/card.js';
import { EmptyState } from '../../components/empty-state.js';
import { Loaded } from '../../components/loaded.js';
import { SkeletonRows } from '../../components/skeleton-rows.js';
import { StatusIcon } from '../../components/status-glyph.js';
import { kindOfExecution } from '../../components/status-kind.js';
import { RelativeTime } from '../../components/time.js';
import { useRuns } from './overview-queries.js';
import classes from './run-list.module.css';

/** What failed in the last 24 hours, newest first, with its error. */
export function RecentFailures() {
  const runs = useRuns('failed');
  const total = runs.data?.meta.total ?? 0;
  const shown = runs.data?.items.length ?? 0;
  return (
    <Card
      title="Recent failures"
      isFlush
      aside={
        total > shown && (
          <Link to="/executions" search={{ status: ['failed', 'timed_out'] } as never}>
            All {total}
          </Link>
        )
      }
    >
      <Loaded query={runs} skeleton={<SkeletonRows />}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState
              title="Nothing failed in the last 24 hours"
              icon={<StatusIcon kind="ran" size={24} />}
            />
          ) : (
            <ul className={classes.list}>
              {items.map((run) => (
                <FailureRow key={run.id} run={run} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Card>
  );
}

function FailureRow({ run }: { run: NamedExecutionDto }) {
  const { id, jobName, status, error, finishedAt } = run;
  const word = status === 'timed_out' ? 'Timed out' : 'Failed';
  return (
    <li className={classes.row}>
      <StatusIcon kind={kindOfExecution(status)} />
      <div className={classes.main}>
        <Link to="/executions/$executionId" params={{ executionId: id }} className={classes.name}>
          {jobName}
        </Link>
        <span className={classes.note} data-hint={error?.message}>
          {word}
          {error && `: ${error.message}`}
        </span>
      </div>
      <div className={classes.when}>
        <RelativeTime at={finishedAt} />
      </div>
    </li>
  );
}
