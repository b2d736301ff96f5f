import type { GapReason, MisfirePolicy } from '#contracts';
import type { Closure } from '#scheduling';
import { closureAt, type JobSchedule } from '../schedule/job-schedule.js';
import { settleMisfires } from './settle-misfires.js';
import { tellClosed, tellClosedSingly, type Told } from './tell-not-run.js';

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

/** Every nominal time from `nextRunAt` on goes into exactly one of these, or waits behind the new `nextRunAt`. */
export interface Plan extends Told {
  /** Misfires that run all the same, oldest first, each under its own nominal time; to be paced. */
  catchUp: number[];
  /** To run at their time, oldest first. */
  run: number[];
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
    const closure = closureAt(schedule, at);
    if (closure) {
      const { next, isOver } = passClosure(input, plan, at, closure);
      at = next;
      if (!isOver) break;
      continue;
    }
    const reason = schedule.skipReason(at);
    if (reason === undefined) plan.run.push(at);
    else plan.notRun.push({ at, status: 'skipped', reason });
    at = schedule.next(at);
  }
  plan.nextRunAt = at;
  if (plan.catchUp.length + plan.run.length >= input.runsLeft) endAfterLastRun(plan, input.runsLeft);
  return plan;
}

/**
 * Tells of the nominal times from `at` on that lie in a closure: those that have come, and all of them once the next after
 * it is to be planned. What is still to come may yet be edited, and is left alone.
 */
function passClosure(
  { schedule, now, horizon }: PlanInput,
  plan: Plan,
  at: number,
  closure: Closure,
): { next: number | undefined; isOver: boolean } {
  const last = closure.to - 1;
  const after = schedule.next(last);
  const come = Math.min(now, last);
  if (at <= come) tellClosed(schedule, plan, { from: at, to: come });
  if (last > now && (after === undefined || after > horizon)) {
    return { next: at <= come ? schedule.next(come) : at, isOver: false };
  }
  if (last > now) tellClosedSingly(schedule, plan, { from: Math.max(at, now + 1), to: last });
  return { next: after, isOver: true };
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
