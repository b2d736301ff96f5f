import { timelineOf, ZoneTimeline } from './zone-timeline.js';

/** What the clocks of a zone did from one instant to another, as some version of the zone data knew it. */
export interface ZoneRecord {
  timezone: string;
  /** Epoch milliseconds, */
  fromMs: number;
  /** exclusive. */
  untilMs: number;
  /** The offset from `fromMs` on, and each change after it, in order. */
  offsets: ZoneOffset[];
}

export interface ZoneOffset {
  atMs: number;
  /** Wall clock minus UTC, in milliseconds. */
  offsetMs: number;
}

/** The version of the zone data of this process, e.g. `2026a`; it comes with Node. */
export function zoneDataVersion(): string {
  return process.versions['tz'] ?? 'unknown';
}

/** What the zone data of this process knows of a stretch of time. */
export function recordZone(timezone: string, fromMs: number, untilMs: number): ZoneRecord {
  const timeline = timelineOf(timezone);
  const offsets: ZoneOffset[] = [];
  for (let atMs = fromMs; atMs < untilMs;) {
    const { offsetMs, endMs } = timeline.segmentAt(atMs);
    // Segments are cut at each new year, whether the clocks change or not.
    if (offsets.at(-1)?.offsetMs !== offsetMs) offsets.push({ atMs, offsetMs });
    atMs = endMs;
  }
  return { timezone, fromMs, untilMs, offsets };
}

/** A zone as recorded; outside the record it is what the zone data of this process say. */
export function recordedTimeline({ timezone, fromMs, untilMs, offsets }: ZoneRecord): ZoneTimeline {
  const present = timelineOf(timezone);
  return new ZoneTimeline(timezone, (instantMs) => {
    if (instantMs < fromMs || instantMs >= untilMs) return present.offsetAt(instantMs);
    return offsets.findLast(({ atMs }) => atMs <= instantMs)?.offsetMs ?? present.offsetAt(instantMs);
  });
}
