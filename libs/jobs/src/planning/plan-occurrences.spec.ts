import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jobSchedule, type JobSchedule } from '../schedule/job-schedule.js';
import { planOccurrences } from './plan-occurrences.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const noon = Date.UTC(2026, 5, 1, 12);

const cron = (cronExpression: string): JobSchedule =>
  jobSchedule({
    scheduleType: 'recurring',
    scheduledAt: null,
    cronExpression,
    timezone: 'UTC',
    dstGap: 'shift',
    dstOverlap: 'first',
  });

const plan = (schedule: JobSchedule, nextRunAt: number, now: number, catchupWindowMs = 24 * HOUR) =>
  planOccurrences({
    schedule,
    nextRunAt,
    now,
    horizon: now + 2_000,
    misfireThresholdMs: MINUTE,
    catchupWindowMs,
  });

describe('planOccurrences', () => {
  it('plans what is due within the horizon and moves on', () => {
    expect(plan(cron('0 * * * *'), noon, noon - 1_500)).toEqual({
      run: [noon],
      missed: [],
      gap: undefined,
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

  it('after an outage runs the latest missed occurrence and tells of the others in one gap', () => {
    const now = noon + 3 * HOUR + 10 * MINUTE;
    expect(plan(cron('0 * * * *'), noon, now)).toEqual({
      run: [noon + 3 * HOUR],
      missed: [],
      gap: { from: noon, to: noon + 2 * HOUR, count: 3, reason: 'scheduler_down' },
      nextRunAt: noon + 4 * HOUR,
    });
  });

  it('runs nothing older than the catch-up window', () => {
    const now = noon + 3 * HOUR + 10 * MINUTE;
    expect(plan(cron('0 * * * *'), noon, now, 5 * MINUTE)).toMatchObject({
      run: [],
      missed: [{ at: noon + 3 * HOUR, reason: 'catchup_window' }],
      gap: { from: noon, to: noon + 2 * HOUR, count: 3 },
    });
  });

  it('runs a moment that has passed, once', () => {
    const moment = jobSchedule({
      scheduleType: 'scheduled',
      scheduledAt: new Date(noon),
      cronExpression: null,
      timezone: 'UTC',
      dstGap: 'shift',
      dstOverlap: 'first',
    });
    expect(plan(moment, noon, noon + HOUR)).toEqual({
      run: [noon],
      missed: [],
      gap: undefined,
      nextRunAt: undefined,
    });
  });

  it('accounts for every nominal time exactly once, whatever the delay', () => {
    const expressions = ['*/10 * * * * *', '* * * * *', '*/7 * * * *', '0 */3 * * *', '30 2 * * 1'];
    fc.assert(
      fc.property(
        fc.constantFrom(...expressions),
        fc.integer({ min: 0, max: 30 * 24 * HOUR }),
        fc.integer({ min: MINUTE, max: 40 * 24 * HOUR }),
        (expression, delay, catchupWindowMs) => {
          const schedule = cron(expression);
          const first = schedule.next(noon) ?? noon;
          const result = plan(schedule, first, first + delay, catchupWindowMs);
          const accounted = result.run.length + result.missed.length + (result.gap?.count ?? 0);
          expect(accounted).toBe(schedule.count(first, (result.nextRunAt ?? Infinity) - 1));
          const single = [...result.run, ...result.missed.map(({ at }) => at)];
          for (const at of single) expect(schedule.next(at - 1)).toBe(at);
          if (result.gap) expect(Math.min(...single)).toBeGreaterThan(result.gap.to);
        },
      ),
    );
  });
});
