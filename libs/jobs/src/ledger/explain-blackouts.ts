import { explainClosings } from '#calendars';
import type { SqlRunner } from '#database';
import type { LedgerEntry } from './ledger-entry.js';

/** Every window of a longer range would be worked out for a few of them. */
const MAX_RANGE_MS = 400 * 86_400_000;

/**
 * The entries, those of blackouts with the calendar in their `why` that was closed, of those the job names now. Where it
 * names it no longer, they keep the sentence they have.
 */
export async function explainBlackouts(
  runner: SqlRunner,
  calendarIds: readonly string[],
  entries: LedgerEntry[],
): Promise<LedgerEntry[]> {
  const times = entries.flatMap(({ reason, at }) => (reason === 'blackout' ? [Date.parse(at)] : []));
  if (calendarIds.length === 0 || times.length === 0) return entries;
  const range = [times.reduce((a, b) => Math.min(a, b)), times.reduce((a, b) => Math.max(a, b))] as const;
  if (range[1] - range[0] > MAX_RANGE_MS) return entries;
  const explain = await explainClosings(runner, calendarIds, ...range);
  return entries.map((entry) => {
    const who = entry.reason === 'blackout' ? explain(Date.parse(entry.at)) : undefined;
    return who === undefined ? entry : Object.assign(entry, { why: `Blackout of the calendar ${who}.` });
  });
}
