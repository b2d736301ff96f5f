import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jobSchedule, nextRunFrom, type ScheduleFields } from './job-schedule.js';

const created = Date.UTC(2026, 0, 1, 0, 0, 7);
const MINUTE = 60_000;

const fields: ScheduleFields = {
  scheduleType: 'interval',
  scheduledAt: null,
  cronExpression: null,
  timezone: 'UTC',
  dstGap: 'shift',
  dstOverlap: 'first',
  everyMs: 90 * MINUTE,
  startsAt: null,
  endsAt: null,
  createdAt: new Date(created),
};

describe('interval schedules', () => {
  it('count from the creation, which is the first time', () => {
    const schedule = jobSchedule(fields);
    expect(schedule.next(created - 1)).toBe(created);
    expect(schedule.next(created)).toBe(created + 90 * MINUTE);
    expect(schedule.previous(created)).toBeUndefined();
  });

  it('count from startsAt where there is one, and have nothing before it', () => {
    const startsAt = new Date(created + 10 * MINUTE);
    const schedule = jobSchedule({ ...fields, startsAt });
    expect(schedule.next(created)).toBe(startsAt.getTime());
    expect(schedule.next(startsAt.getTime())).toBe(startsAt.getTime() + 90 * MINUTE);
    expect(schedule.count(created, startsAt.getTime())).toBe(1);
  });

  it('agree with counting on fingers', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 500 }),
        fc.integer({ min: -2_000, max: 5_000 }),
        fc.integer({ min: 0, max: 5_000 }),
        fc.option(fc.integer({ min: 0, max: 3_000 }), { nil: undefined }),
        (everyMs, from, length, end) => {
          const endsAt = end === undefined ? null : new Date(created + end);
          const schedule = jobSchedule({ ...fields, everyMs, endsAt });
          const all: number[] = [];
          for (let at = created; at <= created + 20_000; at += everyMs) {
            if (at <= (endsAt?.getTime() ?? Infinity)) all.push(at);
          }
          const instant = created + from;
          expect(schedule.next(instant)).toBe(all.find((at) => at > instant));
          expect(schedule.previous(instant)).toBe(all.findLast((at) => at < instant));
          expect(schedule.count(instant, instant + length)).toBe(
            all.filter((at) => at >= instant && at <= instant + length).length,
          );
        },
      ),
    );
  });
});

describe('startsAt and endsAt', () => {
  const hourly = {
    ...fields,
    scheduleType: 'recurring' as const,
    everyMs: null,
    cronExpression: '0 * * * *',
    startsAt: new Date('2026-02-01T12:00:00Z'),
    endsAt: new Date('2026-02-01T14:00:00Z'),
  };

  it('bound a cron schedule, both included', () => {
    const schedule = jobSchedule(hourly);
    const at = (time: string) => Date.parse(`2026-02-01T${time}:00Z`);
    expect(schedule.next(created)).toBe(at('12:00'));
    expect(schedule.next(at('13:00'))).toBe(at('14:00'));
    expect(schedule.next(at('14:00'))).toBeUndefined();
    expect(schedule.previous(at('12:00'))).toBeUndefined();
    expect(schedule.previous(at('23:00'))).toBe(at('14:00'));
    expect(schedule.count(created, at('23:00'))).toBe(3);
  });
});

describe('dstGap skip', () => {
  it('keeps the time that does not exist as an occurrence that is skipped', () => {
    const schedule = jobSchedule({
      ...fields,
      scheduleType: 'recurring',
      everyMs: null,
      cronExpression: '30 2 * * *',
      timezone: 'Europe/Paris',
      dstGap: 'skip',
    });
    const changeDay = Date.parse('2026-03-29T01:30:00Z');
    expect(schedule.next(changeDay - 1)).toBe(changeDay);
    expect(schedule.skipReason(changeDay)).toBe('dst_gap');
    expect(nextRunFrom(schedule, changeDay)).toBe(Date.parse('2026-03-30T00:30:00Z'));
    expect(schedule.skipReason(Date.parse('2026-03-30T00:30:00Z'))).toBeUndefined();
  });
});
