import type { CalendarRules } from '#contracts';

import { DAY_MS, dayNumberOf } from './calendar.js';
import { closedWindows, type Closure } from './closed-windows.js';

/** A closure is followed so far, and looked for so far ahead. */
const REACH_YEARS = 12;
/** A cap on memory only: a caller walking through centuries drops what was found before. */
const MAX_CACHED_YEARS = 64;

/**
 * When one or several calendars are closed: closures that overlap or touch are one. Worked out by the year and kept, so
 * that a question costs a search among the closures of a year. Immutable to its users, free of I/O, and safe to share.
 */
export class Closings {
  readonly #years = new Map<number, Closure[]>();

  /** @param closuresIn whatever is closed in [fromMs, toMs), in any order, whole or cut off at its ends */
  constructor(private readonly closuresIn: (fromMs: number, toMs: number) => Closure[]) {}

  /** The closure an instant lies in, whole; undefined where it is open. Ends after 12 years at the latest. */
  closureAt(instantMs: number): Closure | undefined {
    const closure = this.closureFrom(instantMs);
    return closure && closure.from <= instantMs ? closure : undefined;
  }

  /** The closure an instant lies in, or else the next to come, whole; undefined where there is none within 12 years. */
  closureFrom(instantMs: number): Closure | undefined {
    const first = yearOf(instantMs);
    for (let year = first; year <= first + REACH_YEARS; year += 1) {
      const closures = this.#ofYear(year);
      const found = closures[firstEndingAfter(closures, instantMs)];
      if (found) return { from: this.#beginOf(found, year), to: this.#endOf(found, year) };
    }
    return undefined;
  }

  /** What is closed of [fromMs, toMs): in order, apart from each other, and cut off at both ends. */
  within(fromMs: number, toMs: number): Closure[] {
    const closures: Closure[] = [];
    const last = yearOf(toMs - 1);
    for (let year = yearOf(fromMs); year <= last; year += 1) closures.push(...this.#ofYear(year));
    return merged(closures, fromMs, toMs);
  }

  #ofYear(year: number): Closure[] {
    const known = this.#years.get(year);
    if (known) return known;
    if (this.#years.size >= MAX_CACHED_YEARS) this.#years.clear();
    const [start, end] = [yearStart(year), yearStart(year + 1)];
    const closures = merged(this.closuresIn(start, end), start, end);
    this.#years.set(year, closures);
    return closures;
  }

  #beginOf(closure: Closure, year: number): number {
    let { from } = closure;
    for (let at = year; from === yearStart(at) && at > year - REACH_YEARS; at -= 1) {
      const before = this.#ofYear(at - 1).at(-1);
      if (before?.to !== from) break;
      from = before.from;
    }
    return from;
  }

  #endOf(closure: Closure, year: number): number {
    let { to } = closure;
    for (let at = year; to === yearStart(at + 1) && at < year + REACH_YEARS; at += 1) {
      const [after] = this.#ofYear(at + 1);
      if (after?.from !== to) break;
      to = after.to;
    }
    return to;
  }
}

/** What calendars leave out, and why. */
export interface Blackouts {
  closings: Closings;
  /** Who closes an instant that is closed, in a few words. */
  explain(instantMs: number): string;
}

/** When a calendar is closed by its rules. */
export function closingsOf(rules: CalendarRules): Closings {
  return new Closings((fromMs, toMs) => closedWindows(rules, fromMs, toMs));
}

/** Closed whenever one of them is. */
export function anyOf(closings: readonly Closings[]): Closings {
  return new Closings((fromMs, toMs) => closings.flatMap((one) => one.within(fromMs, toMs)));
}

/** The same, but open up to and with `afterMs`, and after `untilMs`: rules that were in force from one edit to the next. */
export function closedBetween(closings: Closings, afterMs: number, untilMs: number): Closings {
  return new Closings((fromMs, toMs) => {
    const [from, to] = [Math.max(fromMs, afterMs + 1), Math.min(toMs, untilMs + 1)];
    return from < to ? closings.within(from, to) : [];
  });
}

function merged(closures: Closure[], fromMs: number, toMs: number): Closure[] {
  const result: Closure[] = [];
  for (const closure of closures.toSorted((a, b) => a.from - b.from)) {
    const [from, to] = [Math.max(closure.from, fromMs), Math.min(closure.to, toMs)];
    const last = result.at(-1);
    if (from >= to) continue;
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else result.push({ from, to });
  }
  return result;
}

/** The index of the first closure that ends after an instant. */
function firstEndingAfter(closures: Closure[], instantMs: number): number {
  let [low, high] = [0, closures.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((closures[middle]?.to ?? Infinity) > instantMs) high = middle;
    else low = middle + 1;
  }
  return low;
}

function yearOf(instantMs: number): number {
  return new Date(instantMs).getUTCFullYear();
}

function yearStart(year: number): number {
  return dayNumberOf(year, 1, 1) * DAY_MS;
}
