import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MISFIRE_POLICIES } from '#contracts';
import { jobSchedule, type JobSchedule, type ScheduleFields } from '../schedule/job-schedule.js';
import { type PlanInput, planOccurrences } from './plan-occurrences.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const noon = Date.UTC(2026, 5, 1, 12);

const plain: ScheduleFields = {
  scheduleType: 'recurring',
  scheduledAt: null,
  cronExpression: null,
  timezone: 'UTC',
  dstGap: 'shift',
  dstOverlap: 'first',
  everyMs: null,
  startsAt: null,
  endsAt: null,
  createdAt: new Date(noon),
};
const cron = (cronExpression: string, more: Partial<ScheduleFields> = {}): JobSchedule =>
  jobSchedule({ ...plain, cronExpression, ...more });

type Rules = Partial<Pick<PlanInput, 'misfirePolicy' | 'catchupWindowMs' | 'gapReason' | 'runsLeft'>>;

const plan = (schedule: JobSchedule, nextRunAt: number, now: number, rules: Rules = {}) =>
  planOccurrences({
    schedule,
    nextRunAt,
    now,
    horizon: now + 2_000,
    misfirePolicy: 'fire_once',
    misfireThresholdMs: MINUTE,
    catchupWindowMs: 24 * HOUR,
    runsLeft: Infinity,
    ...rules,
  });

const NOTHING = { catchUp: [], run: [], notRun: [], gaps: [] };

describe('planOccurrences', () => {
  it('plans what is due within the horizon and moves on', () => {
    expect(plan(cron('0 * * * *'), noon, noon - 1_500)).toEqual({
      ...NOTHING,
      run: [noon],
      nextRunAt: noon + HOUR,
    });
  });

  it('plans nothing before its time', () => {
    expect(plan(cron('0 * * * *'), noon, noon - 5_000)).toMatchObject({ run: [], nextRunAt: noon });
  });

  it('plans each occurrence of a schedule that fires several times within the horizon', () => {
    expect(plan(cron('* * * * * *'), noon, noon).run).toEqual([noon, noon + 1_000, noon + 2_000]);
  });

  it('runs what is late by less than the threshold, every one of it', () => {
    expect(plan(cron('*/20 * * * * *'), noon, noon + 50_000).run).toEqual([
      noon,
      noon + 20_000,
      noon + 40_000,
    ]);
  });

  describe('misfires', () => {
    const afterThreeHours = noon + 3 * HOUR + 10 * MINUTE;
    const hourly = cron('0 * * * *');
    const missed = (reason: string, ...hours: number[]) =>
      hours.map((hour) => ({ at: noon + hour * HOUR, status: 'missed', reason }));

    it('fire_once runs the latest and has a row for each of the others', () => {
      expect(plan(hourly, noon, afterThreeHours)).toEqual({
        ...NOTHING,
        catchUp: [noon + 3 * HOUR],
        notRun: missed('policy', 0, 1, 2),
        nextRunAt: noon + 4 * HOUR,
      });
    });

    it('fire_all runs all of them, oldest first', () => {
      expect(plan(hourly, noon, afterThreeHours, { misfirePolicy: 'fire_all' })).toEqual({
        ...NOTHING,
        catchUp: [noon, noon + HOUR, noon + 2 * HOUR, noon + 3 * HOUR],
        nextRunAt: noon + 4 * HOUR,
      });
    });

    it('skip runs none of them', () => {
      expect(plan(hourly, noon, afterThreeHours, { misfirePolicy: 'skip' })).toEqual({
        ...NOTHING,
        notRun: missed('policy', 0, 1, 2, 3),
        nextRunAt: noon + 4 * HOUR,
      });
    });

    it('runs nothing older than the catch-up window, whatever the policy', () => {
      const rules = { misfirePolicy: 'fire_all', catchupWindowMs: 2 * HOUR } as const;
      expect(plan(hourly, noon, afterThreeHours, rules)).toMatchObject({
        catchUp: [noon + 2 * HOUR, noon + 3 * HOUR],
        notRun: missed('catchup_window', 0, 1),
      });
      expect(plan(hourly, noon, afterThreeHours, { catchupWindowMs: 5 * MINUTE })).toMatchObject({
        catchUp: [],
        notRun: missed('catchup_window', 0, 1, 2, 3),
      });
    });

    it('an occurrence exactly as old as the window is inside it', () => {
      expect(plan(hourly, noon, noon + HOUR - 1, { catchupWindowMs: HOUR - 1 }).catchUp).toEqual([noon]);
      expect(plan(hourly, noon, noon + HOUR - 1, { catchupWindowMs: HOUR - 2 }).catchUp).toEqual([]);
    });

    it('fire_all is capped at the last 1,000; the ones before are told of in a gap', () => {
      const now = noon + 1_200 * MINUTE + 30_000;
      const result = plan(cron('* * * * *'), noon, now, { misfirePolicy: 'fire_all' });
      expect(result.catchUp).toHaveLength(1_000);
      expect(result.catchUp.at(-1)).toBe(noon + 1_199 * MINUTE);
      expect(result.gaps).toEqual([
        { from: noon, to: noon + 199 * MINUTE, count: 200, reason: 'scheduler_down', detail: 'cap' },
      ]);
    });

    it('tells of many in one gap for each reason', () => {
      const now = noon + 10 * HOUR + 10 * MINUTE;
      const rules = { catchupWindowMs: 5 * HOUR, gapReason: 'paused' } as const;
      expect(plan(cron('*/10 * * * *'), noon, now, rules)).toMatchObject({
        catchUp: [noon + 10 * HOUR],
        notRun: [],
        gaps: [
          { from: noon, to: noon + 5 * HOUR, count: 31, reason: 'paused', detail: 'catchup_window' },
          {
            from: noon + 5 * HOUR + 10 * MINUTE,
            to: noon + 10 * HOUR - 10 * MINUTE,
            count: 29,
            detail: 'policy',
          },
        ],
        run: [noon + 10 * HOUR + 10 * MINUTE],
      });
    });

    it('a moment that has passed runs once, unless the policy or the window is against it', () => {
      const moment = jobSchedule({ ...plain, scheduleType: 'scheduled', scheduledAt: new Date(noon) });
      const once = { ...NOTHING, catchUp: [noon], nextRunAt: undefined };
      expect(plan(moment, noon, noon + HOUR)).toEqual(once);
      expect(plan(moment, noon, noon + HOUR, { misfirePolicy: 'fire_all' })).toEqual(once);
      expect(plan(moment, noon, noon + HOUR, { misfirePolicy: 'skip' })).toMatchObject({
        catchUp: [],
        notRun: missed('policy', 0),
      });
      expect(plan(moment, noon, noon + HOUR, { catchupWindowMs: MINUTE })).toMatchObject({
        catchUp: [],
        notRun: missed('catchup_window', 0),
      });
    });
  });

  describe('a time that does not exist, under dstGap skip', () => {
    // New York, 8 March 2026: 02:30 does not exist; under shift it would run at 03:30, 07:30 UTC.
    const schedule = cron('30 2 * * *', { timezone: 'America/New_York', dstGap: 'skip' });
    const changeDay = Date.UTC(2026, 2, 8, 7, 30);
    const dayAfter = Date.UTC(2026, 2, 9, 6, 30);

    it('is in the ledger as skipped at its moment', () => {
      expect(plan(schedule, changeDay, changeDay)).toEqual({
        ...NOTHING,
        notRun: [{ at: changeDay, status: 'skipped', reason: 'dst_gap' }],
        nextRunAt: dayAfter,
      });
    });

    it('is no misfire to catch up with, whatever the policy', () => {
      const skipped = { at: changeDay, status: 'skipped', reason: 'dst_gap' };
      for (const misfirePolicy of MISFIRE_POLICIES) {
        const result = plan(schedule, changeDay, changeDay + 2 * HOUR, { misfirePolicy });
        expect(result).toMatchObject({ catchUp: [], notRun: [skipped], nextRunAt: dayAfter });
      }
      const rules = { catchupWindowMs: 48 * HOUR };
      const both = plan(schedule, changeDay - 24 * HOUR, changeDay + 2 * HOUR, rules);
      expect(both).toMatchObject({ catchUp: [changeDay - 24 * HOUR], notRun: [skipped] });
    });
  });

  describe('runs left', () => {
    const hourly = cron('0 * * * *');

    it('ends with the last one', () => {
      expect(plan(hourly, noon, noon, { runsLeft: 1 })).toEqual({
        ...NOTHING,
        run: [noon],
        nextRunAt: undefined,
      });
      expect(plan(hourly, noon, noon, { runsLeft: 2 }).nextRunAt).toBe(noon + HOUR);
      expect(plan(hourly, noon, noon, { runsLeft: 0 })).toEqual({ ...NOTHING, nextRunAt: undefined });
    });

    it('counts what is caught up with, oldest first', () => {
      const rules = { runsLeft: 2, misfirePolicy: 'fire_all' } as const;
      expect(plan(hourly, noon, noon + 3 * HOUR + 600_000, rules)).toEqual({
        ...NOTHING,
        catchUp: [noon, noon + HOUR],
        nextRunAt: undefined,
      });
    });

    it('does not count what is missed', () => {
      const rules = { runsLeft: 1, misfirePolicy: 'skip' } as const;
      expect(plan(hourly, noon, noon + HOUR + 600_000, rules).nextRunAt).toBe(noon + 2 * HOUR);
    });
  });

  it('accounts for every nominal time exactly once, whatever the delay', () => {
    const expressions = ['*/10 * * * * *', '* * * * *', '*/7 * * * *', '0 */3 * * *', '30 2 * * 1'];
    fc.assert(
      fc.property(
        fc.constantFrom(...expressions),
        fc.integer({ min: 0, max: 30 * 24 * HOUR }),
        fc.integer({ min: 0, max: 40 * 24 * HOUR }),
        fc.constantFrom(...MISFIRE_POLICIES),
        (expression, delay, catchupWindowMs, misfirePolicy) => {
          const schedule = cron(expression);
          const first = schedule.next(noon) ?? noon;
          const result = plan(schedule, first, first + delay, { catchupWindowMs, misfirePolicy });
          const single = [...result.catchUp, ...result.run, ...result.notRun.map(({ at }) => at)];
          const inGaps = result.gaps.reduce((sum, { count }) => sum + count, 0);
          expect(new Set(single).size).toBe(single.length);
          expect(single.length + inGaps).toBe(schedule.count(first, (result.nextRunAt ?? Infinity) - 1));
          for (const at of single) expect(schedule.next(at - 1)).toBe(at);
          for (const gap of result.gaps) {
            expect(schedule.count(gap.from, gap.to)).toBe(gap.count);
            expect(single.filter((at) => gap.from <= at && at <= gap.to)).toEqual([]);
          }
        },
      ),
    );
  });
});
