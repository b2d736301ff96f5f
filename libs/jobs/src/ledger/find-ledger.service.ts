import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import {
  type Actor,
  canAccess,
  ChronosError,
  type ExecutionReason,
  type ExecutionStatus,
  type ExecutionTrigger,
  type GapReason,
  isLive,
  type MissReason,
} from '#contracts';
import { queryRows, type SqlRunner } from '#database';
import { localTimeOf } from '#scheduling';
import { heldSql } from '../catchup/held.js';
import { JobEntity } from '../entities/job.entity.js';
import type { JobSchedule } from '../schedule/job-schedule.js';
import { scheduleWithCalendars } from '../schedule/schedule-with-calendars.js';
import { chainForecast } from './chain-forecast.js';
import { explainBlackouts } from './explain-blackouts.js';
import { forecast } from './forecast.js';
import { groupOccurrences, type OccurrenceGroup } from './group-occurrences.js';
import { type LedgerSituation, ledgerSituation } from './ledger-situation.js';
import {
  type LedgerEntry,
  type LedgerExecution,
  type LedgerForecast,
  type LedgerGap,
  type LedgerReview,
  whyExecution,
  whyGap,
  whySystemHeld,
} from './ledger-entry.js';

export interface LedgerRange {
  from: Date;
  to: Date;
  /** The most entries of one answer; what begins at one moment stays together, though. */
  limit: number;
}

export interface Ledger {
  entries: LedgerEntry[];
  /** What of the job waits for a review, wherever in time; null where nothing does. */
  review: LedgerReview | null;
  /** Ask again from here for the rest of the range; null where there is none. */
  nextFrom: string | null;
}

interface ExecutionRow {
  id: string;
  scheduled_for: Date;
  effective_at: Date;
  trigger: ExecutionTrigger;
  status: ExecutionStatus;
  reason: ExecutionReason | null;
  started_at: Date | null;
  finished_at: Date | null;
  retry_of: string | null;
  backfill_id: string | null;
  chain_run: string | null;
  is_held: boolean;
  decided_by_email: string | null;
  review_reason: string | null;
}

interface GapRow {
  from_at: Date;
  to_at: Date;
  count: number;
  filled: number;
  reason: GapReason;
  detail: MissReason | null;
  pause_reason: string | null;
}

interface ReviewRow {
  id: string;
  held: number;
  first: Date;
  last: Date;
  opened_at: Date;
}

/** The ledger of a job: what became of each of its times, and what is to come. */
@Injectable()
export class FindLedger {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Oldest first. Each occurrence has one entry, whatever retries and backfills have made of it. A gap that began before the
   * range and reaches into it is told of, too.
   * @throws ChronosError NOT_FOUND when there never was such a job, or it is somebody else's
   */
  async ledger(actor: Actor, jobId: string, range: LedgerRange): Promise<Ledger> {
    // One snapshot: what a planner writes meanwhile must not be missing here and there.
    return this.dataSource.transaction('REPEATABLE READ', async (manager) => {
      const job = await manager.findOneBy(JobEntity, { id: jobId });
      if (!job || !canAccess(actor, job.ownerId)) throw ChronosError.notFound('job', jobId);
      const parameters = [jobId, range.from, range.to, range.limit + 1];
      const executions = await queryRows<ExecutionRow>(manager, EXECUTIONS, parameters);
      const gaps = await queryRows<GapRow>(manager, GAPS, parameters);
      const situation = await ledgerSituation(manager, job);
      // A gap stands before what was run of it since.
      const told = [
        ...gaps.map((row) => gapEntry(row, job.timezone)),
        ...groupOccurrences(executions).map((group) =>
          executionEntry(group, job.timezone, situation.pauseReason),
        ),
      ];
      const toCome = job.deletedAt ? [] : await forecastOf(manager, job, situation, range);
      const entries = [...told, ...toCome].toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
      const end = endOfPage(entries, range);
      const shown = await explainBlackouts(manager, job.calendars, entries.slice(0, end));
      return {
        entries: shown,
        nextFrom: entries[end]?.at ?? null,
        review: await openReview(manager, jobId),
      };
    });
  }
}

/** Pages are cut between moments, and what reaches into a page is not counted, so that each begins later than the one before. */
function endOfPage(entries: LedgerEntry[], { from, limit }: LedgerRange): number {
  let end = entries.filter(({ at }) => at < from.toISOString()).length + limit;
  while (end < entries.length && entries[end]?.at === entries[end - 1]?.at) end += 1;
  return end;
}

async function forecastOf(
  manager: EntityManager,
  job: JobEntity,
  situation: LedgerSituation,
  { from, to, limit }: LedgerRange,
): Promise<LedgerForecast[]> {
  const range = { from: from.getTime(), to: to.getTime(), limit: limit + 1 };
  if (job.scheduleType === 'chained') return chainForecast(manager, job, situation, range);
  return forecast(job, await scheduleOf(manager, job), situation, range);
}

function executionEntry(
  { newest: row, earlier }: OccurrenceGroup<ExecutionRow>,
  timezone: string,
  pauseReason: string | null,
): LedgerExecution {
  const isHeld = pauseReason !== null && isLive(row.status) && row.status !== 'running' && !row.is_held;
  return {
    kind: 'execution',
    at: row.scheduled_for.toISOString(),
    localTime: localTimeOf(row.scheduled_for, timezone),
    dueAt: row.effective_at.toISOString(),
    executionId: row.id,
    trigger: row.trigger,
    status: row.status,
    reason: row.reason,
    startedAt: row.started_at?.toISOString() ?? null,
    finishedAt: row.finished_at?.toISOString() ?? null,
    latenessMs: row.started_at && row.started_at.getTime() - row.effective_at.getTime(),
    backfillId: row.backfill_id,
    earlier: earlier.map((one) => ({
      executionId: one.id,
      trigger: one.trigger,
      status: one.status,
      reason: one.reason,
      why: whyOf(one),
    })),
    why: isHeld ? whySystemHeld(pauseReason) : whyOf(row),
  };
}

function whyOf({ reason, is_held, decided_by_email, review_reason }: ExecutionRow): string | null {
  return whyExecution(reason, { isHeld: is_held, decidedBy: decided_by_email, reason: review_reason });
}

async function openReview(runner: SqlRunner, jobId: string): Promise<LedgerReview | null> {
  const [row] = await queryRows<ReviewRow>(runner, REVIEW, [jobId]);
  if (!row) return null;
  const { id, held, first, last, opened_at } = row;
  return {
    id,
    held,
    from: first.toISOString(),
    to: last.toISOString(),
    openedAt: opened_at.toISOString(),
  };
}

function gapEntry(row: GapRow, timezone: string): LedgerGap {
  return {
    kind: 'gap',
    at: row.from_at.toISOString(),
    localTime: localTimeOf(row.from_at, timezone),
    until: row.to_at.toISOString(),
    count: row.count,
    filled: row.filled,
    reason: row.reason,
    detail: row.detail,
    why: whyGap(row.reason, row.detail, { pauseReason: row.pause_reason, filled: row.filled }),
  };
}

function scheduleOf(runner: SqlRunner, job: JobEntity): Promise<JobSchedule> {
  return scheduleWithCalendars(runner, job, job.nextRunAt?.getTime() ?? Date.now());
}

/** All executions of the first nominal times of the range, so that an occurrence comes whole. */
const EXECUTIONS = `
  SELECT e.id, e.scheduled_for, e.effective_at, e.trigger, e.status, e.reason, e.started_at, e.finished_at, e.retry_of,
    e.backfill_id, e.chain_run, ${heldSql('e')} AS is_held, r.decided_by_email, r.reason AS review_reason
  FROM executions e
  LEFT JOIN catchup_reviews r ON r.id = e.review_id
  WHERE e.job_id = $1 AND e.scheduled_for BETWEEN $2 AND coalesce((
    SELECT max(t.at) FROM (
      SELECT DISTINCT scheduled_for AS at FROM executions
      WHERE job_id = $1 AND scheduled_for BETWEEN $2 AND $3 ORDER BY 1 LIMIT $4
    ) t), $3)
  ORDER BY e.scheduled_for, e.id`;

const REVIEW = `
  SELECT r.id, h.held, h.first, h.last, r.opened_at
  FROM catchup_reviews r
  CROSS JOIN LATERAL (
    SELECT count(*)::int AS held, min(e.scheduled_for) AS first, max(e.scheduled_for) AS last FROM executions e
    WHERE e.job_id = r.job_id AND ${heldSql('e')}
  ) h
  WHERE r.job_id = $1 AND r.status = 'open' AND h.held > 0`;

const GAPS = `
  SELECT g.from_at, g.to_at, g.count, g.reason, g.detail, p.reason AS pause_reason, f.filled FROM schedule_gaps g
  LEFT JOIN system_pauses p ON g.reason = 'system_paused' AND p.since_at < g.from_at
    AND (p.until_at IS NULL OR p.until_at >= g.to_at)
  CROSS JOIN LATERAL (
    SELECT count(DISTINCT e.scheduled_for)::int AS filled FROM executions e
    WHERE e.job_id = g.job_id AND e.scheduled_for BETWEEN g.from_at AND g.to_at AND e.backfill_id IS NOT NULL
      AND e.status = 'completed'
  ) f
  WHERE g.job_id = $1 AND g.from_at <= $3 AND g.to_at >= $2 ORDER BY g.from_at LIMIT $4 + 1`;
