import type { EntityManager } from 'typeorm';
import { countInLedger, insertExecutions } from '#executions';
import type { JobEntity } from '../entities/job.entity.js';
import { ScheduleGapEntity } from '../entities/schedule-gap.entity.js';
import { newId } from '#database';
import { knownTimes } from '../ledger/known-times.js';
import { stretchesAround } from '../ledger/stretches.js';
import { tellGap, type Told } from '../planning/tell-not-run.js';
import { type JobSchedule, jobSchedule, nextRunFrom } from '../schedule/job-schedule.js';
import { nextRunAt, NOTHING_TO_COME } from '../schedule/next-run.js';
import { scheduleWithCalendars } from '../schedule/schedule-with-calendars.js';
import { pausesSince, sectionsOf } from '../system-pause/pause-spans.js';
import { ChronosError, type GapReason } from '#contracts';

/**
 * Sets a job's next nominal time from `now` on. A job that is to run at once gets its execution with it, in the same
 * transaction. Save the job before, so that the execution can refer to it, and after.
 */
export async function armJob(manager: EntityManager, job: JobEntity, now: number): Promise<void> {
  await setFirstRun(manager, job, now);
  job.runsDone = 0;
  job.runsDoneUntil = new Date(now);
  job.failuresSince = new Date(now);
  if (job.scheduleType !== 'immediate') return;
  await insertExecutions(manager, [
    {
      jobId: job.id,
      type: job.type,
      trigger: 'api',
      status: 'scheduled',
      scheduledFor: now,
      priority: job.priority,
      maxAttempts: job.maxRetries + 1,
    },
  ]);
}

async function setFirstRun(manager: EntityManager, job: JobEntity, now: number): Promise<void> {
  if (job.scheduleType === 'immediate' || job.scheduleType === 'chained') {
    Object.assign(job, NOTHING_TO_COME);
    return;
  }
  const schedule = await scheduleWithCalendars(manager, job, now);
  const first = job.scheduleType === 'scheduled' ? job.scheduledAt?.getTime() : schedule.next(now);
  assertRuns(job, schedule, first);
  Object.assign(job, nextRunAt(schedule, first));
}

/**
 * A job that is to run must be given a time at which it does.
 * @throws ChronosError VALIDATION_FAILED on the field that leaves none
 */
export function assertRuns(job: JobEntity, schedule: JobSchedule, first: number | undefined): void {
  if (first !== undefined && nextRunFrom(schedule, first) !== undefined) return;
  const unclosed = jobSchedule(job);
  if (first !== undefined && nextRunFrom(unclosed, first) !== undefined) throw closedForGood(job);
  throw job.endsAt
    ? ChronosError.invalid('endsAt', 'leaves no time to run at; give a later one')
    : ChronosError.invalid('cronExpression', 'never fires again; give an expression that does');
}

function closedForGood(job: JobEntity): ChronosError {
  const what =
    job.scheduleType === 'scheduled'
      ? 'are closed at scheduledAt'
      : 'are closed at every time of the schedule';
  return ChronosError.invalid('calendars', `${what}; leave one out, or choose another time`);
}

/**
 * Tells the ledger that the nominal times from `fromMs` to `toMs`, both included, came and went without running.
 * Those that have a row of their own are left to it, and those a calendar had closed are told as such. Unless the job
 * itself was paused, a pause of everything is the better reason for what fell into it. Writes nothing where there were none.
 */
export async function recordGap(
  manager: EntityManager,
  job: JobEntity,
  fromMs: number,
  toMs: number,
  reason: GapReason,
): Promise<void> {
  const known = (await knownTimes(manager, [{ jobId: job.id, from: fromMs, to: toMs }])).get(job.id) ?? [];
  const schedule = await scheduleWithCalendars(manager, job, fromMs);
  const pauses = reason === 'paused' ? [] : await pausesSince(manager, fromMs, toMs);
  const told: Told = { notRun: [], gaps: [] };
  for (const section of sectionsOf(fromMs, toMs, pauses)) {
    tellGap(schedule, told, section, section.span ? 'system_paused' : reason);
  }
  await insertExecutions(
    manager,
    told.notRun.map(({ at, status, reason: why }) => ({
      jobId: job.id,
      type: job.type,
      trigger: 'schedule' as const,
      status,
      reason: why,
      scheduledFor: at,
      priority: job.priority,
      maxAttempts: job.maxRetries + 1,
    })),
  );
  const gaps = told.gaps.flatMap((gap) =>
    stretchesAround(schedule, gap.from, gap.to, known).map(({ from, to, count }) =>
      manager.create(ScheduleGapEntity, {
        id: newId(),
        jobId: job.id,
        fromAt: new Date(from),
        toAt: new Date(to),
        reason: gap.reason,
        count,
      }),
    ),
  );
  if (gaps.length > 0) await manager.insert(ScheduleGapEntity, gaps);
  countInLedger(
    manager,
    gaps.map((gap) => ({ kind: 'gap', reason: gap.reason, times: gap.count })),
  );
}
