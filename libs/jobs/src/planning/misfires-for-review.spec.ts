import { describe, expect, it } from 'vitest';
import { anyOf, closingsOf } from '#scheduling';
import { jobSchedule } from '../schedule/job-schedule.js';
import { misfiresForReview } from './misfires-for-review.js';

const HOUR = 3_600_000;
/** A Monday. */
const NOON = Date.UTC(2026, 5, 1, 12);
const HOURLY = {
  scheduleType: 'recurring' as const,
  scheduledAt: null,
  cronExpression: '0 * * * *',
  timezone: 'UTC',
  dstGap: 'shift' as const,
  dstOverlap: 'first' as const,
  everyMs: null,
  startsAt: null,
  endsAt: null,
  createdAt: new Date(0),
};
const schedule = jobSchedule(HOURLY);
const planOf = (catchUp: number[]) => ({ catchUp, run: [], notRun: [], gaps: [], nextRunAt: undefined });

describe('misfires for review', () => {
  const now = NOON + 10 * 60_000;
  const nextRunAt = NOON - 3 * HOUR;

  it('are all there were, from the first to the last that would run', () => {
    expect(misfiresForReview(schedule, planOf([NOON]), { nextRunAt, now, reviewAfterMs: HOUR })).toEqual({
      from: nextRunAt,
      to: NOON,
      count: 4,
    });
  });

  it.each([
    ['nothing would run', planOf([]), { nextRunAt, now, reviewAfterMs: HOUR }],
    ['nothing is to be reviewed', planOf([NOON]), { nextRunAt, now, reviewAfterMs: 0 }],
    ['the first is no later than that', planOf([NOON]), { nextRunAt: NOON, now, reviewAfterMs: 600_000 }],
  ])('are none where %s', (_, plan, situation) => {
    expect(misfiresForReview(schedule, plan, situation)).toBeUndefined();
  });

  it('are not what calendars kept closed', () => {
    const weekend = {
      timezone: 'UTC',
      dates: [],
      weekly: [{ days: ['SAT' as const, 'SUN' as const], from: '00:00', to: '24:00', label: null }],
      imports: [],
    };
    const closed = jobSchedule(HOURLY, anyOf([closingsOf(weekend)]));
    const monday = Date.UTC(2026, 5, 1);
    const saturday = monday - 48 * HOUR;
    const plan = planOf([monday]);
    const late = { nextRunAt: saturday, now: monday + 120_000, reviewAfterMs: HOUR };
    expect(misfiresForReview(closed, plan, late)).toBeUndefined();
    expect(misfiresForReview(closed, planOf([NOON]), { ...late, now })).toEqual({
      from: monday,
      to: NOON,
      count: 13,
    });
  });
});
