import { DAY_MS, HOUR_MS } from './calendar.js';
import type { CronSchedule } from './cron-schedule.js';
import type { InstantRange } from './occurrences.js';
import type { ZoneTimeline } from './zone-timeline.js';

/** One local time of a schedule, at its former and its present instant; undefined where it does not run. Epoch milliseconds. */
export interface MovedOccurrence {
  before: number | undefined;
  after: number | undefined;
}

/**
 * What a change of the clocks does to the occurrences around it is over by then: a left-out day is the most
 * (Apia 2011), and hours that follow elapsed time are never shifted.
 */
const REACH_MS = 2 * DAY_MS;
const REACH_OF_EVERY_HOUR_MS = 3 * HOUR_MS;

/**
 * The first occurrence of a range that one and the same schedule has over one timeline and not over another; undefined
 * where there is none. Exact, and looks only where the two timelines differ, so that years of a schedule that fires each
 * second cost milliseconds.
 */
export function firstMoved(
  former: CronSchedule,
  present: CronSchedule,
  { fromExclusive, toInclusive }: InstantRange,
): MovedOccurrence | undefined {
  for (const [startMs, endMs] of differences(former.timeline, present.timeline, fromExclusive, toInclusive)) {
    for (const [from, to] of windowsOf(present, Math.max(startMs, fromExclusive), endMs)) {
      const range = { fromExclusive: Math.max(from, fromExclusive), toInclusive: Math.min(to, toInclusive) };
      const moved = firstMovedIn(former, present, range);
      if (moved) return moved;
    }
  }
  return undefined;
}

/** The instant at which the clocks of the other schedule show what those of the first show at an instant. */
export function sameLocalTime(atMs: number, from: CronSchedule, to: CronSchedule): number {
  const local = atMs + from.timeline.offsetAt(atMs);
  const near = local - to.timeline.offsetAt(atMs);
  return local - to.timeline.offsetAt(near);
}

/** Stretches in which the offsets of two timelines differ, each constant in both. */
function* differences(
  a: ZoneTimeline,
  b: ZoneTimeline,
  fromMs: number,
  toMs: number,
): Generator<[startMs: number, endMs: number]> {
  // What happened shortly before the range may still have its part in it.
  for (let at = fromMs - REACH_MS; at <= toMs + REACH_MS;) {
    const [inA, inB] = [a.segmentAt(at), b.segmentAt(at)];
    const endMs = Math.min(inA.endMs, inB.endMs);
    if (inA.offsetMs !== inB.offsetMs) yield [at, endMs];
    at = endMs;
  }
}

/**
 * Where in such a stretch to look. A schedule of every day repeats itself from one day to the next, also over the other
 * timeline: both ends say all.
 */
function windowsOf(
  { times, followsElapsedTime }: CronSchedule,
  startMs: number,
  endMs: number,
): [from: number, to: number][] {
  const isOfEveryHour = followsElapsedTime && times.hours.size === 24;
  const reach = times.days.isEveryDay && isOfEveryHour ? REACH_OF_EVERY_HOUR_MS : REACH_MS;
  if (!times.days.isEveryDay || endMs - startMs <= 2 * reach) return [[startMs - reach, endMs + reach]];
  return [
    [startMs - reach, startMs + reach],
    [endMs - reach, endMs + reach],
  ];
}

function firstMovedIn(
  former: CronSchedule,
  present: CronSchedule,
  { fromExclusive, toInclusive }: InstantRange,
): MovedOccurrence | undefined {
  let before = former.next(fromExclusive);
  let after = present.next(fromExclusive);
  while (Math.min(before ?? Infinity, after ?? Infinity) <= toInclusive) {
    if (before === undefined || after === undefined || before !== after) {
      return (before ?? Infinity) < (after ?? Infinity)
        ? { before, after: counterpart(before, former, present) }
        : { before: counterpart(after, present, former), after };
    }
    before = former.next(before);
    after = present.next(after);
  }
  return undefined;
}

/** What came before the first difference is shared, and nothing's counterpart. */
function counterpart(atMs: number | undefined, from: CronSchedule, to: CronSchedule): number | undefined {
  if (atMs === undefined) return undefined;
  const same = sameLocalTime(atMs, from, to);
  return same > atMs && to.next(same - 1) === same ? same : undefined;
}
