import { zoneOffset } from '../time/zone-offset.js';

/** A stretch of time, in epoch milliseconds. */
export interface TimeRange {
  from: number;
  to: number;
}

export interface Tick {
  at: number;
  /** A day begins with it: it is told by its date. */
  isDay: boolean;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const STEPS = [
  MINUTE,
  5 * MINUTE,
  15 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  4 * HOUR,
  6 * HOUR,
  12 * HOUR,
  DAY,
  2 * DAY,
  7 * DAY,
  14 * DAY,
  28 * DAY,
];
/** A label and some air. */
const MIN_TICK_PX = 84;

/** Where a moment is on a line that begins at `left` and is `width` pixels long. */
export function timeScale({ from, to }: TimeRange, left: number, width: number) {
  return {
    x: (at: number) => left + ((at - from) / (to - from)) * width,
    at: (x: number) => Math.round(from + ((x - left) / width) * (to - from)),
  };
}

/** Round moments by the clocks of a zone, as close as their labels allow. */
export function ticks({ from, to }: TimeRange, zone: string, width: number): Tick[] {
  const fits = (step: number) => (step / (to - from)) * width >= MIN_TICK_PX;
  const step = STEPS.find(fits) ?? STEPS.at(-1) ?? DAY;
  const found: Tick[] = [];
  const first = Math.floor((from + zoneOffset(from, zone)) / step) * step;
  for (let local = first; ; local += step) {
    // By the offset in force there: clock changes move the ticks with the clocks.
    const guess = local - zoneOffset(local, zone);
    const at = local - zoneOffset(guess, zone);
    if (at > to) return found;
    if (at >= from && at !== found.at(-1)?.at) found.push({ at, isDay: local % DAY === 0 });
  }
}

/** The moments at which the clocks of a zone change, with what they change to. */
export function clockChanges({ from, to }: TimeRange, zone: string): { at: number; byMs: number }[] {
  const found: { at: number; byMs: number }[] = [];
  let before = zoneOffset(from, zone);
  for (let at = from; at < to;) {
    const next = Math.min(to, at + DAY);
    const after = zoneOffset(next, zone);
    if (after !== before) found.push({ at: firstWith(after, at, next, zone), byMs: after - before });
    before = after;
    at = next;
  }
  return found;
}

/** The first minute between two moments that has this offset. */
function firstWith(offset: number, from: number, to: number, zone: string): number {
  let [low, high] = [Math.floor(from / MINUTE), Math.ceil(to / MINUTE)];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (zoneOffset(middle * MINUTE, zone) === offset) high = middle;
    else low = middle;
  }
  return high * MINUTE;
}
