import { ChronosError } from '#contracts';
import { countBetween, type CronSchedule, occurrencesBetween, parseCron } from '#scheduling';
import fc from 'fast-check';
import { Temporal } from '@js-temporal/polyfill';
import { describe, expect, it } from 'vitest';

import { arbitraryCron, arbitrarySparseCron } from './arbitrary-cron.js';
import { bruteForceOccurrences, type CronQuestion } from './brute-force-cron.js';
import { WallClock } from './wall-clock.js';

const DAY_MS = 86_400_000;

/** Give FAST_CHECK_SEED to run the same histories again. */
const seed = Number(process.env['FAST_CHECK_SEED'] ?? Date.now() % 2 ** 31);

const clocks = [
  'UTC',
  'America/New_York',
  'Europe/London',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Africa/Casablanca',
  'America/Sao_Paulo',
  'Pacific/Apia',
  'Pacific/Kiritimati',
  'America/St_Johns',
  'Africa/Cairo',
  'Asia/Gaza',
  'Antarctica/Troll',
  'America/Havana',
  'Pacific/Chatham',
  'Europe/Istanbul',
].map((zone) => new WallClock(zone));

/** Of any zone there is. */
const anyClock = fc.constantFrom(...Intl.supportedValuesOf('timeZone')).map((zone) => new WallClock(zone));

const policies = {
  dstGap: fc.constantFrom('shift' as const, 'skip' as const),
  dstOverlap: fc.constantFrom('first' as const, 'both' as const),
};
const question = fc.record({ meaning: arbitraryCron, ...policies });
const sparseQuestion = fc.record({ meaning: arbitrarySparseCron, ...policies });

/** Shrinking a failure takes its time. */
const TIMEOUT_MS = 120_000;

/** A window of three days, most often around a change of the clocks. */
const window = fc
  .record({
    clock: fc.constantFrom(...clocks),
    year: fc.integer({ min: 1985, max: 2037 }),
    offsetMs: fc.integer({ min: 0, max: 365 * DAY_MS }),
    atChange: fc.boolean(),
  })
  .map(({ clock, year, offsetMs, atChange }) => {
    const near = Date.UTC(year, 0, 1) + offsetMs;
    const change = atChange ? clock.nextDayOfChange(near) : undefined;
    const fromMs = (change ?? near) - DAY_MS - (offsetMs % 60_000);
    return { clock, fromMs, toMs: fromMs + 3 * DAY_MS };
  });

/** Undefined for an expression that never fires, which the parser refuses. */
function scheduleFor(asked: CronQuestion, zone: string): CronSchedule | undefined {
  try {
    return parseCron(asked.meaning.expression, zone, asked);
  } catch (error) {
    if (error instanceof ChronosError && error.message.startsWith('never fires')) return undefined;
    throw error;
  }
}

function walkBack(schedule: CronSchedule, fromMs: number, toMs: number): number[] {
  const found: number[] = [];
  let at = schedule.previous(toMs + 1);
  while (at !== undefined && at > fromMs) {
    found.unshift(at);
    at = schedule.previous(at);
  }
  return found;
}

/** The same range found in three ways; all must be what brute force finds. */
interface Walk {
  forward: number[];
  backward: number[];
  count: number;
}

function bothWalks(asked: CronQuestion, clock: WallClock, fromMs: number, toMs: number): [Walk, Walk] {
  const schedule = scheduleFor(asked, clock.zone);
  const range = { fromExclusive: fromMs, toInclusive: toMs };
  const ours = schedule
    ? {
        forward: occurrencesBetween(schedule, range, Infinity).occurrences,
        backward: walkBack(schedule, fromMs, toMs),
        count: countBetween(schedule, range),
      }
    : { forward: [], backward: [], count: 0 };
  const expected = bruteForceOccurrences(asked, clock, fromMs, toMs);
  return [ours, { forward: expected, backward: expected, count: expected.length }];
}

describe(`a schedule agrees with brute force (fast-check seed ${seed})`, { timeout: TIMEOUT_MS }, () => {
  it('over every minute around changes of the clocks', () => {
    fc.assert(
      fc.property(question, window, (asked, { clock, fromMs, toMs }) => {
        const [ours, expected] = bothWalks(asked, clock, fromMs, toMs);
        expect(ours).toEqual(expected);
      }),
      { seed, numRuns: 200 },
    );
  });

  it('over every minute of a year', () => {
    fc.assert(
      fc.property(
        sparseQuestion,
        fc.oneof(fc.constantFrom(...clocks), anyClock),
        fc.integer({ min: 1985, max: 2037 }),
        (asked, clock, year) => {
          const [ours, expected] = bothWalks(
            asked,
            clock,
            Date.UTC(year, 0, 1) - 1,
            Date.UTC(year + 1, 0, 1) - 1,
          );
          expect(ours).toEqual(expected);
        },
      ),
      { seed, numRuns: 20 },
    );
  });

  it('and brute force reads the clocks as Temporal does', () => {
    const instant = fc.integer({ min: Date.UTC(1985, 0, 1), max: Date.UTC(2038, 0, 1) });
    fc.assert(
      fc.property(anyClock, instant, (clock, instantMs) => {
        const zoned = Temporal.Instant.fromEpochMilliseconds(instantMs).toZonedDateTimeISO(clock.zone);
        expect(clock.offsetAt(instantMs)).toBe(zoned.offsetNanoseconds / 1e6);
      }),
      { seed, numRuns: 600 },
    );
  });

  it('next and previous undo each other, and move', () => {
    fc.assert(
      fc.property(question, window, (asked, { clock, fromMs }) => {
        const schedule = scheduleFor(asked, clock.zone);
        const next = schedule?.next(fromMs);
        if (!schedule || next === undefined) return;
        expect(next).toBeGreaterThan(fromMs);
        const previous = schedule.previous(next);
        if (previous !== undefined) {
          expect(previous).toBeLessThanOrEqual(fromMs);
          expect(schedule.next(previous)).toBe(next);
        }
        const following = schedule.next(next);
        if (following !== undefined) expect(schedule.previous(following)).toBe(next);
      }),
      { seed, numRuns: 600 },
    );
  });
});
