import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { AuditEventDto } from '#client';
import { dataOf } from '../api/ask.js';
import { api } from '../api/client.js';
import { keys } from '../api/query-keys.js';
import { useIsAdmin } from '../shell/use-session.js';
import classes from './audit.module.css';
import { useAccountNames } from './use-account-names.js';

/** What it was done to, by the name people know it by where that can be known. */
export function AuditTarget({ event }: { event: AuditEventDto }) {
  const { action, jobId, targetType, targetId, actorId } = event;
  const name = nameIn(event);
  if (jobId !== null) {
    if (action === 'job.delete' && name !== undefined) return <span>{name}</span>;
    const runId = targetType === 'execution' ? targetId : null;
    return (
      <span className={classes.target}>
        <JobLink id={jobId} />
        {runId !== null && (
          <Link to="/executions/$executionId" params={{ executionId: runId }} className={classes.run}>
            run
          </Link>
        )}
      </span>
    );
  }
  if (targetType === 'user' && targetId !== null) {
    return targetId === actorId ? null : <Account id={targetId} />;
  }
  return <span>{name}</span>;
}

/** Secrets, calendars, keys and accounts that were made are named in what changed. */
function nameIn({ before, after }: AuditEventDto): string | undefined {
  const name = after?.['name'] ?? before?.['name'];
  return typeof name === 'string' ? name : undefined;
}

const KEPT_MS = 5 * 60_000;

/** Names are read for the rows in view only, and kept for a while. */
function JobLink({ id }: { id: string }) {
  const { data, isError } = useQuery({
    queryKey: keys.jobs.one(id),
    queryFn: ({ signal }) => dataOf(api.GET('/api/v1/jobs/{id}', { params: { path: { id } }, signal })),
    staleTime: KEPT_MS,
  });
  if (isError) return <span className={classes.gone}>a job that is gone</span>;
  return (
    <Link to="/jobs/$jobId" params={{ jobId: id }} className={classes.job}>
      {data?.name ?? 'job'}
    </Link>
  );
}

function Account({ id }: { id: string }) {
  const names = useAccountNames(useIsAdmin());
  return <span className={classes.actor}>{names.get(id) ?? `account ${id.slice(0, 8)}`}</span>;
}
