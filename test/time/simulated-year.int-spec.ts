import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BACKFILL_MODES, MISFIRE_POLICIES, WEEKDAYS } from '#contracts';
import type { CalendarPatch, JobPatch } from '#jobs';
import { type Deed, SimulatedYear } from './simulated-year.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const HISTORIES = 200;

const ZONES = ['UTC', 'America/New_York', 'Europe/London', 'Australia/Lord_Howe', 'Africa/Casablanca'];
const EXPRESSIONS = [
  '0 * * * *',
  '30 2 * * *',
  '30 1,2,3 * * *',
  '*/20 1-3 * * *',
  '0 9 * * 1-5',
  '0 0 29 2,3 *',
];

/** Durations from seconds to months, each size as likely. */
const duration = fc
  .tuple(fc.constantFrom(1_000, 60_000, HOUR, DAY, 7 * DAY), fc.integer({ min: 1, max: 30 }))
  .map(([unit, count]) => unit * count);

const policies = fc.record({
  misfirePolicy: fc.constantFrom(...MISFIRE_POLICIES),
  catchupWindow: fc.constantFrom(0, HOUR, DAY, 30 * DAY),
  jitter: fc.constantFrom(0, 0, 300_000),
  maxRuns: fc.constantFrom(null, null, null, 1, 5, 40),
});

const schedule: fc.Arbitrary<JobPatch> = fc.oneof(
  fc.record({
    scheduleType: fc.constant('recurring' as const),
    cronExpression: fc.constantFrom(...EXPRESSIONS),
    timezone: fc.constantFrom(...ZONES),
    dstGap: fc.constantFrom('shift' as const, 'skip' as const),
    dstOverlap: fc.constantFrom('first' as const, 'both' as const),
  }),
  fc.record({
    scheduleType: fc.constant('interval' as const),
    every: fc.integer({ min: 600_000, max: 3 * DAY }),
  }),
);

const job = fc.tuple(schedule, policies).map(([when, rules]): JobPatch => Object.assign({}, when, rules));

const day = fc.integer({ min: 0, max: 364 });
const dayText = (index: number) => new Date(Date.UTC(2026, 0, 1 + index)).toISOString().slice(0, 10);
const time = fc.integer({ min: 0, max: 47 }).map((half) => {
  return `${String(half >> 1).padStart(2, '0')}:${half % 2 === 0 ? '00' : '30'}`;
});

const rules: fc.Arbitrary<CalendarPatch> = fc.record({
  timezone: fc.constantFrom(...ZONES),
  dates: fc.array(
    fc
      .tuple(day, fc.constantFrom(0, 1, 10, 60))
      .map(([from, length]) => ({ from: dayText(from), to: dayText(from + length) })),
    { maxLength: 3 },
  ),
  weekly: fc.array(fc.record({ days: fc.subarray([...WEEKDAYS], { minLength: 1 }), from: time, to: time }), {
    maxLength: 2,
  }),
});

const deed: fc.Arbitrary<Deed> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('run' as const),
      forMs: duration,
      outcome: fc.constantFrom('completed' as const, 'failed' as const),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('outage' as const), forMs: duration }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('crash' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('pause' as const) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('resume' as const), catchUp: fc.boolean() }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('edit' as const), patch: fc.oneof(schedule, policies, job) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('name' as const), calendars: fc.subarray([0, 1]) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('close' as const),
      calendar: fc.constantFrom(0, 1),
      rules,
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('pauseAll' as const) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('resumeAll' as const), catchUp: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('backfill' as const),
      mode: fc.constantFrom(...BACKFILL_MODES),
      days: fc.constantFrom(1, 7, 60),
      ratePerMinute: fc.constantFrom(undefined, 60),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('cancelBackfills' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('review' as const),
      verdict: fc.constantFrom('release' as const, 'drop' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('cancel' as const) }) },
);

const history = fc.array(deed, { minLength: 4, maxLength: 10 });

describe('a year with faults', () => {
  let year: SimulatedYear;

  beforeAll(async () => {
    year = await SimulatedYear.start();
  });
  afterAll(() => year.stop());

  /** `SIMULATION_SEED=... npm test -- simulated-year` plays the same histories again. */
  const seed = Number(process.env['SIMULATION_SEED'] ?? Date.now() % 2_147_483_647);

  it(
    `${HISTORIES} random histories leave every nominal time in the ledger exactly once (seed ${seed})`,
    { timeout: 600_000 },
    async () => {
      let checked = 0;
      await fc.assert(
        fc.asyncProperty(job, history, fc.constantFrom(0, DAY), async (first, deeds, reviewAfterMs) => {
          const report = await year.play(first, deeds, reviewAfterMs);
          checked += report.checked;
          expect(report.violations).toEqual([]);
        }),
        { seed, numRuns: HISTORIES, endOnFailure: true },
      );
      process.stdout.write(`simulated ${HISTORIES} histories, ${checked} nominal times, seed ${seed}\n`);
      expect(checked).toBeGreaterThan(HISTORIES);
    },
  );
});
