import type { ExecutionReason, GapReason } from '#contracts';
import type { JobSchedule } from '../schedule/job-schedule.js';

export interface PlanInput {
  /** The first nominal time not yet in the ledger. All instants are epoch milliseconds. */
  nextRunAt: number;
  now: number;
  /** Occurrences up to here are planned. */
  horizon: number;
  schedule: JobSchedule;
  misfireThresholdMs: number;
  catchupWindowMs: number;
}

/** Every nominal time from `nextRunAt` on goes into exactly one of these, or waits behind the new `nextRunAt`. */
export interface Plan {
  /** To run, oldest first. */
  run: number[];
  /** Not run, each with a row that says why. */
  missed: { at: number; reason: ExecutionReason }[];
  /** Not run, too many for single rows: both ends are nominal times. */
  gap: { from: number; to: number; count: number; reason: GapReason } | undefined;
  nextRunAt: number | undefined;
}

/** The most occurrences of one job one look plans; the next look goes on. */
const MAX_PER_LOOK = 1_000;

/**
 * Decides what becomes of the nominal times of a job that have come due. Late by more than the threshold is a
 * misfire; policy `fire_once`: the latest misfire runs now if it lies within the catch-up window, the ones
 * before it are a gap. (docs/semantics.md, "Misfire")
 */
export function planOccurrences(input: PlanInput): Plan {
  const { schedule, now, horizon, misfireThresholdMs } = input;
  const plan: Plan = { run: [], missed: [], gap: undefined, nextRunAt: input.nextRunAt };
  if (input.nextRunAt < now - misfireThresholdMs) settleMisfires(input, plan);
  while (plan.nextRunAt !== undefined && plan.nextRunAt <= horizon && plan.run.length < MAX_PER_LOOK) {
    plan.run.push(plan.nextRunAt);
    plan.nextRunAt = schedule.next(plan.nextRunAt);
  }
  return plan;
}

function settleMisfires(
  { nextRunAt, now, schedule, misfireThresholdMs, catchupWindowMs }: PlanInput,
  plan: Plan,
): void {
  const latest = Math.max(schedule.previous(now - misfireThresholdMs) ?? nextRunAt, nextRunAt);
  if (latest >= now - catchupWindowMs) {
    plan.run.push(latest);
  } else {
    plan.missed.push({ at: latest, reason: 'catchup_window' });
  }
  const count = schedule.count(nextRunAt, latest - 1);
  if (count > 0) {
    const to = schedule.previous(latest) ?? nextRunAt;
    plan.gap = { from: nextRunAt, to, count, reason: 'scheduler_down' };
  }
  plan.nextRunAt = schedule.next(latest);
}
