import type { BackoffPolicy } from '#contracts';

/**
 * How long to wait before attempt `nextAttempt` (from 2), in milliseconds:
 * exponential `retryDelay * factor^(n-2)`, linear `retryDelay * (n-1)`, fixed `retryDelay`. At most `maxDelay`,
 * at least what the target asked for; `jitter` takes off a random share of the computed wait.
 * Source of the defaults (5 s, 25 s, 125 s): the requirements, "Retry Strategy".
 */
export function backoffMs(
  policy: BackoffPolicy,
  retryDelayMs: number,
  nextAttempt: number,
  options: { retryAfterMs?: number; random?: () => number } = {},
): number {
  const { retryAfterMs = 0, random = Math.random } = options;
  const bounded = Math.min(baseDelay(policy, retryDelayMs, nextAttempt), policy.maxDelay);
  const jittered = bounded * (1 - policy.jitter * random());
  return Math.max(Math.round(jittered), retryAfterMs);
}

function baseDelay(policy: BackoffPolicy, retryDelayMs: number, nextAttempt: number): number {
  switch (policy.strategy) {
    case 'exponential':
      return retryDelayMs * policy.factor ** (nextAttempt - 2);
    case 'linear':
      return retryDelayMs * (nextAttempt - 1);
    case 'fixed':
      return retryDelayMs;
  }
}
