/** How a piece of work that may ignore its signal came to rest. */
export type Settled =
  | { kind: 'returned'; value: unknown }
  | { kind: 'threw'; error: unknown }
  | { kind: 'still_running' };

/**
 * Waits for `work`, but no longer than `graceMs` after `signal` is aborted. A result that comes later is
 * dropped, a late throw is handed to `onLateThrow`. Leaves neither timer nor listener behind.
 */
export async function settle(
  work: Promise<unknown>,
  signal: AbortSignal,
  graceMs: number,
  onLateThrow: (error: unknown) => void,
): Promise<Settled> {
  let timer: NodeJS.Timeout | undefined;
  let onAbort: (() => void) | undefined;
  let over = false;

  const graceOver = new Promise<Settled>((resolve) => {
    onAbort = () => {
      timer = setTimeout(() => resolve({ kind: 'still_running' }), graceMs);
    };
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
  const settled = work.then(
    (value): Settled => ({ kind: 'returned', value }),
    (error: unknown): Settled => {
      if (over) onLateThrow(error);
      return { kind: 'threw', error };
    },
  );

  try {
    return await Promise.race([settled, graceOver]);
  } finally {
    over = true;
    clearTimeout(timer);
    if (onAbort) signal.removeEventListener('abort', onAbort);
  }
}
