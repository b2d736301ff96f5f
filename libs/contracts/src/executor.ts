import type { ZodType } from 'zod';
import type { ExecutionError, LogLevel } from './execution.js';
import type { JobType } from './job.js';
import type { JsonValue } from './json.js';

/**
 * How one attempt ended. `failed` with `error.retryable` false ends the execution at once; `retryAfterMs`
 * asks for at least that wait before the next attempt. `snoozed` puts the execution off without spending
 * the attempt. A throw is a retryable failure; anything else is a contract failure, never a success.
 */
export type Outcome =
  | { status: 'completed'; result: JsonValue }
  | { status: 'failed'; error: ExecutionError; result?: JsonValue; retryAfterMs?: number }
  | { status: 'cancelled' }
  | { status: 'snoozed'; delayMs: number };

/** How long after an abort an executor may still take, in milliseconds, before what it runs is killed. */
export const ABORT_GRACE_MS = 5_000;

/** Lines written here are kept with the execution, in order, at most 64 KiB of message each. Never throws. */
export type ExecutionLogger = Record<LogLevel, (message: string, data?: Record<string, unknown>) => void>;

export interface ExecutionContext {
  /** Stable over all attempts: what a target deduplicates with. */
  executionId: string;
  jobId: string;
  jobName: string;
  /** From 1. */
  attempt: number;
  maxAttempts: number;
  /** The nominal time of the occurrence. */
  scheduledFor: Date;
  /**
   * Aborted, with an `AttemptAborted` as its reason, when the attempt must end. An executor must settle
   * soon after, best by throwing the reason on; what is still running `ABORT_GRACE_MS` later is killed
   * where that is possible, and abandoned where it is not.
   */
  signal: AbortSignal;
  /** When `signal` is aborted for time. */
  deadline: Date;
  logger: ExecutionLogger;
}

/**
 * Runs one type of job. Implementations are providers decorated with `@JobExecutor(type)`.
 *
 * `execute` receives a payload that `schema` has accepted. It may throw: that is a retryable failure with
 * the thrown message. It must obey `context.signal`, must not keep anything running after it settles and
 * must return what JSON can carry.
 */
export interface Executor<Payload = unknown> {
  /** The same schema the API validates the job with. */
  readonly schema: ZodType<Payload>;
  execute(payload: Payload, context: ExecutionContext): Promise<Outcome>;
}

/** Finds the executor of a type. Complete from worker start on: a missing one is a start-up error. */
export interface ExecutorSource {
  get(type: JobType): Executor;
}
