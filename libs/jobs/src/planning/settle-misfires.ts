import type { MissReason } from '#contracts';
import { closureAt } from '../schedule/job-schedule.js';
import type { Plan, PlanInput } from './plan-occurrences.js';
import { tellMissed } from './tell-not-run.js';

/** The most misfires `fire_all` catches up with (docs/semantics.md, "Misfire"). */
export const CATCH_UP_CAP = 1_000;

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
    const closure = closureAt(schedule, at);
    if (!closure && schedule.skipReason(at) === undefined) {
      tell(input, plan, at + 1, skippedSince, 'policy');
      newestFirst.push(at);
      skippedSince = at - 1;
    }
    at = schedule.previous(closure?.from ?? at);
  }
  return newestFirst.toReversed();
}

function tell(
  { schedule, gapReason }: PlanInput,
  plan: Plan,
  from: number,
  to: number,
  detail: MissReason,
): void {
  tellMissed(schedule, plan, { from, to }, { gap: gapReason ?? 'scheduler_down', detail });
}
