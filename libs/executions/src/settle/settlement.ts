import type { AttemptEnd, BackoffPolicy, ExecutionError, ExecutionStatus, JsonValue } from '#contracts';
import type { AttemptStatus } from '../entities/execution-attempt.entity.js';
import { backoffMs } from '../attempt/backoff.js';

/** What the rules need to know of the execution an attempt belonged to. */
export interface AttemptFacts {
  /** The attempt that ended, from 1. */
  attempt: number;
  maxAttempts: number;
  retryDelayMs: number;
  backoff: BackoffPolicy;
}

/** What the end of an attempt makes of its execution. */
export interface Settlement {
  status: Extract<ExecutionStatus, 'completed' | 'failed' | 'timed_out' | 'cancelled' | 'retrying'>;
  /** When it is due again, for `retrying`. */
  dueInMs: number | null;
  /** How the attempt is recorded; null: it is not, and does not count. */
  attemptStatus: AttemptStatus | null;
  result: JsonValue | null;
  error: ExecutionError | null;
}

/** A worker that vanished, as the reconciler finds it. */
export interface LostAttempt {
  status: 'lost';
  error: ExecutionError;
}

/**
 * The rules by which an attempt's end becomes the execution's state. Pure, and the only place they stand.
 * A retryable failure or a time-out retries while attempts are left; a lost worker's execution is taken over
 * at once, but has spent the attempt, so that a job that kills its worker comes to an end.
 */
export function settlementOf(end: AttemptEnd | LostAttempt, facts: AttemptFacts): Settlement {
  const result = 'result' in end ? (end.result ?? null) : null;
  const error = 'error' in end ? end.error : null;
  switch (end.status) {
    case 'completed':
      return { status: 'completed', dueInMs: null, attemptStatus: 'completed', result, error };
    case 'cancelled':
      return { status: 'cancelled', dueInMs: null, attemptStatus: 'cancelled', result, error };
    case 'failed':
    case 'timed_out': {
      if (!end.error.retryable || !hasAttemptsLeft(facts)) {
        return { status: end.status, dueInMs: null, attemptStatus: end.status, result, error };
      }
      const retryAfterMs = 'retryAfterMs' in end ? end.retryAfterMs : undefined;
      const dueInMs = backoffMs(facts.backoff, facts.retryDelayMs, facts.attempt + 1, { retryAfterMs });
      return { status: 'retrying', dueInMs, attemptStatus: end.status, result, error };
    }
    case 'lost': {
      const isOver = !hasAttemptsLeft(facts);
      return {
        status: isOver ? 'failed' : 'retrying',
        dueInMs: isOver ? null : 0,
        attemptStatus: 'lost',
        result,
        error,
      };
    }
    case 'snoozed':
      return { status: 'retrying', dueInMs: end.delayMs, attemptStatus: null, result, error };
    case 'abandoned':
      return { status: 'retrying', dueInMs: 0, attemptStatus: null, result, error };
  }
}

function hasAttemptsLeft({ attempt, maxAttempts }: AttemptFacts): boolean {
  return attempt < maxAttempts;
}
