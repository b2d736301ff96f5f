import { civilDateOf, dayNumberOf, monthLengthOf, weekdayOf } from './calendar.js';
import { FieldSet } from './field-set.js';

/** What the three day fields of an expression allow, as parsed. */
export interface DayRule {
  /** Months, 1..12. */
  months: readonly number[];
  /** Days of the month, 1..31. */
  daysOfMonth: readonly number[];
  /** `L`: the last day of the month, in addition to `daysOfMonth`. */
  lastDayOfMonth: boolean;
  /** Weekdays, 0 (Sunday) .. 6. */
  weekdays: readonly number[];
  /** `1#2`: the weekdays count only as the nth of their month, 1..5; 0 without `#`. */
  nthWeekday: number;
  /** `5L`: weekdays that count as the last of their month, in addition to `weekdays`. */
  lastWeekdays: readonly number[];
  /**
   * How the two day fields combine. `either` when both are restricted, `both` otherwise. A field is
   * restricted unless it starts with `*` or `?` (crontab(5) of Vixie cron).
   */
  combine: 'either' | 'both';
}

interface Month {
  year: number;
  /** 1..12 */
  month: number;
  firstDay: number;
  endDay: number;
  /** Bit n-1 is set when day n of the month matches. */
  days: number;
}

/**
 * The days an expression fires on. A month's matching days are one 31-bit mask that depends only on
 * the month's length and first weekday, so 28 masks answer for all time.
 */
export class DaySet {
  private readonly masks = new Int32Array(28);
  private readonly months: FieldSet;
  /** The month asked for last: successive steps mostly stay in one month. */
  private current: Month = { year: 1970, month: 1, firstDay: 0, endDay: 0, days: 0 };

  constructor(private readonly rule: DayRule) {
    this.months = new FieldSet(rule.months, 12);
    for (let length = 28; length <= 31; length++) {
      for (let firstWeekday = 0; firstWeekday < 7; firstWeekday++) {
        this.masks[(length - 28) * 7 + firstWeekday] = this.maskOf(length, firstWeekday);
      }
    }
  }

  /** Is there any date at all, in any year? */
  get isEmpty(): boolean {
    return !this.rule.months.some((month) =>
      // Every month begins on each weekday in some year, and so does February of a leap year.
      [2000, 2001].some((year) => {
        const length = monthLengthOf(year, month);
        return this.masks.slice((length - 28) * 7, (length - 27) * 7).some((mask) => mask !== 0);
      }),
    );
  }

  /** Does every date match? */
  get isEveryDay(): boolean {
    const isWhole = (mask: number, index: number) => mask === -1 >>> (32 - (28 + Math.floor(index / 7)));
    return this.months.size === 12 && this.masks.every(isWhole);
  }

  /** Does a day (days since 1970-01-01) match? */
  has(day: number): boolean {
    const month = this.monthOf(day);
    return ((month.days >>> (day - month.firstDay)) & 1) === 1;
  }

  /** The first matching day in [day, limit], or undefined. */
  atOrAfter(day: number, limit: number): number | undefined {
    while (day <= limit) {
      const month = this.monthOf(day);
      const rest = month.days >>> (day - month.firstDay);
      if (rest !== 0) {
        const found = day + 31 - Math.clz32(rest & -rest);
        return found <= limit ? found : undefined;
      }
      day = this.startAfter(month);
    }
    return undefined;
  }

  /** The last matching day in [limit, day], or undefined. */
  atOrBefore(day: number, limit: number): number | undefined {
    while (day >= limit) {
      const month = this.monthOf(day);
      const rest = month.days & (-1 >>> (31 - (day - month.firstDay)));
      if (rest !== 0) {
        const found = month.firstDay + 31 - Math.clz32(rest);
        return found >= limit ? found : undefined;
      }
      day = this.endBefore(month);
    }
    return undefined;
  }

  /** How many days of [from, to) match. */
  count(from: number, to: number): number {
    let count = 0;
    while (from < to) {
      const month = this.monthOf(from);
      const end = Math.min(to, month.endDay);
      let rest = (month.days >>> (from - month.firstDay)) & ~(-2 << (end - from - 1));
      for (; rest !== 0; rest &= rest - 1) count++;
      from = end;
    }
    return count;
  }

  private monthOf(day: number): Month {
    if (day >= this.current.firstDay && day < this.current.endDay) return this.current;
    const { year, month, day: dayOfMonth } = civilDateOf(day);
    const firstDay = day - dayOfMonth + 1;
    const length = monthLengthOf(year, month);
    const mask = this.masks[(length - 28) * 7 + weekdayOf(firstDay)] ?? 0;
    const days = this.months.has(month) ? mask : 0;
    this.current = { year, month, firstDay, endDay: firstDay + length, days };
    return this.current;
  }

  /** The first day of the next month that the rule names. */
  private startAfter({ year, month }: Month): number {
    const next = this.months.atOrAfter(month + 1);
    return next === -1 ? dayNumberOf(year + 1, this.months.first, 1) : dayNumberOf(year, next, 1);
  }

  /** The last day of the month before this one that the rule names. */
  private endBefore({ year, month }: Month): number {
    const previous = this.months.atOrBefore(month - 1);
    const [inYear, inMonth] = previous === -1 ? [year - 1, this.months.last] : [year, previous];
    return dayNumberOf(inYear, inMonth, monthLengthOf(inYear, inMonth));
  }

  private maskOf(length: number, firstWeekday: number): number {
    const { rule } = this;
    let mask = 0;
    for (let day = 1; day <= length; day++) {
      const weekday = (firstWeekday + day - 1) % 7;
      const nth = Math.ceil(day / 7);
      const byMonthDay = rule.daysOfMonth.includes(day) || (rule.lastDayOfMonth && day === length);
      const byWeekday =
        (rule.weekdays.includes(weekday) && (rule.nthWeekday === 0 || rule.nthWeekday === nth)) ||
        (rule.lastWeekdays.includes(weekday) && day + 7 > length);
      const matches = rule.combine === 'either' ? byMonthDay || byWeekday : byMonthDay && byWeekday;
      if (matches) mask |= 1 << (day - 1);
    }
    return mask;
  }
}

/** Smallest distance in days between two matching days, looked for over one 28-year cycle of the calendar. */
export function smallestDayStep(days: DaySet): number {
  const end = dayNumberOf(2029, 1, 1);
  let smallest = Infinity;
  let day = days.atOrAfter(dayNumberOf(2001, 1, 1), end);
  while (day !== undefined && smallest > 1) {
    const next = days.atOrAfter(day + 1, end);
    if (next === undefined) break;
    smallest = Math.min(smallest, next - day);
    day = next;
  }
  return smallest;
}
