import { type CronSchedule, dstNote, leftOutNote, localTimeOf, scheduleOf } from '#scheduling';
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
  const cron = cronOf(job);
  const entries: LedgerForecast[] = [];
  let before: number | undefined;
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
        note:
          cron && reason === null ? (dstNote(cron, at, before ?? runBefore(cron, at, now)) ?? null) : null,
        why: whyForecast(status, reason, job.status === 'paused' ? null : pauseReason),
      });
    }
    if (reason === null && at >= from) before = at;
    at = next;
  }
  const last = entries.at(-1);
  if (cron && before !== undefined && last?.reason === null && runs < runsLeft) {
    last.note = joined(
      last.note,
      leftOutInView(cron, before, Math.min(to, at ?? job.endsAt?.getTime() ?? to)),
    );
  }
  return entries;
}

/** Undefined where no wall clock is read. */
function cronOf({
  scheduleType,
  cronExpression,
  timezone,
  dstGap,
  dstOverlap,
}: JobEntity): CronSchedule | undefined {
  if (scheduleType !== 'recurring' || cronExpression === null) return undefined;
  return scheduleOf(cronExpression, timezone, { dstGap, dstOverlap });
}

/** Wherever a view begins, what clocks leave out before its first run is told there. */
function runBefore(cron: CronSchedule, at: number, now: number): number {
  return Math.min(Math.max(cron.previous(at) ?? now, now), at);
}

/** Under `dstGap: skip` what is left out has an entry of its own. */
function leftOutInView(cron: CronSchedule, since: number, until: number): string | undefined {
  return cron.followsElapsedTime ? leftOutNote(cron, since, until) : undefined;
}

function joined(note: string | null, more: string | undefined): string | null {
  return more === undefined ? note : [note, more].filter(Boolean).join(' ');
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
