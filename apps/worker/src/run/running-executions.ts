import { type AbortKind, AttemptAborted } from '#contracts';

/** An attempt under way on this worker. */
export interface RunningAttempt {
  id: string;
  fence: number;
  abort: AbortController;
  /** When its lease may be taken over, on this process's monotonic clock (`performance.now()`). */
  leaseEndsAt: number;
  /** Settles, never rejects, when the attempt has been settled. */
  done: Promise<void>;
}

const ABORT_MESSAGES: Record<AbortKind, string> = {
  timeout: 'The attempt took longer than its time-out.',
  cancelled: 'The execution was cancelled.',
  terminated: 'A later execution of the job took the place of this one.',
  lease_lost: 'The worker lost its hold on the execution.',
  shutdown: 'The worker is shutting down.',
};

/** What this worker runs at the moment. */
export class RunningExecutions {
  readonly #attempts = new Map<string, RunningAttempt>();

  get size(): number {
    return this.#attempts.size;
  }

  all(): RunningAttempt[] {
    return [...this.#attempts.values()];
  }

  get(id: string): RunningAttempt | undefined {
    return this.#attempts.get(id);
  }

  add(attempt: RunningAttempt): void {
    this.#attempts.set(attempt.id, attempt);
    void attempt.done.finally(() => {
      if (this.#attempts.get(attempt.id) === attempt) this.#attempts.delete(attempt.id);
    });
  }

  /** Tells an attempt to end. The first reason counts. */
  abort(id: string, kind: AbortKind): void {
    const attempt = this.#attempts.get(id);
    if (attempt) abortAttempt(attempt.abort, kind);
  }
}

export function abortAttempt(controller: AbortController, kind: AbortKind): void {
  if (!controller.signal.aborted) controller.abort(new AttemptAborted(kind, ABORT_MESSAGES[kind]));
}
