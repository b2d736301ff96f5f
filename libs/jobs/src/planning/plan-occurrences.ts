import type { ExecutionReason, GapReason, MisfirePolicy, MissReason } from '#contracts';
import type { JobSchedule } from '../schedule/job-schedule.js';
import { settleMisfires } from './settle-misfires.js';

export interface PlanInput {
  /** The first nominal time not yet in the ledger. All instants are epoch milliseconds. */
  nextRunAt: number;
  now: number;
  /** Occurrences up to here are planned. */
  horizon: number;
  schedule: JobSchedule;
  misfirePolicy: MisfirePolicy;
  misfireThresholdMs: number;
  catchupWindowMs: number;
  /** Why misfires that become a stretch did not run at their time; default `scheduler_down`. */
  gapReason?: GapReason;
}

/** A stretch of nominal times too many for single rows: both ends are nominal times. */
export interface PlannedGap {
  from: number;
  to: number;
  count: number;
  reason: GapReason;
  detail: MissReason;
}

/** Every nominal time from `nextRunAt` on goes into exactly one of these, or waits behind the new `nextRunAt`. */
export interface Plan {
  /** Misfires that run all the same, oldest first, each under its own nominal time; to be paced. */
  catchUp: number[];
  /** To run at their time, oldest first. */
  run: number[];
  /** Not run, each with a row that says why. */
  notRun: { at: number; status: 'missed' | 'skipped'; reason: ExecutionReason }[];
  gaps: PlannedGap[];
  nextRunAt: number | undefined;
}

/** The most occurrences of one job one look plans; the next look goes on. */
const MAX_PER_LOOK = 1_000;

/**
 * Decides what becomes of the nominal times of a job that have come due. Late by more than the threshold is a
 * misfire, about which the job's policy decides; all else runs. (docs/semantics.md, "Misfire")
 */
export function planOccurrences(input: PlanInput): Plan {
  const { schedule, now, horizon, misfireThresholdMs } = input;
  const plan: Plan = { catchUp: [], run: [], notRun: [], gaps: [], nextRunAt: input.nextRunAt };
  if (input.nextRunAt < now - misfireThresholdMs) settleMisfires(input, plan);
  while (plan.nextRunAt !== undefined && plan.nextRunAt <= horizon && plan.run.length < MAX_PER_LOOK) {
    plan.run.push(plan.nextRunAt);
    plan.nextRunAt = schedule.next(plan.nextRunAt);
  }
  return plan;
}
