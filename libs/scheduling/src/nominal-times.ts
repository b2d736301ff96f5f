import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from './calendar.js';
import type { DaySet } from './day-set.js';
import type { FieldSet } from './field-set.js';

/**
 * The wall-clock times an expression names, before any zone is applied.
 *
 * A wall-clock time ("local") is a number: milliseconds from 1970-01-01T00:00 to the reading of the
 * clock on the wall, as if that clock never jumped. All are whole seconds.
 */
export class NominalTimes {
  /** How many times one matching day holds. */
  readonly perDay: number;

  constructor(
    readonly seconds: FieldSet,
    readonly minutes: FieldSet,
    readonly hours: FieldSet,
    readonly days: DaySet,
  ) {
    this.perDay = seconds.size * minutes.size * hours.size;
  }

  has(local: number): boolean {
    return this.atOrAfter(local, local + 1) === local;
  }

  /** The first nominal time in [local, limit), or undefined. */
  atOrAfter(local: number, limit: number): number | undefined {
    if (local >= limit) return undefined;
    let day = Math.floor(local / DAY_MS);
    if (this.days.has(day)) {
      const time = this.timeAtOrAfter((local - day * DAY_MS) / SECOND_MS);
      if (time !== undefined) return below(day * DAY_MS + time, limit);
    }
    const next = this.days.atOrAfter(day + 1, Math.floor((limit - 1) / DAY_MS));
    if (next === undefined) return undefined;
    day = next;
    return below(day * DAY_MS + inMs(this.hours.first, this.minutes.first, this.seconds.first), limit);
  }

  /** The last nominal time in [limit, local], or undefined. */
  atOrBefore(local: number, limit: number): number | undefined {
    if (local < limit) return undefined;
    let day = Math.floor(local / DAY_MS);
    if (this.days.has(day)) {
      const time = this.timeAtOrBefore((local - day * DAY_MS) / SECOND_MS);
      if (time !== undefined) return notBelow(day * DAY_MS + time, limit);
    }
    const previous = this.days.atOrBefore(day - 1, Math.floor(limit / DAY_MS));
    if (previous === undefined) return undefined;
    day = previous;
    return notBelow(day * DAY_MS + inMs(this.hours.last, this.minutes.last, this.seconds.last), limit);
  }

  /** How many nominal times lie in [from, to); worked out by whole days, not by stepping. */
  count(from: number, to: number): number {
    if (from >= to) return 0;
    const firstDay = Math.floor(from / DAY_MS);
    const lastDay = Math.floor(to / DAY_MS);
    const wholeDays = this.days.count(firstDay, lastDay) * this.perDay;
    return wholeDays - this.countBefore(firstDay, from) + this.countBefore(lastDay, to);
  }

  /** How many times of `day` lie before `local`, an instant of that day. */
  private countBefore(day: number, local: number): number {
    if (!this.days.has(day)) return 0;
    const second = (local - day * DAY_MS) / SECOND_MS;
    const { hours, minutes, seconds } = this;
    const h = Math.floor(second / 3600);
    const m = Math.floor((second % 3600) / 60);
    const minutesBefore = hours.rank(h) * minutes.size + (hours.has(h) ? minutes.rank(m) : 0);
    const inThisMinute = hours.has(h) && minutes.has(m) ? seconds.rank(second % 60) : 0;
    return minutesBefore * seconds.size + inThisMinute;
  }

  private timeAtOrAfter(secondOfDay: number): number | undefined {
    const { hours, minutes, seconds } = this;
    const h = Math.floor(secondOfDay / 3600);
    if (hours.has(h)) {
      const m = Math.floor((secondOfDay % 3600) / 60);
      if (minutes.has(m)) {
        const s = seconds.atOrAfter(secondOfDay % 60);
        if (s !== -1) return inMs(h, m, s);
      }
      const nextMinute = minutes.atOrAfter(m + 1);
      if (nextMinute !== -1) return inMs(h, nextMinute, seconds.first);
    }
    const nextHour = hours.atOrAfter(h + 1);
    return nextHour === -1 ? undefined : inMs(nextHour, minutes.first, seconds.first);
  }

  private timeAtOrBefore(secondOfDay: number): number | undefined {
    const { hours, minutes, seconds } = this;
    const h = Math.floor(secondOfDay / 3600);
    if (hours.has(h)) {
      const m = Math.floor((secondOfDay % 3600) / 60);
      if (minutes.has(m)) {
        const s = seconds.atOrBefore(secondOfDay % 60);
        if (s !== -1) return inMs(h, m, s);
      }
      const previousMinute = minutes.atOrBefore(m - 1);
      if (previousMinute !== -1) return inMs(h, previousMinute, seconds.last);
    }
    const previousHour = hours.atOrBefore(h - 1);
    return previousHour === -1 ? undefined : inMs(previousHour, minutes.last, seconds.last);
  }
}

function inMs(hour: number, minute: number, second: number): number {
  return hour * HOUR_MS + minute * MINUTE_MS + second * SECOND_MS;
}

function below(local: number, limit: number): number | undefined {
  return local < limit ? local : undefined;
}

function notBelow(local: number, limit: number): number | undefined {
  return local >= limit ? local : undefined;
}
