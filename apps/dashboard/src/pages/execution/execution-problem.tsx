import { Link } from '@tanstack/react-router';
import type { ExecutionWithAttemptsDto } from '#client';
import { StatusIcon } from '../../components/status-glyph.js';
import { kindOfExecution, STATUS } from '../../components/status-kind.js';
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
  if (execution.heldForReview !== null) return <HeldForReview />;
  const kind = kindOfExecution(status, latenessMs);
  if (reason !== null) {
    const { title, what } = REASON_WORDS[reason];
    return (
      <section className={classes.problem} data-tone={STATUS[kind].tone} aria-label={title}>
        <StatusIcon kind={kind} size={20} />
        <div>
          <h2>{title}</h2>
          <p>{what}</p>
        </div>
      </section>
    );
  }
  if (error === null) return null;
  const { title, todo } = adviceOn(error, type);
  const isTriedAgain = isLive(status);
  return (
    <section
      className={classes.problem}
      data-tone={isTriedAgain ? 'late' : 'failed'}
      aria-label={title}
      role={isTriedAgain ? undefined : 'alert'}
    >
      <StatusIcon kind={isTriedAgain ? 'retrying' : kind} size={20} />
      <div>
        <h2>{title}</h2>
        <p className={classes.message}>{error.message}</p>
        <p>
          {todo}{' '}
          {!error.retryable && !isTriedAgain && 'It was not tried again: that would fail the same way.'}
          {status === 'retrying' && (
            <>
              It is tried again <Countdown to={execution.nextAttemptAt} due="now" />.
            </>
          )}
        </p>
        <code className={classes.code}>{error.code}</code>
      </div>
    </section>
  );
}

/** It was missed in an outage, and nobody has decided yet. */
function HeldForReview() {
  const isAdmin = useIsAdmin();
  const title = 'Missed, and waiting for a decision';
  return (
    <section className={classes.problem} data-tone="missed" aria-label={title}>
      <StatusIcon kind="missed" size={20} />
      <div>
        <h2>{title}</h2>
        <p>
          Nothing ran it at its time. It runs when an administrator releases it
          {isAdmin && (
            <>
              : see <Link to="/admin/catch-up">Catch-up</Link>
            </>
          )}
          .
        </p>
      </div>
    </section>
  );
}
