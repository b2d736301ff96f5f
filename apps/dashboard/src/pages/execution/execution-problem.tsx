import { Link } from '@tanstack/react-router';
import type { ExecutionWithAttemptsDto } from '#client';
import { Notice } from '../../components/notice.js';
import { kindOfExecution } from '../../components/status-kind.js';
import { Countdown } from '../../components/time.js';
import { useIsAdmin } from '../../shell/use-session.js';
import { adviceOn } from './error-advice.js';
import classes from './execution.module.css';
import { isLive } from './use-execution.js';
import { REASON_WORDS } from './words.js';

/** What went wrong, or why it did not run, before everything else; nothing where all is well. */
export function ExecutionProblem({ execution }: { execution: ExecutionWithAttemptsDto }) {
  const { status, reason, error, type, latenessMs } = execution;
  if (status === 'completed') return null;
  if (execution.heldForReview !== null) return <HeldForReview jobId={execution.jobId} />;
  const kind = kindOfExecution(status, latenessMs);
  if (reason !== null) {
    const { title, what } = REASON_WORDS[reason];
    return (
      <Notice kind={kind} title={title}>
        <p>{what}</p>
      </Notice>
    );
  }
  if (error === null) return null;
  const { title, todo } = adviceOn(error, type);
  const isTriedAgain = isLive(status);
  return (
    <Notice kind={isTriedAgain ? 'retrying' : kind} title={title} isAlert={!isTriedAgain}>
      <p className={classes.message}>{error.message}</p>
      <p>
        {todo} {!error.retryable && !isTriedAgain && 'It was not tried again: that would fail the same way.'}
        {status === 'retrying' && (
          <>
            It is tried again <Countdown to={execution.nextAttemptAt} due="now" />.
          </>
        )}
      </p>
      <code className={classes.code}>{error.code}</code>
    </Notice>
  );
}

/** It was missed in an outage, and nobody has decided yet. */
function HeldForReview({ jobId }: { jobId: string }) {
  const isAdmin = useIsAdmin();
  return (
    <Notice kind="missed" title="Missed, and waiting for a decision">
      <p>
        Nothing ran it at its time. It runs when an administrator releases it
        {isAdmin && (
          <>
            : see{' '}
            <Link to="/admin/catch-up" search={{ jobId }}>
              Catch-up
            </Link>
          </>
        )}
        .
      </p>
    </Notice>
  );
}
