import { stretchesAround } from '../ledger/stretches.js';
import type { JobSchedule } from '../schedule/job-schedule.js';
import { outside, type PauseSpan, sectionsOf } from '../system-pause/pause-spans.js';
import { type Plan, type PlanInput, planOccurrences } from './plan-occurrences.js';
import { type PlannedGap, tellGap, type Told } from './tell-not-run.js';

/**
 * As `planOccurrences`, for times in which everything was paused. What a pause left out is a gap with the reason
 * `system_paused` and of no account to misfire policies; where it was resumed with `catchUp`, the policies decide, and the
 * reason stands in what they leave out as well. What a calendar had closed is told as such in any case.
 * @param pauses oldest first
 */
export function planAroundPauses(input: PlanInput, pauses: readonly PauseSpan[]): Plan {
  if (pauses.length === 0) return planOccurrences(input);
  const leftOut = pauses.filter(({ catchUp }) => !catchUp);
  const schedule: JobSchedule = { ...input.schedule, ...outside(input.schedule, leftOut) };
  const first = schedule.next(input.nextRunAt - 1);
  const plan: Plan =
    first === undefined
      ? { catchUp: [], run: [], notRun: [], gaps: [], nextRunAt: undefined }
      : planOccurrences({ ...input, schedule, nextRunAt: first });
  const end = accountedUntil(plan, input.runsLeft);
  const paused: Told = { notRun: [], gaps: [] };
  for (const { from, to } of leftOut) {
    const stretch = { from: Math.max(from, input.nextRunAt), to: Math.min(to, end) };
    tellGap(input.schedule, paused, stretch, 'system_paused');
  }
  const gaps = plan.gaps.flatMap((gap) => splitAtPauses(gap, schedule, pauses));
  return { ...plan, notRun: [...plan.notRun, ...paused.notRun], gaps: [...gaps, ...paused.gaps] };
}

/** A gap must not reach over what is told of elsewhere. */
function splitAtPauses(gap: PlannedGap, schedule: JobSchedule, pauses: readonly PauseSpan[]): PlannedGap[] {
  return sectionsOf(gap.from, gap.to, pauses).flatMap(({ from, to, span }) => {
    const reason = span && gap.reason !== 'blackout' ? 'system_paused' : gap.reason;
    return stretchesAround(schedule, from, to, []).map((stretch) =>
      Object.assign(stretch, { reason, detail: gap.detail }),
    );
  });
}

/** Up to where the plan tells of nominal times: behind it they wait, or the schedule has none. */
function accountedUntil({ catchUp, run, nextRunAt }: Plan, runsLeft: number): number {
  if (nextRunAt !== undefined) return nextRunAt - 1;
  if (catchUp.length + run.length < runsLeft) return Infinity;
  return run.at(-1) ?? catchUp.at(-1) ?? -Infinity;
}
