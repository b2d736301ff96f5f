const MINUTE_MS = 60_000;
/** Planners look twice a second: what falls due between two looks is not lost, what falls due earlier is. */
const SLACK_MS = 1_000;

/** How many executions a backfill may start now, and from when on the next. Epoch milliseconds. */
export interface BackfillPace {
  allowed: number;
  /** @param started how many of those allowed were */
  nextAt(started: number): number;
}

/**
 * Keeps a backfill to its rate. What was not started in time is not made up for: time during which its runs overlapped or
 * no planner was there ends in no burst, beyond a second's worth.
 * @param nextAt what the last turn said
 */
export function paceBackfill(ratePerMinute: number | null, nextAt: number, now: number): BackfillPace {
  if (ratePerMinute === null) return { allowed: Infinity, nextAt: () => now };
  const spacing = MINUTE_MS / ratePerMinute;
  const from = Math.max(nextAt, now - SLACK_MS);
  return {
    allowed: from > now ? 0 : Math.floor((now - from) / spacing) + 1,
    nextAt: (started) => (started === 0 ? nextAt : Math.ceil(from + started * spacing)),
  };
}
