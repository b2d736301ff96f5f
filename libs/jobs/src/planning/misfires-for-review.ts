import { countRuns, type JobSchedule, nextRunFrom } from '../schedule/job-schedule.js';
import type { Plan } from './plan-occurrences.js';

/** The misfires of a job that are to be reviewed: the first, the last, and how many. Epoch milliseconds. */
export interface ReviewedMisfires {
  from: number;
  to: number;
  count: number;
}

/**
 * The misfires of a plan, where they are to wait for a review: something would be caught up with, and the earliest is later
 * than `reviewAfterMs`. What calendars kept closed was not late.
 * @param nextRunAt the first nominal time the plan decided about
 * @param reviewAfterMs 0: nothing is reviewed
 */
export function misfiresForReview(
  schedule: JobSchedule,
  plan: Plan,
  { nextRunAt, now, reviewAfterMs }: { nextRunAt: number; now: number; reviewAfterMs: number },
): ReviewedMisfires | undefined {
  const to = plan.catchUp.at(-1);
  if (to === undefined || reviewAfterMs === 0) return undefined;
  const from = nextRunFrom(schedule, nextRunAt);
  if (from === undefined || from >= now - reviewAfterMs) return undefined;
  return { from, to, count: countRuns(schedule, from, to) };
}
