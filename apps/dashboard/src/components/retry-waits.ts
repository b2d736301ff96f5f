import type { BackoffStrategy } from '#client';
import { formatDuration } from '../time/format-duration.js';

interface Retries {
  strategy: BackoffStrategy;
  maxRetries: number;
  /** Milliseconds. */
  retryDelay: number;
  factor: number;
  /** Milliseconds. */
  maxDelay: number;
}

const SHOWN = 5;

/** The waits before each retry in words: `5 s, 25 s, 2 min 5 s`; nothing where there are none. */
export function retryWaits({ strategy, maxRetries, retryDelay, factor, maxDelay }: Retries): string {
  const waits = Array.from({ length: Math.min(maxRetries, SHOWN) }, (_, index) => {
    const grown = { fixed: 1, linear: index + 1, exponential: factor ** index }[strategy];
    return formatDuration(Math.min(maxDelay, retryDelay * grown));
  });
  return maxRetries > SHOWN ? `${waits.join(', ')} and so on` : waits.join(', ');
}
