import { type CalendarRules, WEEKDAYS } from '#contracts';

import { DAY_MS, dayNumberOf, HOUR_MS, MINUTE_MS, weekdayOf } from './calendar.js';
import { timelineOf, type ZoneTimeline } from './zone-timeline.js';

/** Instants from `from` on and before `to`. Epoch milliseconds. */
export interface Closure {
  from: number;
  to: number;
}

/** A closure as its calendar has it: one date or range, one weekday's window, or one event. */
export interface ClosedWindow extends Closure {
  kind: 'date' | 'weekly' | 'event';
  label: string | null;
  /** Of an event: where it was imported from. */
  source: string | null;
}

/** No zone is further from UTC than this, nor has any jumped further. */
const SLACK_MS = 2 * DAY_MS;

/**
 * The windows of a calendar that reach into [fromMs, toMs), whole, in the order of their beginnings. What counts is what the clock on the wall
 * of its zone shows: a window 01:30 to 02:30 is closed whenever that clock shows a time from 01:30 on and before 02:30, also
 * the second time it does, and not at all on a day that leaves those times out.
 */
export function closedWindows(rules: CalendarRules, fromMs: number, toMs: number): ClosedWindow[] {
  const timeline = timelineOf(rules.timezone);
  const about = (
    window: Closure,
    kind: ClosedWindow['kind'],
    label: string | null,
    source: string | null,
  ) => ({
    ...window,
    kind,
    label,
    source,
  });
  const windows = [
    ...rules.dates.flatMap(({ from, to, label }) =>
      daysClosed(timeline, from, to, fromMs, toMs).map((one) => about(one, 'date', label, null)),
    ),
    ...rules.weekly.flatMap((weekly) =>
      weeklyClosed(timeline, weekly, fromMs, toMs).map((one) => about(one, 'weekly', weekly.label, null)),
    ),
    ...rules.imports.flatMap(({ source, events }) =>
      events.flatMap(({ from, to, label }) =>
        eventClosed(timeline, from, to, fromMs, toMs).map((one) => about(one, 'event', label, source)),
      ),
    ),
  ];
  return windows
    .filter(({ from, to }) => from < toMs && to > fromMs)
    .toSorted((a, b) => a.from - b.from || a.to - b.to);
}

/** Is this text a date, `YYYY-MM-DD`, and not an instant? */
export function isDateText(text: string): boolean {
  return text.length === 10;
}

function eventClosed(
  timeline: ZoneTimeline,
  from: string,
  to: string,
  fromMs: number,
  toMs: number,
): Closure[] {
  if (isDateText(from)) return daysClosed(timeline, from, to, fromMs, toMs);
  return [{ from: Date.parse(from), to: Date.parse(to) }];
}

function daysClosed(
  timeline: ZoneTimeline,
  from: string,
  to: string,
  fromMs: number,
  toMs: number,
): Closure[] {
  const [start, end] = [dayOf(from) * DAY_MS, (dayOf(to) + 1) * DAY_MS];
  return start > toMs + SLACK_MS || end < fromMs - SLACK_MS ? [] : whileClockShows(timeline, start, end);
}

function weeklyClosed(
  timeline: ZoneTimeline,
  { days, from, to }: CalendarRules['weekly'][number],
  fromMs: number,
  toMs: number,
): Closure[] {
  const [start, end] = [timeOf(from), timeOf(to)];
  const length = end > start ? end - start : end - start + DAY_MS;
  const weekdays = new Set(days.map((day) => (WEEKDAYS.indexOf(day) + 1) % 7));
  const closures: Closure[] = [];
  const lastDay = Math.floor((toMs + SLACK_MS) / DAY_MS);
  for (let day = Math.floor((fromMs - SLACK_MS - DAY_MS) / DAY_MS); day <= lastDay; day += 1) {
    if (!weekdays.has(weekdayOf(day))) continue;
    const local = day * DAY_MS + start;
    closures.push(...whileClockShows(timeline, local, local + length));
  }
  return closures;
}

/** The instants at which a zone's clock shows a time of [localFrom, localTo): mostly one stretch; two or none about a clock change. */
function whileClockShows(timeline: ZoneTimeline, localFrom: number, localTo: number): Closure[] {
  const closures: Closure[] = [];
  const until = localTo + SLACK_MS;
  for (let at = localFrom - SLACK_MS; at < until;) {
    const { startMs, endMs, offsetMs } = timeline.segmentAt(at);
    const [from, to] = [Math.max(startMs, localFrom - offsetMs), Math.min(endMs, localTo - offsetMs)];
    const last = closures.at(-1);
    if (from < to && last?.to === from) last.to = to;
    else if (from < to) closures.push({ from, to });
    at = endMs;
  }
  return closures;
}

/** Days since 1970-01-01 of `YYYY-MM-DD`. */
function dayOf(date: string): number {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  return dayNumberOf(year, month, day);
}

/** Milliseconds since midnight of `HH:MM`. */
function timeOf(text: string): number {
  const [hour = 0, minute = 0] = text.split(':').map(Number);
  return hour * HOUR_MS + minute * MINUTE_MS;
}
