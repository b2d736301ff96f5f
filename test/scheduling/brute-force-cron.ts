import type { WallClock } from './wall-clock.js';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** What an expression means, as plain tests on a date; written down by whoever made up the expression. */
export interface CronMeaning {
  expression: string;
  seconds: readonly number[];
  minute: (value: number) => boolean;
  hour: (value: number) => boolean;
  day: (date: CalendarDay) => boolean;
  followsElapsedTime: boolean;
}

export interface CalendarDay {
  month: number;
  dayOfMonth: number;
  weekday: number;
  /** 28..31 */
  monthLength: number;
}

export interface CronQuestion {
  meaning: CronMeaning;
  dstGap: 'shift' | 'skip';
  dstOverlap: 'first' | 'both';
}

/**
 * The occurrences in (fromMs, toMs] by looking at every minute of the wall clock, the slow and obvious way:
 * does the expression name it, and at which instants does the clock show it?
 */
export function bruteForceOccurrences(
  { meaning, dstGap, dstOverlap }: CronQuestion,
  clock: WallClock,
  fromMs: number,
  toMs: number,
): number[] {
  const instants = new Set<number>();
  const firstMinute = Math.floor((fromMs - 2 * DAY_MS) / MINUTE_MS) * MINUTE_MS;
  for (let minute = firstMinute; minute <= toMs + 2 * DAY_MS; minute += MINUTE_MS) {
    if (!names(meaning, new Date(minute))) continue;
    for (const second of meaning.seconds) {
      const local = minute + second * 1000;
      const shown = clock.instantsOf(local);
      const once = !meaning.followsElapsedTime && dstOverlap === 'first';
      for (const instant of once ? shown.slice(0, 1) : shown) instants.add(instant);
      if (shown.length === 0 && !meaning.followsElapsedTime && dstGap === 'shift') {
        instants.add(clock.instantBeforeChange(local));
      }
    }
  }
  return [...instants].filter((instant) => instant > fromMs && instant <= toMs).toSorted((a, b) => a - b);
}

function names(meaning: CronMeaning, local: Date): boolean {
  return (
    meaning.minute(local.getUTCMinutes()) &&
    meaning.hour(local.getUTCHours()) &&
    meaning.day({
      month: local.getUTCMonth() + 1,
      dayOfMonth: local.getUTCDate(),
      weekday: local.getUTCDay(),
      monthLength: new Date(Date.UTC(local.getUTCFullYear(), local.getUTCMonth() + 1, 0)).getUTCDate(),
    })
  );
}
