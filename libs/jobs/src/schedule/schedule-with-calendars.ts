import { closingsSince } from '#calendars';
import type { SqlRunner } from '#database';
import { type JobSchedule, jobSchedule, type ScheduleFields } from './job-schedule.js';

/**
 * The schedule of a job with what its calendars leave out, each nominal time judged by the version of a calendar that was
 * in force at it. `skipReason(at) === 'blackout'` says whether a time is closed.
 * @param sinceMs the earliest nominal time that will be asked about
 */
export async function scheduleWithCalendars(
  runner: SqlRunner,
  job: ScheduleFields & { calendars: string[] },
  sinceMs: number,
): Promise<JobSchedule> {
  return jobSchedule(job, await closingsSince(runner, job.calendars, sinceMs));
}
