import {
  ABORT_GRACE_MS,
  AttemptAborted,
  type AttemptEnd,
  type ExecutionContext,
  type Executor,
  failure,
  failureOf,
  fieldFaults,
  storableText,
} from '#contracts';
import { checkedOutcome } from './checked-outcome.js';
import { settle, type Settled } from './settled.js';

export interface AttemptLimits {
  /** How long after the abort the attempt is still waited for, in milliseconds. */
  abandonAfterMs: number;
  /** Size of a kept result as JSON, in bytes. */
  maxResultBytes: number;
}

/** A second more than executors have, so that one which kills its work at the last moment is still heard. */
export const ATTEMPT_LIMITS: AttemptLimits = {
  abandonAfterMs: ABORT_GRACE_MS + 1_000,
  maxResultBytes: 256 * 1024,
};

/**
 * Runs one attempt from the stored payload to its end. Every executor goes through here and nowhere else:
 *
 * 1. the payload is checked with the executor's schema (`INVALID_PAYLOAD`, not retried);
 * 2. the executor runs; a throw is a retryable failure, a `PermanentError` a final one;
 * 3. after an abort it is waited for `abandonAfterMs`, then left alone;
 * 4. what it returned is held to the contract (`EXECUTOR_CONTRACT`, `RESULT_NOT_SERIALISABLE`, `RESULT_TOO_LARGE`);
 * 5. an abort decides how the attempt ended, except that work which completed all the same has completed.
 *
 * Never rejects, and keeps neither timers nor listeners.
 */
export async function runAttempt(
  executor: Executor,
  rawPayload: unknown,
  context: ExecutionContext,
  limits: AttemptLimits = ATTEMPT_LIMITS,
): Promise<AttemptEnd> {
  const { signal, logger } = context;
  if (signal.aborted) return endOfAbort(signal.reason);

  const settled = await settle(
    validateAndExecute(executor, rawPayload, context),
    signal,
    limits.abandonAfterMs,
    (error) => logger.debug(storableText(`The abandoned attempt threw in the end: ${String(error)}`)),
  );
  return endOf(settled, context, limits);
}

async function validateAndExecute(
  executor: Executor,
  rawPayload: unknown,
  context: ExecutionContext,
): Promise<unknown> {
  const parsed = executor.schema.safeParse(rawPayload);
  if (parsed.success) return executor.execute(parsed.data, context);
  const faults = fieldFaults(parsed.error, 'payload', 'the payload');
  const message = faults.map((fault) => `${fault.field} ${fault.message}`).join('; ');
  return failure('INVALID_PAYLOAD', message, { retryable: false });
}

function endOf(settled: Settled, context: ExecutionContext, limits: AttemptLimits): AttemptEnd {
  const { signal, logger } = context;
  if (settled.kind === 'still_running') {
    logger.warn(
      `The attempt did not stop within ${limits.abandonAfterMs} ms of being told to and was abandoned.`,
    );
    return endOfAbort(signal.reason);
  }
  if (settled.kind === 'threw') {
    if (signal.aborted) return endOfAbort(signal.reason);
    // A time-out of the executor's own, such as `timeout` in a payload, shorter than the job's.
    if (settled.error instanceof AttemptAborted) return endOfAbort(settled.error);
    return checked(failureOf(settled.error), context, limits);
  }
  const outcome = checked(settled.value, context, limits);
  return signal.aborted && outcome.status !== 'completed' ? endOfAbort(signal.reason) : outcome;
}

function checked(returned: unknown, { logger }: ExecutionContext, limits: AttemptLimits): AttemptEnd {
  return checkedOutcome(returned, limits.maxResultBytes, (why) =>
    logger.warn(`The result of the failed attempt was dropped. ${why}`),
  );
}

function endOfAbort(reason: unknown): AttemptEnd {
  if (!(reason instanceof AttemptAborted)) {
    return failure('ABORTED', 'The attempt was aborted for a reason that is not known.', { retryable: true });
  }
  switch (reason.kind) {
    case 'timeout':
      return { status: 'timed_out', error: { code: 'TIMEOUT', message: reason.message, retryable: true } };
    case 'cancelled':
    case 'terminated':
      return { status: 'cancelled' };
    case 'lease_lost':
    case 'shutdown':
      return { status: 'abandoned', kind: reason.kind };
  }
}
