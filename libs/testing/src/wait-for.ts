import { setTimeout as sleep } from 'node:timers/promises';
import { inspect } from 'node:util';

export interface WaitOptions {
  /** What is waited for, in words, for the message of a time-out. */
  what: string;
  timeoutMs?: number;
  intervalMs?: number;
  /** What to show of the last answer on a time-out; by default the answer itself. */
  progress?: () => unknown;
}

/**
 * Polls until `probe` answers something truthy, and answers that.
 *
 * @throws Error that names what was waited for, the last answer and the last error, after `timeoutMs` (default 15 s).
 */
export async function waitFor<T>(
  probe: () => T | Promise<T>,
  { what, timeoutMs = 15_000, intervalMs = 20, progress }: WaitOptions,
): Promise<Exclude<Awaited<T>, undefined | null | false | 0 | ''>> {
  const end = performance.now() + timeoutMs;
  let last: unknown;
  let lastError: unknown;
  do {
    try {
      const answer = await probe();
      if (answer) return answer as Exclude<Awaited<T>, undefined | null | false | 0 | ''>;
      last = answer;
      lastError = undefined;
    } catch (error) {
      lastError = error;
    }
    await sleep(intervalMs);
  } while (performance.now() < end);
  const seen = inspect(progress ? await progress() : last, { depth: 4, breakLength: 110 });
  throw new Error(`Waited ${timeoutMs} ms in vain for ${what}. Last seen: ${seen}`, { cause: lastError });
}
