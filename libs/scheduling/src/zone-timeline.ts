import { ChronosError } from '#contracts';
import { LRUCache } from 'lru-cache';

import { DAY_MS, dayNumberOf, HOUR_MS, MINUTE_MS, SECOND_MS } from './calendar.js';

/** A stretch of time in which a zone's offset from UTC does not change. Instants are epoch milliseconds. */
export interface ZoneSegment {
  startMs: number;
  /** Exclusive. */
  endMs: number;
  /** Wall clock minus UTC. */
  offsetMs: number;
  /** Wall-clock times of this segment below this one are shown for the second time; -Infinity when none is. */
  repeatedUntil: number;
  /** Wall-clock times [skippedFrom, skippedUntil) that the change before this segment left out; both -Infinity when none. */
  skippedFrom: number;
  skippedUntil: number;
  /** Offset before the change that began this segment (equal to `offsetMs` when nothing changed). */
  offsetBeforeMs: number;
}

/**
 * No zone has ever changed twice within a week (measured over all zones from 1900 to 2100: the closest,
 * Recife in 2000 and Gaza in 2040, are 7 days apart), so looking every 3 days finds each change.
 */
const SCAN_STEP_MS = 3 * DAY_MS;
/** The longest jump of a clock is a day (Apia 2011, Kiritimati 1994): what a change does is over by then. */
const LONGEST_JUMP_MS = DAY_MS;
/** A cap on memory only: a caller walking through centuries drops what was found before. */
const MAX_CACHED_YEARS = 512;

/** Wall clock minus UTC at an instant; all in milliseconds. */
export type OffsetReader = (instantMs: number) => number;

/** The offset changes of one zone, kept per year. */
export class ZoneTimeline {
  private readonly years = new Map<number, ZoneSegment[]>();
  private recent: ZoneSegment | undefined;

  /**
   * @param timezone a name `Intl` knows; anything else throws a RangeError.
   * @param readOffset what the zone's clocks do, instead of what `Intl` says
   */
  constructor(
    readonly timezone: string,
    private readonly readOffset: OffsetReader = intlOffsets(timezone),
  ) {}

  /** The segment that holds an instant. Segments are cut at each UTC new year, too. */
  segmentAt(instantMs: number): ZoneSegment {
    const recent = this.recent;
    if (recent && instantMs >= recent.startMs && instantMs < recent.endMs) return recent;
    const segments = this.segmentsOf(new Date(instantMs).getUTCFullYear());
    const found = segments.find((segment) => instantMs < segment.endMs) ?? segments[segments.length - 1];
    if (!found) throw new ChronosError('INTERNAL', `${instantMs} is no instant.`);
    this.recent = found;
    return found;
  }

  offsetAt(instantMs: number): number {
    return this.segmentAt(instantMs).offsetMs;
  }

  private segmentsOf(year: number): ZoneSegment[] {
    const known = this.years.get(year);
    if (known) return known;
    if (this.years.size >= MAX_CACHED_YEARS) this.years.clear();
    const segments = this.findSegments(year);
    this.years.set(year, segments);
    return segments;
  }

  private findSegments(year: number): ZoneSegment[] {
    const startMs = dayNumberOf(year, 1, 1) * DAY_MS;
    const endMs = dayNumberOf(year + 1, 1, 1) * DAY_MS;
    // A change just before the new year may still leave its mark on the first hours of this one.
    const scanFrom = startMs - 2 * LONGEST_JUMP_MS;
    const segments: ZoneSegment[] = [];
    let open = plainSegment(startMs, this.readOffset(scanFrom));

    for (let at = scanFrom; at < endMs;) {
      const next = Math.min(at + SCAN_STEP_MS, endMs);
      // The last instant of the year, not the first of the next, whose change belongs to that year.
      const offset = this.readOffset(next === endMs ? endMs - SECOND_MS : next);
      if (offset !== open.offsetMs) {
        const changeMs = this.findChange(at, next, open.offsetMs);
        if (changeMs > startMs) segments.push({ ...open, endMs: changeMs });
        open = segmentAfterChange(changeMs, open.offsetMs, offset);
        open.startMs = Math.max(changeMs, startMs);
      }
      at = next;
    }
    segments.push({ ...open, endMs });
    return segments;
  }

  /** The first second in (from, to] whose offset is no longer `offset`. */
  private findChange(from: number, to: number, offset: number): number {
    let low = from / SECOND_MS;
    let high = to / SECOND_MS;
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (this.readOffset(middle * SECOND_MS) === offset) low = middle;
      else high = middle;
    }
    return high * SECOND_MS;
  }
}

function intlOffsets(timezone: string): OffsetReader {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: timezone, timeZoneName: 'longOffset' });
  return (instantMs) => {
    const match = /GMT(?:([+\u2212-])(\d+):(\d\d)(?::(\d\d))?)?$/.exec(format.format(instantMs));
    if (!match) throw new ChronosError('INTERNAL', `Intl gave no offset for ${timezone}.`);
    const [, sign, hours = '0', minutes = '0', seconds = '0'] = match;
    const size = Number(hours) * HOUR_MS + Number(minutes) * MINUTE_MS + Number(seconds) * SECOND_MS;
    return sign === undefined || sign === '+' ? size : -size;
  };
}

function plainSegment(startMs: number, offsetMs: number): ZoneSegment {
  return {
    startMs,
    endMs: startMs,
    offsetMs,
    repeatedUntil: -Infinity,
    skippedFrom: -Infinity,
    skippedUntil: -Infinity,
    offsetBeforeMs: offsetMs,
  };
}

function segmentAfterChange(changeMs: number, before: number, after: number): ZoneSegment {
  const segment = { ...plainSegment(changeMs, after), offsetBeforeMs: before };
  if (after < before) return { ...segment, repeatedUntil: changeMs + before };
  return { ...segment, skippedFrom: changeMs + before, skippedUntil: changeMs + after };
}

const timelines = new LRUCache<string, ZoneTimeline>({ max: 700 });

/** The timeline of a zone, kept between calls: finding a year's changes takes about half a millisecond. */
export function timelineOf(timezone: string): ZoneTimeline {
  let timeline = timelines.get(timezone);
  if (!timeline) {
    timeline = new ZoneTimeline(timezone);
    timelines.set(timezone, timeline);
  }
  return timeline;
}
