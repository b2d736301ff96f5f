import type { EntityManager } from 'typeorm';
import { insertExecutions } from '#executions';
import type { JobEntity } from '../entities/job.entity.js';
import { ScheduleGapEntity } from '../entities/schedule-gap.entity.js';
import { newId } from '#database';
import { knownTimes } from '../ledger/known-times.js';
import { stretchesAround } from '../ledger/stretches.js';
import { jobSchedule, nextRunFrom } from '../schedule/job-schedule.js';
import { ChronosError, type GapReason } from '#contracts';

/**
 * Sets a job's next nominal time from `now` on. A job that is to run at once gets its execution with it, in the same
 * transaction. Save the job before, so that the execution can refer to it, and after.
 */
export async function armJob(manager: EntityManager, job: JobEntity, now: number): Promise<void> {
  job.nextRunAt = firstNominalTime(job, now);
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

function firstNominalTime(job: JobEntity, now: number): Date | null {
  if (job.scheduleType === 'immediate') return null;
  if (job.scheduleType === 'scheduled') return job.scheduledAt;
  const schedule = jobSchedule(job);
  const next = schedule.next(now);
  if (next === undefined || nextRunFrom(schedule, next) === undefined) throw neverAgain(job);
  return new Date(next);
}

function neverAgain(job: JobEntity): ChronosError {
  return job.endsAt
    ? ChronosError.invalid('endsAt', 'leaves no time to run at; give a later one')
    : ChronosError.invalid('cronExpression', 'never fires again; give an expression that does');
}

/**
 * Tells the ledger that the nominal times from `fromMs` to `toMs`, both included, came and went without running.
 * Those that have a row of their own are left to it. Writes nothing where there were none.
 */
export async function recordGap(
  manager: EntityManager,
  job: JobEntity,
  fromMs: number,
  toMs: number,
  reason: GapReason,
): Promise<void> {
  const known = await knownTimes(manager, [{ jobId: job.id, from: fromMs, to: toMs }]);
  const stretches = stretchesAround(jobSchedule(job), fromMs, toMs, known.get(job.id) ?? []);
  if (stretches.length === 0) return;
  await manager.insert(
    ScheduleGapEntity,
    stretches.map(({ from, to, count }) => ({
      id: newId(),
      jobId: job.id,
      fromAt: new Date(from),
      toAt: new Date(to),
      reason,
      count,
    })),
  );
}
