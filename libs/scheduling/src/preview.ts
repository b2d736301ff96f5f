import type { Closings } from './closings.js';
import type { CronSchedule } from './cron-schedule.js';
import { dstNote } from './dst-note.js';
import { formatInstant } from './local-time.js';
import { countBetween } from './occurrences.js';

/** One occurrence to come, for people. */
export interface Occurrence {
  at: Date;
  /** The same instant on the zone's wall clock, e.g. `2026-03-29T03:30:00+02:00`. */
  localTime: string;
  /** Present where a clock change matters, or a calendar is closed: in a sentence. */
  note?: string;
  /** Present where it will not run: it and what follows it within the same closure. */
  skipped?: SkippedTimes;
}

/** Times that calendars leave out. */
export interface SkippedTimes {
  reason: 'blackout';
  /** How many there are, from `at` on. */
  count: number;
  /** The last of them. */
  until: Date;
}

/** What calendars leave out, and why. */
export interface Blackouts {
  closings: Closings;
  /** Who closes an instant that is closed, in a few words. */
  explain(instantMs: number): string;
}

/** More times of one closure than this are one entry. */
const SHOWN_SINGLY = 3;
/** So many entries at most that do not run. */
const MAX_SKIPPED = 100;

/**
 * The next `count` occurrences strictly after `from` that run, and between them those calendars leave out; fewer when the
 * schedule has no more within 50 years, or too much of it is closed.
 */
export function preview(
  schedule: CronSchedule,
  from: Date,
  count: number,
  blackouts?: Blackouts,
): Occurrence[] {
  const occurrences: Occurrence[] = [];
  let since = from.getTime();
  for (let runs = 0, skipped = 0; runs < count && skipped < MAX_SKIPPED;) {
    const instant = schedule.next(since);
    if (instant === undefined) break;
    const skip = blackouts && skippedFrom(schedule, instant, blackouts.closings);
    const note = skip
      ? `Blackout: ${blackouts.explain(instant)}.`
      : dstNote(schedule, instant, Math.min(since, instant));
    occurrences.push({
      at: new Date(instant),
      localTime: formatInstant(instant, schedule.timeline.offsetAt(instant)),
      ...(note !== undefined && { note }),
      ...(skip && { skipped: skip }),
    });
    if (skip) skipped += 1;
    else runs += 1;
    since = skip ? skip.until.getTime() : instant;
  }
  return occurrences;
}

function skippedFrom(schedule: CronSchedule, instant: number, closings: Closings): SkippedTimes | undefined {
  const closure = closings.closureAt(instant);
  if (!closure) return undefined;
  const range = { fromExclusive: Math.max(instant, closure.from) - 1, toInclusive: closure.to - 1 };
  const last = schedule.previous(closure.to) ?? instant;
  const count = countBetween(schedule, range);
  return count > SHOWN_SINGLY
    ? { reason: 'blackout', count, until: new Date(last) }
    : { reason: 'blackout', count: 1, until: new Date(instant) };
}
