import type { MissReason } from '#contracts';
import type { Plan, PlanInput } from './plan-occurrences.js';

/** The most misfires `fire_all` catches up with (docs/semantics.md, "Misfire"). */
export const CATCH_UP_CAP = 1_000;
/** More nominal times in a row than this, not run for one reason, are told in one gap instead of a row each. */
const MAX_SINGLE_ROWS = 20;

/**
 * Puts every misfire into the plan and moves it past them: those before the catch-up window are missed, of those
 * inside it the policy picks what runs. Costs the same for a minute and for a year of outage, but for what is told singly.
 */
export function settleMisfires(input: PlanInput, plan: Plan): void {
  const { nextRunAt, now, schedule, misfireThresholdMs, catchupWindowMs } = input;
  const latest = Math.max(schedule.previous(now - misfireThresholdMs) ?? nextRunAt, nextRunAt);
  const windowFrom = Math.max(now - catchupWindowMs, nextRunAt);
  plan.catchUp = choose(input, plan, windowFrom, latest);
  const firstRun = plan.catchUp[0] ?? latest + 1;
  tell(input, plan, nextRunAt, Math.min(windowFrom - 1, latest), 'catchup_window');
  tell(input, plan, windowFrom, firstRun - 1, input.misfirePolicy === 'fire_all' ? 'cap' : 'policy');
  plan.nextRunAt = schedule.next(latest);
}

/**
 * The misfires of [from, latest] that run: always the newest of them, as many as the policy lets run. What the schedule
 * itself skips among them is told of here.
 */
function choose(input: PlanInput, plan: Plan, from: number, latest: number): number[] {
  const { schedule, misfirePolicy } = input;
  const limit = { fire_once: 1, fire_all: CATCH_UP_CAP, skip: 0 }[misfirePolicy];
  const newestFirst: number[] = [];
  let skippedSince = latest;
  let at: number | undefined = latest;
  while (at !== undefined && at >= from && newestFirst.length < limit) {
    if (schedule.skipReason(at) === undefined) {
      tell(input, plan, at + 1, skippedSince, 'policy');
      newestFirst.push(at);
      skippedSince = at - 1;
    }
    at = schedule.previous(at);
  }
  return newestFirst.toReversed();
}

/** Accounts for the nominal times of [from, to] that do not run. */
function tell({ schedule, gapReason }: PlanInput, plan: Plan, from: number, to: number, reason: MissReason) {
  const count = schedule.count(from, to);
  if (count === 0) return;
  if (count > MAX_SINGLE_ROWS) {
    const first = schedule.next(from - 1) ?? from;
    const last = schedule.previous(to + 1) ?? to;
    plan.gaps.push({ from: first, to: last, count, reason: gapReason ?? 'scheduler_down', detail: reason });
    return;
  }
  let at = schedule.next(from - 1);
  while (at !== undefined && at <= to) {
    const skipped = schedule.skipReason(at);
    plan.notRun.push(skipped ? { at, status: 'skipped', reason: skipped } : { at, status: 'missed', reason });
    at = schedule.next(at);
  }
}
