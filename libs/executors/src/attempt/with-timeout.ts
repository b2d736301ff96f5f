import { AttemptAborted } from '#contracts';

/**
 * Runs `work` under `parent` and, where given, under a time limit of its own: the `timeout` of a payload. When
 * that is over first, the signal is aborted with an `AttemptAborted` of kind `timeout`. Timer and listener are
 * gone once `work` has settled.
 */
export async function withTimeout<T>(
  parent: AbortSignal,
  timeoutMs: number | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  if (timeoutMs === undefined) return work(parent);
  const own = new AbortController();
  const follow = () => own.abort(parent.reason);
  if (parent.aborted) follow();
  else parent.addEventListener('abort', follow, { once: true });
  const timer = setTimeout(
    () => own.abort(new AttemptAborted('timeout', `took longer than ${timeoutMs} ms`)),
    timeoutMs,
  );
  try {
    return await work(own.signal);
  } finally {
    clearTimeout(timer);
    parent.removeEventListener('abort', follow);
  }
}
