import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MISFIRE_POLICIES } from '#contracts';
import { jobSchedule } from '../schedule/job-schedule.js';
import type { PauseSpan } from '../system-pause/pause-spans.js';
import { planAroundPauses } from './plan-around-pauses.js';
import type { PlanInput } from './plan-occurrences.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const noon = Date.UTC(2026, 5, 1, 12);

const every = (everyMs: number, endsAt: number | null = null) =>
  jobSchedule({
    scheduleType: 'interval',
    scheduledAt: null,
    cronExpression: null,
    timezone: 'UTC',
    dstGap: 'shift',
    dstOverlap: 'first',
    everyMs,
    startsAt: new Date(noon - 100 * HOUR),
    endsAt: endsAt === null ? null : new Date(endsAt),
    createdAt: new Date(0),
  });
const hours = (from: number, to: number, catchUp = false): PauseSpan => ({
  from: noon + from * HOUR + 1,
  to: noon + to * HOUR,
  catchUp,
});
const plan = (pauses: PauseSpan[], rules: Partial<PlanInput> = {}) =>
  planAroundPauses(
    {
      schedule: every(HOUR),
      nextRunAt: noon - 5 * HOUR,
      now: noon + MINUTE,
      horizon: noon + MINUTE + 2_000,
      misfirePolicy: 'fire_once',
      misfireThresholdMs: 2 * MINUTE,
      catchupWindowMs: 24 * HOUR,
      runsLeft: Infinity,
      ...rules,
    },
    pauses,
  );
const gap = (from: number, to: number, detail: string | null = null) => ({
  from: noon + from * HOUR,
  to: noon + to * HOUR,
  count: to - from + 1,
  reason: 'system_paused',
  detail,
});

describe('planAroundPauses', () => {
  it('tells of what fell into a pause as a gap, and leaves the rest to the misfire policy', () => {
    expect(plan([hours(-4, -1)])).toEqual({
      catchUp: [noon - 4 * HOUR],
      run: [noon],
      notRun: [{ at: noon - 5 * HOUR, status: 'missed', reason: 'policy' }],
      gaps: [gap(-3, -1)],
      nextRunAt: noon + HOUR,
    });
  });

  it('takes an instant that is the beginning for before it, and one that is the end for in it', () => {
    expect(plan([hours(-5, 0)], { misfirePolicy: 'skip' })).toMatchObject({
      notRun: [{ at: noon - 5 * HOUR }],
      gaps: [gap(-4, 0)],
      run: [],
    });
  });

  it('applies the policy to a pause that is caught up with, and tells of it where it leaves much out', () => {
    const nextRunAt = noon - 40 * HOUR;
    expect(
      plan([hours(-30, -1, true)], { nextRunAt, catchupWindowMs: 100 * HOUR, misfirePolicy: 'skip' }).gaps,
    ).toEqual([
      { from: nextRunAt, to: noon - 30 * HOUR, count: 11, reason: 'scheduler_down', detail: 'policy' },
      gap(-29, -1, 'policy'),
    ]);
  });

  it('ends a schedule that had its end in a pause, with its times told', () => {
    expect(
      plan([hours(-4, 0)], { schedule: every(HOUR, noon - 2 * HOUR), nextRunAt: noon - 3 * HOUR }),
    ).toEqual({
      catchUp: [],
      run: [],
      notRun: [],
      gaps: [gap(-3, -2)],
      nextRunAt: undefined,
    });
  });

  it('puts each nominal time that has come into exactly one place, whatever the pauses', () => {
    const arbitraryPauses = fc
      .uniqueArray(fc.integer({ min: -60 * 30, max: 0 }), { maxLength: 6 })
      .map((minutes) => minutes.toSorted((a, b) => a - b))
      .chain((minutes) =>
        fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }).map((flags) =>
          flags.flatMap((catchUp, index): PauseSpan[] => {
            const [from, to] = [minutes[2 * index], minutes[2 * index + 1]];
            return from === undefined || to === undefined
              ? []
              : [{ from: noon + from * MINUTE + 1, to: noon + to * MINUTE, catchUp }];
          }),
        ),
      );
    fc.assert(
      fc.property(
        arbitraryPauses,
        fc.integer({ min: 3, max: 400 }),
        fc.constantFrom(...MISFIRE_POLICIES),
        fc.constantFrom(0, HOUR, 12 * HOUR, 48 * HOUR),
        fc.constantFrom(1, 3, Infinity),
        (pauses, minutes, misfirePolicy, catchupWindowMs, runsLeft) => {
          const schedule = every(minutes * MINUTE);
          const nextRunAt = schedule.next(noon - 31 * HOUR) ?? NaN;
          const made = plan(pauses, { schedule, nextRunAt, misfirePolicy, catchupWindowMs, runsLeft });
          const runs = [...made.catchUp, ...made.run];
          const end = made.nextRunAt ?? Math.max(...runs) + 1;
          const told = [...runs, ...made.notRun.map(({ at }) => at)];
          for (const { from, to, count } of made.gaps) {
            expect(schedule.count(from, to)).toBe(count);
            for (let at: number | undefined = from; at !== undefined && at <= to; at = schedule.next(at))
              told.push(at);
          }
          const expected: number[] = [];
          for (let at: number | undefined = nextRunAt; at !== undefined && at < end; at = schedule.next(at))
            expected.push(at);
          expect(told.toSorted((a, b) => a - b)).toEqual(expected);
          const leftOut = pauses.filter(({ catchUp }) => !catchUp);
          expect(runs.filter((at) => leftOut.some(({ from, to }) => from <= at && at <= to))).toEqual([]);
        },
      ),
      { numRuns: 500 },
    );
  });
});
