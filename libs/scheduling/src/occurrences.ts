import { SECOND_MS } from './calendar.js';
import type { CronSchedule } from './cron-schedule.js';
import type { ZoneSegment } from './zone-timeline.js';

/** Both instants in epoch milliseconds. */
export interface InstantRange {
  fromExclusive: number;
  toInclusive: number;
}

/**
 * The occurrences of a range, oldest first, at most `limit` of them; `truncated` says that there are more.
 */
export function occurrencesBetween(
  schedule: CronSchedule,
  { fromExclusive, toInclusive }: InstantRange,
  limit: number,
): { occurrences: number[]; truncated: boolean } {
  const occurrences: number[] = [];
  let at = schedule.next(fromExclusive);
  while (at !== undefined && at <= toInclusive) {
    if (occurrences.length >= limit) return { occurrences, truncated: true };
    occurrences.push(at);
    at = schedule.next(at);
  }
  return { occurrences, truncated: false };
}

/**
 * How many occurrences lie in a range: exact, and worked out from whole days rather than by stepping, so that
 * years of a schedule that fires each second cost microseconds. Bounds outside 1900..9999 count as the ends of those years.
 */
export function countBetween(schedule: CronSchedule, { fromExclusive, toInclusive }: InstantRange): number {
  let count = 0;
  let at = schedule.next(fromExclusive);
  while (at !== undefined && at <= toInclusive) {
    const segment = schedule.timeline.segmentAt(at);
    const end = Math.min(segment.endMs, (Math.floor(toInclusive / SECOND_MS) + 1) * SECOND_MS);
    count += countIn(schedule, segment, at, end);
    at = schedule.next(end - SECOND_MS);
  }
  return count;
}

/** Occurrences in [from, end), which lie in one segment. Where shifted times may fall among others, it steps. */
function countIn(schedule: CronSchedule, segment: ZoneSegment, from: number, end: number): number {
  let count = 0;
  const shiftEnd = schedule.shiftEndOf(segment);
  if (from < shiftEnd) {
    const stop = Math.min(end, shiftEnd);
    for (let at: number | undefined = from; at !== undefined && at < stop; at = schedule.next(at)) count++;
    from = stop;
  }
  const { offsetMs } = segment;
  return (
    count + schedule.times.count(Math.max(from + offsetMs, schedule.firstLocalOf(segment)), end + offsetMs)
  );
}
