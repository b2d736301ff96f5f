import { ChronosError } from '#contracts';

import { DAY_MS, SECOND_MS } from './calendar.js';
import type { NominalTimes } from './nominal-times.js';
import type { ZoneSegment, ZoneTimeline } from './zone-timeline.js';

/** What becomes of fixed hours when a zone's clocks change (docs/semantics.md, "Daylight saving"). */
export interface DstPolicies {
  /** A time that is left out: `shift` (default) runs it as much later as the clocks went forward, `skip` not at all. */
  dstGap?: 'shift' | 'skip';
  /** A time that comes twice: `first` (default) runs it once, `both` each time. */
  dstOverlap?: 'first' | 'both';
}

/** Instants outside 1900..9999 are never answered. */
const EARLIEST_MS = Date.UTC(1900, 0, 1);
const LATEST_MS = Date.UTC(9999, 11, 31, 23, 59, 59);
/** The rarest date, a fifth weekday of February, comes again after 40 years at most (2072 to 2112, for one). */
const HORIZON_MS = 50 * 366 * DAY_MS;
/** More than any two offsets of one zone differ by (a day, in zones that crossed the date line). */
const SLACK_MS = 2 * DAY_MS;

/**
 * A cron expression in a time zone: which instants it fires at. Instants are epoch milliseconds and
 * occurrences are whole seconds. Immutable to its users, free of I/O, and safe to share.
 *
 * How it steps: within a segment of the zone's timeline local time is instant plus a constant, so the
 * nominal times of the expression are found by bit sets and mapped back. Times a clock change left out
 * belong to the segment after it, under the offset before it.
 */
export class CronSchedule {
  readonly dstGap: 'shift' | 'skip';
  readonly dstOverlap: 'first' | 'both';

  /** Made by `parseCron` and `scheduleOf`, which check what they are given. */
  constructor(
    readonly expression: string,
    readonly timezone: string,
    readonly times: NominalTimes,
    readonly timeline: ZoneTimeline,
    /** Wildcard or stepped hours: fires at each real instant whose local time matches, whatever the policies. */
    readonly followsElapsedTime: boolean,
    policies: DstPolicies,
  ) {
    this.dstGap = policies.dstGap ?? 'shift';
    this.dstOverlap = policies.dstOverlap ?? 'first';
  }

  /** The same schedule where the zone's clocks do otherwise. */
  over(timeline: ZoneTimeline): CronSchedule {
    const { expression, timezone, times, followsElapsedTime } = this;
    return new CronSchedule(expression, timezone, times, timeline, followsElapsedTime, this);
  }

  /** The first occurrence strictly after an instant, or undefined when there is none within 50 years. */
  next(afterMs: number): number | undefined {
    let from = Math.max(wholeSecond(afterMs, Math.floor) + SECOND_MS, EARLIEST_MS);
    const horizon = Math.min(from + HORIZON_MS, LATEST_MS);
    while (from <= horizon) {
      const segment = this.timeline.segmentAt(from);
      const found = this.firstIn(segment, from);
      if (found !== undefined) return found;
      const { endMs, offsetMs } = segment;
      const local = this.times.atOrAfter(endMs + offsetMs - SLACK_MS, horizon + offsetMs + SLACK_MS);
      if (local === undefined) return undefined;
      from = Math.max(endMs, local - offsetMs - SLACK_MS);
    }
    return undefined;
  }

  /** The last occurrence strictly before an instant, or undefined when there is none within 50 years. */
  previous(beforeMs: number): number | undefined {
    let to = Math.min(wholeSecond(beforeMs, Math.ceil) - SECOND_MS, LATEST_MS);
    const horizon = Math.max(to - HORIZON_MS, EARLIEST_MS);
    while (to >= horizon) {
      const segment = this.timeline.segmentAt(to);
      const found = this.lastIn(segment, to);
      if (found !== undefined) return found;
      const { startMs, offsetMs } = segment;
      const local = this.times.atOrBefore(startMs + offsetMs + SLACK_MS, horizon + offsetMs - SLACK_MS);
      if (local === undefined) return undefined;
      to = Math.min(startMs - SECOND_MS, local - offsetMs + SLACK_MS);
    }
    return undefined;
  }

  /** The first local time of a segment that counts: what is shown a second time does not, unless asked for. */
  firstLocalOf(segment: ZoneSegment): number {
    const start = segment.startMs + segment.offsetMs;
    const onceOnly = !this.followsElapsedTime && this.dstOverlap === 'first';
    return onceOnly ? Math.max(start, segment.repeatedUntil) : start;
  }

  /** Until when left-out times run late in a segment; nothing does once it is past, or under other policies. */
  shiftEndOf(segment: ZoneSegment): number {
    const shifts = !this.followsElapsedTime && this.dstGap === 'shift';
    return shifts ? segment.skippedUntil - segment.offsetBeforeMs : -Infinity;
  }

  private firstIn(segment: ZoneSegment, from: number): number | undefined {
    const { endMs, offsetMs, offsetBeforeMs } = segment;
    const start = Math.max(from + offsetMs, this.firstLocalOf(segment));
    const direct = this.times.atOrAfter(start, endMs + offsetMs);
    const found = direct === undefined ? endMs : direct - offsetMs;
    if (from < this.shiftEndOf(segment)) {
      const shifted = this.times.atOrAfter(from + offsetBeforeMs, segment.skippedUntil);
      if (shifted !== undefined && shifted - offsetBeforeMs < found) return shifted - offsetBeforeMs;
    }
    return direct === undefined ? undefined : found;
  }

  private lastIn(segment: ZoneSegment, to: number): number | undefined {
    const { startMs, offsetMs, offsetBeforeMs } = segment;
    const direct = this.times.atOrBefore(to + offsetMs, this.firstLocalOf(segment));
    const found = direct === undefined ? startMs - 1 : direct - offsetMs;
    if (found < this.shiftEndOf(segment)) {
      const shifted = this.times.atOrBefore(
        Math.min(to + offsetBeforeMs, segment.skippedUntil - SECOND_MS),
        startMs + offsetBeforeMs,
      );
      if (shifted !== undefined && shifted - offsetBeforeMs > found) return shifted - offsetBeforeMs;
    }
    return direct === undefined ? undefined : found;
  }
}

function wholeSecond(instantMs: number, round: (value: number) => number): number {
  if (Number.isNaN(instantMs))
    throw new ChronosError('INTERNAL', 'A schedule was asked about no instant (NaN).');
  return round(instantMs / SECOND_MS) * SECOND_MS;
}
