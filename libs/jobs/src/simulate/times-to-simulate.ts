import { closureAt, type JobSchedule, type SkipReason } from '../schedule/job-schedule.js';

/** The nominal times of a range, by whether they run where no other run is in the way. */
export interface TimesToSimulate {
  /** Those that run. Ascending, epoch milliseconds. */
  times: number[];
  /** The others, as stretches that have one reason. Ascending. */
  leftOut: LeftOut[];
  /** How far was looked; undefined: to the end of the range. Epoch milliseconds. */
  brokenOffAt?: number;
}

export interface LeftOut {
  /** The first of them. */
  at: number;
  reason: SkipReason;
  count: number;
}

/**
 * From `fromMs` to `toMs`, both included.
 * @param max breaks off after so many times that run and stretches that do not
 */
export function timesToSimulate(
  schedule: JobSchedule,
  fromMs: number,
  toMs: number,
  max: number,
): TimesToSimulate {
  const times: number[] = [];
  const leftOut: LeftOut[] = [];
  let at = schedule.next(fromMs - 1);
  let lastMs = fromMs;
  while (at !== undefined && at <= toMs) {
    if (times.length + leftOut.length >= max) return { times, leftOut, brokenOffAt: lastMs };
    const reason = schedule.skipReason(at);
    const endMs = Math.min(closureAt(schedule, at)?.to ?? at + 1, toMs + 1);
    if (reason === undefined) times.push(at);
    else leftOut.push({ at, reason, count: schedule.count(at, endMs - 1) });
    lastMs = endMs - 1;
    at = schedule.next(lastMs);
  }
  return { times, leftOut };
}
