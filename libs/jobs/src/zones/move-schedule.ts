import {
  countBetween,
  type CronSchedule,
  firstMoved,
  type MovedOccurrence,
  sameLocalTime,
  scheduleOf,
  type ZoneTimeline,
} from '#scheduling';
import { type PlannedJobRow, scheduleOfRow } from '../planning/planned-job.js';

export interface MoveInput {
  job: PlannedJobRow;
  /** What the clocks of its zone were taken to do. All instants are epoch milliseconds. */
  former: ZoneTimeline;
  /** From when the former record tells something, and until when. */
  knownFrom: number;
  knownUntil: number;
  /** Nominal times after this one are those of the job's present version. */
  effectiveAt: number;
  /** When the new data were taken up. */
  adoptedAt: number;
  /** How often the schedule may still run at most. */
  runsLeft: number;
}

/** What new zone data do to a schedule; all instants in epoch milliseconds. */
export interface ScheduleMove {
  nextRunAt: number | undefined;
  /** Nominal times up to this one are those of the former data, */
  untilAt: number;
  /** after this one those of the new. */
  effectiveAt: number;
  /** The first run to come that has another instant now. */
  moved: MovedOccurrence | undefined;
}

/**
 * Works out a recurring job's next nominal time anew. What the ledger has is left to the former data: a local time that
 * ran does not run again because its instant is another one now, and one that the new data put into the past and that did
 * not run is due at once, as a misfire.
 * @returns undefined where the new data make no difference to it
 */
export function moveSchedule(input: MoveInput): ScheduleMove | undefined {
  const { job, effectiveAt, knownFrom, knownUntil } = input;
  const [former, present] = bothSchedules(input);
  const boundary = boundaryOf(input, former, present);
  if (boundary === undefined) return undefined;
  const from = Math.max(boundary.untilAt, job.starts_at?.getTime() ?? -Infinity);
  const until = Math.min(knownUntil, job.ends_at?.getTime() ?? Infinity);
  const moved = firstMoved(former, present, { fromExclusive: from, toInclusive: until });
  const isOfAccount = moved && !runsOutBefore(present, from, moved, input.runsLeft);
  const past = { fromExclusive: Math.max(effectiveAt, knownFrom), toInclusive: boundary.untilAt };
  const isSame = boundary.nextRunAt === job.next_run_at.getTime();
  if (isSame && !isOfAccount && !firstMoved(former, present, past)) return undefined;
  return { ...boundary, moved: isOfAccount ? moved : undefined };
}

/** As it runs, so that what `dstGap: skip` leaves out counts as what does not run. */
function bothSchedules({ job, former }: MoveInput): [former: CronSchedule, present: CronSchedule] {
  const { dst_gap: dstGap, dst_overlap: dstOverlap } = job;
  const present = scheduleOf(job.cron_expression ?? '', job.timezone, { dstGap, dstOverlap });
  return [present.over(former), present];
}

/** Where the former data end and the new begin; undefined for a schedule made with the new ones. */
function boundaryOf(
  { job, former, effectiveAt, adoptedAt }: MoveInput,
  formerCron: CronSchedule,
  presentCron: CronSchedule,
): Pick<ScheduleMove, 'nextRunAt' | 'untilAt' | 'effectiveAt'> | undefined {
  const nextRunAt = job.next_run_at.getTime();
  const [before, after] = [scheduleOfRow(job, undefined, former), scheduleOfRow(job, undefined)];
  const isOf = (schedule: typeof after) => schedule.next(nextRunAt - 1) === nextRunAt;
  if (isOf(after) && effectiveAt > adoptedAt) return undefined;
  // A process with the new data has planned it since they were taken up.
  if (isOf(after) && !isOf(before)) return { nextRunAt, untilAt: adoptedAt, effectiveAt: adoptedAt };
  const last = before.previous(nextRunAt);
  if (last === undefined || last <= effectiveAt) {
    return { nextRunAt: after.next(effectiveAt), untilAt: effectiveAt, effectiveAt };
  }
  const shown = presentCron.followsElapsedTime ? last : sameLocalTime(last, formerCron, presentCron);
  const presentFrom = Math.max(last, shown);
  return { nextRunAt: after.next(presentFrom), untilAt: last, effectiveAt: presentFrom };
}

function runsOutBefore(
  schedule: CronSchedule,
  fromExclusive: number,
  { before, after }: MovedOccurrence,
  runsLeft: number,
): boolean {
  if (runsLeft === Infinity) return false;
  const movedAt = Math.min(before ?? Infinity, after ?? Infinity);
  return countBetween(schedule, { fromExclusive, toInclusive: movedAt - 1 }) >= runsLeft;
}
