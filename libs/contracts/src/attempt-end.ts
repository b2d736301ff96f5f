import type { ExecutionError } from './execution.js';
import type { Outcome } from './executor.js';

/** Why an attempt's signal was aborted. `terminated`: it has been recorded as ended already, and has no grace. */
export type AbortKind = 'timeout' | 'cancelled' | 'terminated' | 'lease_lost' | 'shutdown';

/** The `reason` of every aborted attempt signal. */
export class AttemptAborted extends Error {
  override readonly name = 'AttemptAborted';

  constructor(
    readonly kind: AbortKind,
    message: string,
  ) {
    super(message);
  }
}

/**
 * How one attempt really ended, as the worker settles it: the executor's outcome, or what cut it short.
 * `abandoned`: the worker shuts down or lost its lease; the attempt says nothing about the job.
 */
export type AttemptEnd =
  | Outcome
  | { status: 'timed_out'; error: ExecutionError }
  | { status: 'abandoned'; kind: 'lease_lost' | 'shutdown' };
