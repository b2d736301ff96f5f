import { Link } from '@tanstack/react-router';
import { Card } from '../../components/card.js';
import { EmptyState } from '../../components/empty-state.js';
import { Loaded } from '../../components/loaded.js';
import { SkeletonRows } from '../../components/skeleton-rows.js';
import { JobBadge } from '../../components/status-badge.js';
import { Countdown } from '../../components/time.js';
import { useJobsOf } from './calendars-queries.js';
import classes from './calendars.module.css';

/** The jobs that do not run while it is closed. */
export function JobsCard({ id }: { id: string }) {
  const jobs = useJobsOf(id);
  return (
    <Card title="Jobs that name it" isFlush aside={jobs.data?.meta.total}>
      <Loaded query={jobs} skeleton={<SkeletonRows />}>
        {({ items, meta }) =>
          items.length === 0 ? (
            <EmptyState title="No job names it">
              It has no effect yet. Edit a job and choose it under Calendars.
            </EmptyState>
          ) : (
            <ul className={classes.list}>
              {items.map(({ id: jobId, name, status, nextRunAt, timezone }) => (
                <li key={jobId} className={classes.row}>
                  <span className={classes.name}>
                    <JobBadge status={status} isPlain />
                    <Link to="/jobs/$jobId" params={{ jobId }} className={classes.link}>
                      {name}
                    </Link>
                  </span>
                  <span className={classes.note}>
                    {nextRunAt === null ? 'no next run' : <Countdown to={nextRunAt} zone={timezone} />}
                  </span>
                </li>
              ))}
              {meta.total > items.length && (
                <li className={classes.row}>and {meta.total - items.length} more</li>
              )}
            </ul>
          )
        }
      </Loaded>
    </Card>
  );
}
