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
  /** How often the schedule may still run, after which it has no nominal times any more. */
  runsLeft: number;
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
  let at = plan.nextRunAt;
  for (let looked = 0; at !== undefined && at <= horizon && looked < MAX_PER_LOOK; looked += 1) {
    if (plan.catchUp.length + plan.run.length >= input.runsLeft) break;
    const reason = schedule.skipReason(at);
    if (reason === undefined) plan.run.push(at);
    else plan.notRun.push({ at, status: 'skipped', reason });
    at = schedule.next(at);
  }
  plan.nextRunAt = at;
  if (plan.catchUp.length + plan.run.length >= input.runsLeft) endAfterLastRun(plan, input.runsLeft);
  return plan;
}

/** Nothing after the last run the schedule allows is an occurrence. */
function endAfterLastRun(plan: Plan, runsLeft: number): void {
  plan.catchUp = plan.catchUp.slice(0, runsLeft);
  plan.run = plan.run.slice(0, runsLeft - plan.catchUp.length);
  const last = plan.run.at(-1) ?? plan.catchUp.at(-1) ?? -Infinity;
  plan.notRun = plan.notRun.filter(({ at }) => at <= last);
  plan.gaps = plan.gaps.filter(({ to }) => to <= last);
  plan.nextRunAt = undefined;
}
