import type { ExecutionReason } from '#contracts';
import {
  type Closings,
  type Closure,
  countBetween,
  type DstPolicies,
  scheduleOf,
  type ZoneTimeline,
} from '#scheduling';
import type { JobEntity } from '../entities/job.entity.js';
import { intervalTimes } from './interval-times.js';

/** Nominal times. Epoch milliseconds. */
export interface Times {
  /** The first nominal time strictly after an instant. */
  next(afterMs: number): number | undefined;
  /** The last nominal time strictly before an instant. */
  previous(beforeMs: number): number | undefined;
  /** How many nominal times lie from `fromMs` to `toMs`, both included. */
  count(fromMs: number, toMs: number): number;
}

export type SkipReason = Extract<ExecutionReason, 'dst_gap' | 'blackout'>;

/** The nominal times of a job, whatever its schedule type: all that the ledger accounts for, also what will not run. */
export interface JobSchedule extends Times {
  /** Why the occurrence of a nominal time does not run although it is in the schedule; undefined where it does. */
  skipReason(atMs: number): SkipReason | undefined;
  /** The stretch closed by the job's calendars that an instant lies in, or else the next to come; undefined where there is none. */
  closureFrom(instantMs: number): Closure | undefined;
}

export type ScheduleFields = Pick<
  JobEntity,
  | 'scheduleType'
  | 'scheduledAt'
  | 'cronExpression'
  | 'timezone'
  | 'dstGap'
  | 'dstOverlap'
  | 'everyMs'
  | 'startsAt'
  | 'endsAt'
  | 'createdAt'
>;

/**
 * @param closings when the job's calendars are closed; nominal times within are skipped, whatever their jitter
 * @param timeline what the clocks of its zone do, where that is not what the zone data of this process say
 * @throws ChronosError VALIDATION_FAILED where the cron expression or the zone is not valid
 */
export function jobSchedule(job: ScheduleFields, closings?: Closings, timeline?: ZoneTimeline): JobSchedule {
  const times = timesOf(job, timeline);
  return {
    next: (afterMs) => times.next(afterMs),
    previous: (beforeMs) => times.previous(beforeMs),
    count: (fromMs, toMs) => times.count(fromMs, toMs),
    skipReason: (atMs) => (closings?.closureAt(atMs) ? 'blackout' : times.dstSkipReason(atMs)),
    closureFrom: (instantMs) => closings?.closureFrom(instantMs),
  };
}

interface UnclosedTimes extends Times {
  dstSkipReason(atMs: number): 'dst_gap' | undefined;
}

function timesOf(job: ScheduleFields, timeline?: ZoneTimeline): UnclosedTimes {
  const startMs = job.startsAt?.getTime() ?? -Infinity;
  const endMs = job.endsAt?.getTime() ?? Infinity;
  if (job.scheduleType === 'recurring' && job.cronExpression !== null) {
    return cronTimes(job, job.cronExpression, startMs, endMs, timeline);
  }
  if (job.scheduleType === 'interval' && job.everyMs !== null) {
    const times = intervalTimes(job.everyMs, (job.startsAt ?? job.createdAt).getTime());
    return { ...within(times, startMs, endMs), dstSkipReason: () => undefined };
  }
  return { ...momentTimes(job.scheduledAt?.getTime()), dstSkipReason: () => undefined };
}

/**
 * Under `dstGap: skip` a time that does not exist is an occurrence, too: one that is skipped, kept under the instant
 * at which `shift` would have run it. One that falls on another occurrence is that one.
 */
function cronTimes(
  job: ScheduleFields,
  expression: string,
  startMs: number,
  endMs: number,
  timeline?: ZoneTimeline,
): UnclosedTimes {
  const { dstGap, dstOverlap, timezone } = job;
  const scheduleWith = (policies: DstPolicies) => {
    const schedule = scheduleOf(expression, timezone, policies);
    return timeline ? schedule.over(timeline) : schedule;
  };
  const cron = scheduleWith({ dstGap: 'shift', dstOverlap });
  const times = within(
    {
      next: (afterMs) => cron.next(afterMs),
      previous: (beforeMs) => cron.previous(beforeMs),
      count: (fromMs, toMs) => countBetween(cron, { fromExclusive: fromMs - 1, toInclusive: toMs }),
    },
    startMs,
    endMs,
  );
  if (dstGap === 'shift') return { ...times, dstSkipReason: () => undefined };
  const running = scheduleWith({ dstGap, dstOverlap });
  return { ...times, dstSkipReason: (atMs) => (running.next(atMs - 1) === atMs ? undefined : 'dst_gap') };
}

function within(times: Times, startMs: number, endMs: number): Times {
  if (startMs === -Infinity && endMs === Infinity) return times;
  const inside = (at: number | undefined) =>
    at === undefined || at < startMs || at > endMs ? undefined : at;
  return {
    next: (afterMs) => inside(times.next(Math.max(afterMs, startMs - 1))),
    previous: (beforeMs) => inside(times.previous(Math.min(beforeMs, endMs + 1))),
    count: (fromMs, toMs) => {
      const [from, to] = [Math.max(fromMs, startMs), Math.min(toMs, endMs)];
      return from > to ? 0 : times.count(from, to);
    },
  };
}

function momentTimes(momentMs: number | undefined): Times {
  return {
    next: (afterMs) => (momentMs !== undefined && momentMs > afterMs ? momentMs : undefined),
    previous: (beforeMs) => (momentMs !== undefined && momentMs < beforeMs ? momentMs : undefined),
    count: (fromMs, toMs) => (momentMs !== undefined && fromMs <= momentMs && momentMs <= toMs ? 1 : 0),
  };
}

/** No schedule leaves out more nominal times, or meets more closures, in a row than this, but for one that never runs. */
const MAX_SKIPS = 1_000;
/** Nor for longer than closures are followed: a rare schedule would otherwise be looked through for centuries. */
const MAX_SKIPPED_MS = 12 * 366 * 86_400_000;

/** The first nominal time from an instant on, itself included, that runs; undefined where none does for 12 years. */
export function nextRunFrom(schedule: JobSchedule, fromMs: number): number | undefined {
  const first = schedule.next(fromMs - 1);
  let at = first;
  for (let skips = 0; at !== undefined && schedule.skipReason(at) !== undefined; skips += 1) {
    if (skips >= MAX_SKIPS || at - (first ?? at) > MAX_SKIPPED_MS) return undefined;
    at = schedule.next((closureAt(schedule, at)?.to ?? at + 1) - 1);
  }
  return at;
}

/** The closure of the job's calendars that an instant lies in; undefined where they are open. */
export function closureAt(schedule: JobSchedule, instantMs: number): Closure | undefined {
  const closure = schedule.closureFrom(instantMs);
  return closure && closure.from <= instantMs ? closure : undefined;
}

/** How many nominal times from `fromMs` to `toMs`, both included, calendars leave open. */
export function countRuns(schedule: JobSchedule, fromMs: number, toMs: number): number {
  let count = schedule.count(fromMs, toMs);
  for (let closure = schedule.closureFrom(fromMs); closure && closure.from <= toMs;) {
    count -= schedule.count(Math.max(closure.from, fromMs), Math.min(closure.to - 1, toMs));
    closure = schedule.closureFrom(closure.to);
  }
  return count;
}
