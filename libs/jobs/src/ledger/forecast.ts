import { dstNote, localTimeOf, scheduleOf } from '#scheduling';
import type { JobEntity } from '../entities/job.entity.js';
import { effectiveTime } from '../schedule/effective-time.js';
import { closureAt, type JobSchedule } from '../schedule/job-schedule.js';
import { type LedgerForecast, whyForecast } from './ledger-entry.js';
import type { LedgerSituation } from './ledger-situation.js';

export interface ForecastRange {
  /** Epoch milliseconds, both included. */
  from: number;
  to: number;
  limit: number;
}

/** The occurrences to come of a job as it stands, from the first that is not in the ledger yet. */
export function forecast(
  job: JobEntity,
  schedule: JobSchedule,
  { now, runsLeft, pauseReason }: LedgerSituation,
  { from, to, limit }: ForecastRange,
): LedgerForecast[] {
  if (!job.nextRunAt || job.scheduleType === 'immediate') return [];
  const entries: LedgerForecast[] = [];
  let before = Math.max(now, from);
  let runs = 0;
  let at = schedule.next(job.nextRunAt.getTime() - 1);
  // Runs before the range are of account only where they are numbered.
  if (runsLeft === Infinity && at !== undefined && at < from) at = schedule.next(from - 1);
  while (at !== undefined && at <= to && entries.length < limit && runs < runsLeft) {
    const reason = schedule.skipReason(at) ?? null;
    if (reason === null) runs += 1;
    const closed = at < from ? closureAt(schedule, at) : undefined;
    const next = schedule.next(closed ? Math.max(at, Math.min(closed.to, from) - 1) : at);
    if (at >= from) {
      const status = statusOf(job, at, now, {
        isSkipped: reason !== null,
        isSystemPaused: pauseReason !== null,
      });
      entries.push({
        kind: 'forecast',
        at: new Date(at).toISOString(),
        localTime: localTimeOf(new Date(at), job.timezone),
        dueAt: new Date(effectiveTime(job.id, at, job.jitterMs, next)).toISOString(),
        status,
        reason,
        note: reason === null ? noteOf(job, at, before) : null,
        why: whyForecast(status, reason, job.status === 'paused' ? null : pauseReason),
      });
    }
    if (reason === null && at >= from) before = at;
    at = next;
  }
  return entries;
}

function statusOf(
  job: JobEntity,
  at: number,
  now: number,
  { isSkipped, isSystemPaused }: { isSkipped: boolean; isSystemPaused: boolean },
): LedgerForecast['status'] {
  if (isSkipped) return 'skipped';
  if (job.status === 'paused' || isSystemPaused) return 'held';
  return at < now ? 'overdue' : 'expected';
}

function noteOf(job: JobEntity, at: number, before: number): string | null {
  if (job.scheduleType !== 'recurring' || job.cronExpression === null) return null;
  const { dstGap, dstOverlap } = job;
  const schedule = scheduleOf(job.cronExpression, job.timezone, { dstGap, dstOverlap });
  return dstNote(schedule, at, Math.min(before, at)) ?? null;
}
