import type { ExecutionReason } from '#contracts';
import { countBetween, scheduleOf } from '#scheduling';
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

/** The nominal times of a job, whatever its schedule type: all that the ledger accounts for, also what will not run. */
export interface JobSchedule extends Times {
  /** Why the occurrence of a nominal time does not run although it is in the schedule; undefined where it does. */
  skipReason(atMs: number): Extract<ExecutionReason, 'dst_gap'> | undefined;
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

/** @throws ChronosError VALIDATION_FAILED where the cron expression or the zone is not valid */
export function jobSchedule(job: ScheduleFields): JobSchedule {
  const startMs = job.startsAt?.getTime() ?? -Infinity;
  const endMs = job.endsAt?.getTime() ?? Infinity;
  if (job.scheduleType === 'recurring' && job.cronExpression !== null) {
    return cronTimes(job, job.cronExpression, startMs, endMs);
  }
  if (job.scheduleType === 'interval' && job.everyMs !== null) {
    const times = intervalTimes(job.everyMs, (job.startsAt ?? job.createdAt).getTime());
    return { ...within(times, startMs, endMs), skipReason: () => undefined };
  }
  return { ...momentTimes(job.scheduledAt?.getTime()), skipReason: () => undefined };
}

/**
 * Under `dstGap: skip` a time that does not exist is an occurrence, too: one that is skipped, kept under the instant
 * at which `shift` would have run it. One that falls on another occurrence is that one.
 */
function cronTimes(job: ScheduleFields, expression: string, startMs: number, endMs: number): JobSchedule {
  const { dstGap, dstOverlap, timezone } = job;
  const cron = scheduleOf(expression, timezone, { dstGap: 'shift', dstOverlap });
  const times = within(
    {
      next: (afterMs) => cron.next(afterMs),
      previous: (beforeMs) => cron.previous(beforeMs),
      count: (fromMs, toMs) => countBetween(cron, { fromExclusive: fromMs - 1, toInclusive: toMs }),
    },
    startMs,
    endMs,
  );
  if (dstGap === 'shift') return { ...times, skipReason: () => undefined };
  const running = scheduleOf(expression, timezone, { dstGap, dstOverlap });
  return { ...times, skipReason: (atMs) => (running.next(atMs - 1) === atMs ? undefined : 'dst_gap') };
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

/** No schedule leaves out more nominal times in a row than this, but for one that never runs. */
const MAX_SKIPS = 1_000;

/** The first nominal time from an instant on, itself included, that runs. */
export function nextRunFrom(schedule: JobSchedule, fromMs: number): number | undefined {
  let at = schedule.next(fromMs - 1);
  for (let skips = 0; at !== undefined && schedule.skipReason(at) !== undefined; skips += 1) {
    if (skips >= MAX_SKIPS) return undefined;
    at = schedule.next(at);
  }
  return at;
}
