import { Injectable } from '@nestjs/common';
import { DataSource, In } from 'typeorm';
import { type Actor, type GapReason, type JobStatus, LATE_AFTER_MS } from '#contracts';
import { queryRows } from '#database';
import { JobEntity } from '../entities/job.entity.js';
import { countRuns, type JobSchedule } from '../schedule/job-schedule.js';
import { scheduleWithCalendars } from '../schedule/schedule-with-calendars.js';
import { ledgerSituation } from './ledger-situation.js';

/** What became of the nominal times of a column, by count. */
export interface LedgerColumn {
  /** Where it begins; it ends where the next one does. */
  from: string;
  ran: number;
  /** Completed, and began more than `LATE_AFTER_MS` after it was due. */
  late: number;
  /** Or timed out. */
  failed: number;
  missed: number;
  skipped: number;
  cancelled: number;
  running: number;
  /** Due, or waiting to be tried again. */
  waiting: number;
  /** Yet to come. */
  forecast: number;
  /** Executions beside the schedule: manual ones, retries, backfills. */
  offSchedule: number;
}

export interface JobColumns {
  jobId: string;
  name: string;
  timezone: string;
  status: JobStatus;
  /** Since when it has been paused; null unless it is. */
  pausedAt: string | null;
  columns: LedgerColumn[];
  /** Nominal times in a row without rows of their own; they are in no column. */
  gaps: { from: string; until: string; count: number; reason: GapReason }[];
}

export interface ColumnsRange {
  from: Date;
  to: Date;
  /** How many columns of equal width. */
  buckets: number;
}

const OUTCOMES = [
  'ran',
  'late',
  'failed',
  'missed',
  'skipped',
  'cancelled',
  'running',
  'waiting',
  'offSchedule',
] as const;
type Outcome = (typeof OUTCOMES)[number];

const MAX_GAPS = 1_000;

/** The ledger of several jobs as columns of a chart: counted by the database, for ranges with too many times to list. */
@Injectable()
export class LedgerColumns {
  constructor(private readonly dataSource: DataSource) {}

  /** One entry for each of `jobIds` that the actor may see, in the order of `jobIds`. */
  async of(actor: Actor, jobIds: string[], range: ColumnsRange): Promise<JobColumns[]> {
    return this.dataSource.transaction('REPEATABLE READ', async (manager) => {
      const jobs = await manager.findBy(JobEntity, {
        id: In(jobIds),
        ...(actor.role !== 'admin' && { ownerId: actor.id }),
      });
      const ids = jobs.filter(({ deletedAt }) => !deletedAt).map(({ id }) => id);
      const counts = await queryRows<CountRow>(manager, COUNTS, [
        ids,
        range.from,
        range.to,
        range.buckets,
        LATE_AFTER_MS,
      ]);
      const gaps = await queryRows<GapRow>(manager, GAPS, [ids, range.from, range.to, MAX_GAPS]);
      const answers: JobColumns[] = [];
      for (const job of jobIds.flatMap((id) => jobs.find((one) => one.id === id && !one.deletedAt) ?? [])) {
        const columns = emptyColumns(range);
        for (const { job_id, bucket, outcome, count } of counts) {
          const column = columns[bucket - 1];
          if (job_id === job.id && column) column[outcome] += count;
        }
        const situation = await ledgerSituation(manager, job);
        if (hasTimesToCome(job) && situation.pauseReason === null) {
          const schedule = await scheduleWithCalendars(manager, job, job.nextRunAt.getTime());
          addForecast(columns, range, { schedule, nextRunAt: job.nextRunAt.getTime(), ...situation });
        }
        answers.push({
          jobId: job.id,
          name: job.name,
          timezone: job.timezone,
          status: job.status,
          pausedAt: job.status === 'paused' ? (job.pausedAt?.toISOString() ?? null) : null,
          columns,
          gaps: gaps.filter(({ job_id }) => job_id === job.id).map(gapView),
        });
      }
      return answers;
    });
  }
}

interface CountRow {
  job_id: string;
  /** From 1. */
  bucket: number;
  outcome: Outcome;
  count: number;
}

interface GapRow {
  job_id: string;
  from_at: Date;
  to_at: Date;
  count: number;
  reason: GapReason;
}

function emptyColumns(range: ColumnsRange): LedgerColumn[] {
  return Array.from({ length: range.buckets }, (_, index) => ({
    from: new Date(startOf(range, index)).toISOString(),
    ran: 0,
    late: 0,
    failed: 0,
    missed: 0,
    skipped: 0,
    cancelled: 0,
    running: 0,
    waiting: 0,
    forecast: 0,
    offSchedule: 0,
  }));
}

/** The first millisecond of a column. */
function startOf({ from, to, buckets }: ColumnsRange, index: number): number {
  return Math.ceil(from.getTime() + ((to.getTime() - from.getTime()) * index) / buckets);
}

/** Of a paused job nothing is to come until it is resumed; nor of any where everything is paused. */
function hasTimesToCome(job: JobEntity): job is JobEntity & { nextRunAt: Date } {
  return job.status === 'active' && job.nextRunAt !== null && job.scheduleType !== 'immediate';
}

function addForecast(
  columns: LedgerColumn[],
  range: ColumnsRange,
  {
    schedule,
    nextRunAt,
    now,
    runsLeft,
  }: { schedule: JobSchedule; nextRunAt: number; now: number; runsLeft: number },
): void {
  const begin = Math.max(now, nextRunAt);
  // Runs before the range are of account only where they are numbered.
  let left = runsLeft === Infinity ? Infinity : runsLeft - countRuns(schedule, begin, startOf(range, 0) - 1);
  for (const [index, column] of columns.entries()) {
    const until = startOf(range, index + 1) - 1;
    if (until < begin) continue;
    column.forecast = Math.max(
      0,
      Math.min(left, countRuns(schedule, Math.max(begin, startOf(range, index)), until)),
    );
    left -= column.forecast;
  }
}

function gapView({ from_at, to_at, count, reason }: GapRow): JobColumns['gaps'][number] {
  return { from: from_at.toISOString(), until: to_at.toISOString(), count, reason };
}

const MS = (column: string) => `(date_part('epoch', ${column}) * 1000)`;

const COUNTS = `
  SELECT job_id, width_bucket(${MS('scheduled_for')}, ${MS('$2::timestamptz')}, ${MS('$3::timestamptz')}, $4::int) AS bucket,
    CASE
      WHEN trigger NOT IN ('schedule', 'chain') THEN 'offSchedule'
      WHEN status = 'completed' THEN
        CASE WHEN started_at > effective_at + $5::int * interval '1 millisecond' THEN 'late' ELSE 'ran' END
      WHEN status IN ('failed', 'timed_out') THEN 'failed'
      WHEN status IN ('missed', 'skipped', 'cancelled', 'running') THEN status
      ELSE 'waiting'
    END AS outcome, count(*)::int AS count
  FROM executions
  WHERE job_id = ANY($1) AND scheduled_for >= $2 AND scheduled_for < $3
  GROUP BY 1, 2, 3`;

const GAPS = `
  SELECT job_id, from_at, to_at, count, reason FROM schedule_gaps
  WHERE job_id = ANY($1) AND from_at < $3 AND to_at >= $2 ORDER BY from_at LIMIT $4`;
