import { SECOND_MS } from './calendar.js';
import type { CronSchedule } from './cron-schedule.js';
import { formatClock, formatDate, formatJump } from './local-time.js';
import type { ZoneSegment } from './zone-timeline.js';

/**
 * What a clock change does to one occurrence, in a sentence; undefined on ordinary days.
 *
 * @param sinceMs the occurrence before this one (or the start of the forecast): times that were left out
 * in between and do not run at all are told here, where a reader would look for them.
 */
export function dstNote(schedule: CronSchedule, occurrenceMs: number, sinceMs: number): string | undefined {
  const segment = schedule.timeline.segmentAt(occurrenceMs);
  const notes = [
    ...skippedBetween(schedule, sinceMs, occurrenceMs),
    shiftNote(schedule, segment, occurrenceMs),
    repeatNote(schedule, segment, occurrenceMs),
  ].filter((note) => note !== undefined);
  return notes.length > 0 ? notes.join(' ') : undefined;
}

function shiftNote(schedule: CronSchedule, segment: ZoneSegment, instantMs: number): string | undefined {
  const nominal = instantMs + segment.offsetBeforeMs;
  if (instantMs >= schedule.shiftEndOf(segment) || !schedule.times.has(nominal)) return undefined;
  const local = instantMs + segment.offsetMs;
  const sameDay = formatDate(local) === formatDate(nominal);
  const at = sameDay ? formatClock(local) : `${formatClock(local)} on ${formatDate(local)}`;
  const outcome = schedule.times.has(local) ? `falls on the run of ${at}: one run` : `runs at ${at} instead`;
  return `DST shift: ${formatClock(nominal)} does not exist on ${formatDate(nominal)} (${forward(segment)}) and ${outcome}.`;
}

function repeatNote(schedule: CronSchedule, segment: ZoneSegment, instantMs: number): string | undefined {
  const local = instantMs + segment.offsetMs;
  const pass = passOf(schedule, segment, local);
  if (!pass) return undefined;
  const runsOnce = !schedule.followsElapsedTime && schedule.dstOverlap === 'first';
  const outcome = runsOnce ? 'runs the first time only' : `runs both times, this is the ${pass} one`;
  return `DST repeat: ${formatClock(local)} comes twice on ${formatDate(local)} (clocks go back) and ${outcome}.`;
}

function passOf(schedule: CronSchedule, segment: ZoneSegment, local: number): 'first' | 'second' | undefined {
  if (local < segment.repeatedUntil) return 'second';
  const following = schedule.timeline.segmentAt(segment.endMs);
  const isRepeated = local < following.repeatedUntil && local >= following.startMs + following.offsetMs;
  return isRepeated ? 'first' : undefined;
}

/**
 * What clock changes leave out after the last occurrence in view, in a sentence; undefined where they leave out nothing.
 * @param untilMs the next occurrence, or the end of what is of account
 */
export function leftOutNote(schedule: CronSchedule, sinceMs: number, untilMs: number): string | undefined {
  return skippedBetween(schedule, sinceMs, untilMs, 'DST skip before the next run').next().value;
}

/** Nominal times that do not exist and run neither shifted nor otherwise, one note for each clock change. */
function* skippedBetween(
  schedule: CronSchedule,
  sinceMs: number,
  untilMs: number,
  label = 'DST skip',
): Generator<string, undefined> {
  if (!schedule.followsElapsedTime && schedule.dstGap === 'shift') return undefined;
  const { timeline, times } = schedule;
  let segment = timeline.segmentAt(sinceMs);
  while (segment.endMs <= untilMs) {
    segment = timeline.segmentAt(segment.endMs);
    const { skippedFrom, skippedUntil } = segment;
    // A segment that merely begins with a new year repeats the change of the one before it.
    const changesHere = skippedUntil === segment.startMs + segment.offsetMs;
    const first = changesHere ? times.atOrAfter(skippedFrom, skippedUntil) : undefined;
    if (first === undefined) continue;
    const last = times.atOrBefore(skippedUntil - SECOND_MS, skippedFrom) ?? first;
    const which = first === last ? formatClock(first) : `${formatClock(first)} to ${formatClock(last)}`;
    const outcome = schedule.followsElapsedTime
      ? 'so there is no run for it: hours with a wildcard or step follow elapsed time'
      : 'and is skipped';
    yield `${label}: ${which} on ${formatDate(first)} does not exist (${forward(segment)}) ${outcome}.`;
  }
  return undefined;
}

function forward(segment: ZoneSegment): string {
  return `clocks go forward ${formatJump(segment.skippedUntil - segment.skippedFrom)}`;
}
