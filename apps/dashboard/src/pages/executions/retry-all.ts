import { ChronosApiError, type NamedExecutionDto } from '#client';

export interface RetryFailure {
  run: NamedExecutionDto;
  error: Error;
}

export interface RetryProgress {
  total: number;
  done: number;
  failures: RetryFailure[];
}

interface RetryOptions {
  retry: (id: string) => Promise<unknown>;
  onProgress: (progress: RetryProgress) => void;
  /** Begins no more of them. */
  signal: AbortSignal;
  wait?: (ms: number) => Promise<void>;
}

const AT_ONCE = 4;
const MAX_WAITS = 5;

/**
 * Retries runs, a few at a time, and tells how far it has come. One that is refused is told of and stops nothing; a rate limit
 * is waited for as long as it says.
 */
export async function retryAll(runs: NamedExecutionDto[], options: RetryOptions): Promise<RetryProgress> {
  const { onProgress, signal } = options;
  const failures: RetryFailure[] = [];
  let done = 0;
  const progress = (): RetryProgress => ({ total: runs.length, done, failures: [...failures] });
  const left = [...runs];
  const work = async () => {
    for (let run = left.shift(); run && !signal.aborted; run = left.shift()) {
      const error = await errorOf(run, options);
      if (error) failures.push({ run, error });
      done += 1;
      onProgress(progress());
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return progress();
}

async function errorOf(
  { id }: NamedExecutionDto,
  { retry, wait = pause }: RetryOptions,
): Promise<Error | undefined> {
  for (let waits = 0; ; waits += 1) {
    try {
      await retry(id);
      return undefined;
    } catch (error) {
      const isLimit = error instanceof ChronosApiError && error.status === 429;
      if (!isLimit || waits === MAX_WAITS) return error as Error;
      await wait(error.retryAfterMs ?? 1_000);
    }
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
