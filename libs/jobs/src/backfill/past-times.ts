import type { Closings } from '#scheduling';
import type { JobEntity } from '../entities/job.entity.js';
import { nominalTimes, type ScheduleVersion } from '../ledger/schedule-history.js';
import { type JobSchedule, jobSchedule, type SkipReason } from '../schedule/job-schedule.js';

/** A nominal time of the past, and why the schedule itself left it out, if it did. Epoch milliseconds. */
export interface PastTime {
  at: number;
  skipReason: SkipReason | undefined;
  /** Was the job there at the time? Then the ledger has told of it. */
  isOfRecord: boolean;
}

/**
 * The nominal times of [from, to], oldest first: by the versions of record since the job was created, by its schedule as
 * it is now before that. At most `limit`.
 * @param closings when the job's calendars are closed as they are now
 */
export function pastTimes(
  job: JobEntity,
  versions: ScheduleVersion[],
  closings: Closings | undefined,
  { from, to }: { from: number; to: number },
  limit: number,
): PastTime[] {
  const createdAt = versions[0]?.effectiveAt ?? job.createdAt.getTime();
  const before = timesOf(scheduleBefore(job, closings, from), from, Math.min(to, createdAt), limit);
  const since = nominalTimes(versions, Math.max(from, createdAt + 1), to, limit - before.length);
  return [
    ...before,
    ...since.map(({ at, version }) => ({
      at,
      skipReason: version.schedule.skipReason(at),
      isOfRecord: true,
    })),
  ];
}

function timesOf(schedule: JobSchedule, from: number, to: number, limit: number): PastTime[] {
  const times: PastTime[] = [];
  let at = schedule.next(from - 1);
  while (at !== undefined && at <= to && times.length < limit) {
    times.push({ at, skipReason: schedule.skipReason(at), isOfRecord: false });
    at = schedule.next(at);
  }
  return times;
}

/** Even steps that are counted from the creation of the job are counted backwards, too. */
function scheduleBefore(job: JobEntity, closings: Closings | undefined, from: number): JobSchedule {
  const { createdAt: created, ...fields } = job;
  const createdAt = created.getTime();
  if (job.scheduleType !== 'interval' || job.everyMs === null || job.startsAt !== null || from >= createdAt) {
    return jobSchedule(job, closings);
  }
  const steps = Math.ceil((createdAt - from) / job.everyMs);
  return jobSchedule({ ...fields, createdAt: new Date(createdAt - steps * job.everyMs) }, closings);
}
