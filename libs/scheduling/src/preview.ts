import type { CronSchedule } from './cron-schedule.js';
import { dstNote } from './dst-note.js';
import { formatInstant } from './local-time.js';

/** One occurrence to come, for people. */
export interface Occurrence {
  at: Date;
  /** The same instant on the zone's wall clock, e.g. `2026-03-29T03:30:00+02:00`. */
  localTime: string;
  /** Present where a clock change matters: DST shift, skip or repeat, in a sentence. */
  note?: string;
}

/** The next `count` occurrences strictly after `from`; fewer when the schedule has no more within 50 years. */
export function preview(schedule: CronSchedule, from: Date, count: number): Occurrence[] {
  const occurrences: Occurrence[] = [];
  let since = from.getTime();
  while (occurrences.length < count) {
    const instant = schedule.next(since);
    if (instant === undefined) break;
    const localTime = formatInstant(instant, schedule.timeline.offsetAt(instant));
    const note = dstNote(schedule, instant, since);
    occurrences.push({ at: new Date(instant), localTime, ...(note === undefined ? {} : { note }) });
    since = instant;
  }
  return occurrences;
}
