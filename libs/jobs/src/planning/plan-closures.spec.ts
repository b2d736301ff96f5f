import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CalendarRules, MISFIRE_POLICIES, WEEKDAYS } from '#contracts';
import { closedBetween, closingsOf } from '#scheduling';
import {
  countRuns,
  jobSchedule,
  type JobSchedule,
  nextRunFrom,
  type ScheduleFields,
} from '../schedule/job-schedule.js';
import { nextRunAt } from '../schedule/next-run.js';
import { type PlanInput, planOccurrences } from './plan-occurrences.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const at = (text: string) => Date.parse(`2026-06-${text}:00Z`);

const RULES: CalendarRules = {
  timezone: 'UTC',
  dates: [{ from: '2026-06-10', to: '2026-06-11', label: null }],
  weekly: [{ days: [...WEEKDAYS], from: '22:00', to: '06:00', label: null }],
  imports: [],
};
const CLOSED = closingsOf(RULES);

const fields = (cronExpression: string, more: Partial<ScheduleFields> = {}): ScheduleFields => ({
  scheduleType: 'recurring',
  scheduledAt: null,
  cronExpression,
  timezone: 'UTC',
  dstGap: 'shift',
  dstOverlap: 'first',
  everyMs: null,
  startsAt: null,
  endsAt: null,
  createdAt: new Date('2026-01-01T00:00Z'),
  ...more,
});
const cron = (expression: string, more?: Partial<ScheduleFields>) =>
  jobSchedule(fields(expression, more), CLOSED);

const plan = (schedule: JobSchedule, next: number, now: number, more: Partial<PlanInput> = {}) =>
  planOccurrences({
    schedule,
    nextRunAt: next,
    now,
    horizon: now + 2_000,
    misfirePolicy: 'fire_once',
    misfireThresholdMs: MINUTE,
    catchupWindowMs: 24 * HOUR,
    runsLeft: Infinity,
    ...more,
  });
const NOTHING = { catchUp: [], run: [], notRun: [], gaps: [] };
const skipped = (time: number) => ({ at: time, status: 'skipped', reason: 'blackout' });

describe('a closure', () => {
  const everyMinute = cron('* * * * *');
  const hourly = cron('0 * * * *');

  it('is not told of before it has come, and leaves the job before it', () => {
    expect(plan(hourly, at('01T22:00'), at('01T22:00') - 1_000)).toEqual({
      ...NOTHING,
      nextRunAt: at('01T22:00'),
    });
    expect(nextRunAt(hourly, at('01T22:00'))).toEqual({
      nextRunAt: new Date(at('01T22:00')),
      skipFrom: new Date(at('01T22:00')),
      runsAt: new Date(at('02T06:00')),
    });
  });

  it('is told of as far as it has come, many times in one gap', () => {
    expect(plan(everyMinute, at('01T22:00'), at('01T22:30') + 5_000)).toEqual({
      ...NOTHING,
      gaps: [{ from: at('01T22:00'), to: at('01T22:30'), count: 31, reason: 'blackout', detail: null }],
      nextRunAt: at('01T22:31'),
    });
    // However few they are of the many.
    expect(plan(everyMinute, at('01T22:31'), at('01T22:31') + 5_000).gaps).toMatchObject([{ count: 1 }]);
  });

  it('is told of in rows where it holds few', () => {
    expect(plan(hourly, at('01T22:00'), at('01T23:30'))).toEqual({
      ...NOTHING,
      notRun: [skipped(at('01T22:00')), skipped(at('01T23:00'))],
      nextRunAt: at('02T00:00'),
    });
  });

  it('ends with the run after it, however long it was: nothing of it is a misfire', () => {
    expect(plan(everyMinute, at('01T22:00'), at('02T06:00') - 1_000)).toEqual({
      ...NOTHING,
      gaps: [{ from: at('01T22:00'), to: at('02T05:59'), count: 480, reason: 'blackout', detail: null }],
      run: [at('02T06:00')],
      nextRunAt: at('02T06:01'),
    });
  });

  it('tells what is still to come in rows, which can be taken back', () => {
    const seconds = cron('* * * * * *');
    const { gaps, notRun, run } = plan(seconds, at('02T05:00'), at('02T06:00') - 1_500);
    expect(gaps).toMatchObject([{ to: at('02T06:00') - 2_000 }]);
    expect(notRun).toEqual([skipped(at('02T06:00') - 1_000)]);
    expect(run).toEqual([at('02T06:00')]);
  });

  it('is no outage, and an outage about it is none of it', () => {
    const result = plan(hourly, at('01T20:00'), at('02T08:30'));
    expect(result.catchUp).toEqual([at('02T08:00')]);
    expect(result.gaps).toEqual([]);
    expect(
      result.notRun.map(({ at: time, status, reason }) => [new Date(time).getUTCHours(), status, reason]),
    ).toEqual([
      [20, 'missed', 'policy'],
      [21, 'missed', 'policy'],
      ...[22, 23, 0, 1, 2, 3, 4, 5].map((hour) => [hour, 'skipped', 'blackout']),
      [6, 'missed', 'policy'],
      [7, 'missed', 'policy'],
    ]);
  });

  it('does not use up runs', () => {
    const rules = { runsLeft: 2, misfirePolicy: 'fire_all' } as const;
    expect(plan(hourly, at('01T21:00'), at('02T06:30'), rules)).toMatchObject({
      catchUp: [at('01T21:00'), at('02T06:00')],
      nextRunAt: undefined,
    });
  });

  it('at the one time of a job that runs once leaves it nothing', () => {
    const once = jobSchedule(
      {
        ...fields(''),
        scheduleType: 'scheduled',
        cronExpression: null,
        scheduledAt: new Date(at('10T12:00')),
      },
      CLOSED,
    );
    expect(nextRunFrom(once, 0)).toBeUndefined();
    expect(plan(once, at('10T12:00'), at('10T12:01'))).toEqual({
      ...NOTHING,
      notRun: [skipped(at('10T12:00'))],
      nextRunAt: undefined,
    });
  });

  it('that is never open at the times of a schedule leaves it nothing', () => {
    expect(nextRunFrom(cron('30 23 * * *'), at('01T00:00'))).toBeUndefined();
    expect(nextRunFrom(cron('0 12 10 6 *'), at('01T00:00'))).toBe(Date.UTC(2027, 5, 10, 12));
  });

  it('is looked beyond for a dozen years, not for the centuries that a thousand times of a rare schedule take', () => {
    const asked: number[] = [];
    const yearly = cron('30 23 24 12 *');
    const watched = { ...yearly, skipReason: (ms: number) => (asked.push(ms), yearly.skipReason(ms)) };
    expect(nextRunFrom(watched, at('01T00:00'))).toBeUndefined();
    expect(asked).toHaveLength(14);
  });
});

it('every nominal time is accounted for once, closed ones as a blackout and only those', () => {
  const expressions = ['*/10 * * * * *', '* * * * *', '*/7 * * * *', '0 */3 * * *', '30 2 * * 1'];
  fc.assert(
    fc.property(
      fc.constantFrom(...expressions),
      fc.integer({ min: 0, max: 30 * DAY }),
      fc.integer({ min: 0, max: 40 * DAY }),
      fc.constantFrom(...MISFIRE_POLICIES),
      fc.integer({ min: 0, max: 20 }),
      (expression, delay, catchupWindowMs, misfirePolicy, changedAfterDays) => {
        const edit = at('01T12:00') + changedAfterDays * DAY;
        const schedule = jobSchedule(fields(expression), closedBetween(CLOSED, -Infinity, edit));
        const first = schedule.next(at('01T12:00')) ?? 0;
        const result = plan(schedule, first, first + delay, { catchupWindowMs, misfirePolicy });
        const single = [...result.catchUp, ...result.run, ...result.notRun.map((row) => row.at)];
        const inGaps = result.gaps.reduce((sum, { count }) => sum + count, 0);
        expect(new Set(single).size).toBe(single.length);
        expect(single.length + inGaps).toBe(schedule.count(first, (result.nextRunAt ?? Infinity) - 1));
        for (const time of [...result.catchUp, ...result.run])
          expect(schedule.skipReason(time)).toBeUndefined();
        for (const row of result.notRun) {
          expect(schedule.skipReason(row.at)).toBe(row.status === 'skipped' ? row.reason : undefined);
        }
        for (const gap of result.gaps) {
          expect(schedule.count(gap.from, gap.to)).toBe(gap.count);
          expect([gap.from, gap.to].map((time) => schedule.skipReason(time) ?? 'none')).toEqual(
            Array(2).fill(gap.reason === 'blackout' ? 'blackout' : 'none'),
          );
        }
      },
    ),
  );
});

it('counting the runs of a range agrees with stepping through it', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('*/20 * * * *', '0 */5 * * *', '30 22 * * *'),
      fc.integer({ min: 0, max: 20 * DAY }),
      fc.integer({ min: 0, max: 5 * DAY }),
      (expression, offset, length) => {
        const schedule = cron(expression);
        const [from, to] = [at('01T00:00') + offset, at('01T00:00') + offset + length];
        let runs = 0;
        for (
          let time = schedule.next(from - 1);
          time !== undefined && time <= to;
          time = schedule.next(time)
        ) {
          if (schedule.skipReason(time) === undefined) runs += 1;
        }
        expect(countRuns(schedule, from, to)).toBe(runs);
      },
    ),
  );
});
