import { loadClosings } from '#calendars';
import type { JobStatus } from '#contracts';
import { queryRows, type SqlRunner, wakePlanners } from '#database';
import { notifyChanges, withdrawAllPlanned } from '#executions';
import { PLANNED_JOB_COLUMNS, type PlannedJobRow, scheduleOfRow } from '../planning/planned-job.js';
import { nextRunAt } from '../schedule/next-run.js';

/** Jobs are read and written so many at a time. */
const BATCH = 2_000;

/** A job that names a calendar. */
export interface ConcernedJob {
  id: string;
  status: JobStatus;
}

/**
 * The jobs that name a calendar, locked until the transaction ends, also those that are to be resumed or rescheduled first.
 * Lock the calendar before: none can name it anew meanwhile.
 */
export async function lockConcernedJobs(runner: SqlRunner, calendarId: string): Promise<ConcernedJob[]> {
  return queryRows<ConcernedJob>(
    runner,
    `SELECT id, status FROM jobs
     WHERE calendars <> '{}' AND calendars @> ARRAY[$1::uuid] AND deleted_at IS NULL
     ORDER BY id FOR NO KEY UPDATE`,
    [calendarId],
  );
}

/**
 * Has what jobs have still to come judged by the rules in force from `now` on: what is planned after it is taken back, and
 * each job is set to its next nominal time again. Costs a few statements for thousands of jobs. Of a job that is not active
 * nothing is planned.
 * @param now epoch milliseconds, taken once the jobs were locked
 */
export async function rejudgeJobs(runner: SqlRunner, jobs: ConcernedJob[], now: number): Promise<void> {
  const active = jobs.filter(({ status }) => status === 'active').map(({ id }) => id);
  for (let start = 0; start < active.length; start += BATCH) {
    await rejudgeBatch(runner, active.slice(start, start + BATCH), now);
  }
  if (active.length === 0) return;
  await wakePlanners(runner);
  await notifyChanges(
    runner,
    active.map((jobId) => ({ kind: 'job', jobId, status: 'active' })),
  );
}

async function rejudgeBatch(runner: SqlRunner, ids: string[], now: number): Promise<void> {
  const withdrawn = await withdrawAllPlanned(runner, ids, now);
  const jobs = await queryRows<Omit<PlannedJobRow, 'next_run_at'> & { next_run_at: Date | null }>(
    runner,
    `SELECT ${PLANNED_JOB_COLUMNS} FROM jobs WHERE id = ANY($1::uuid[])`,
    [ids],
  );
  const waiting = jobs.flatMap((job) => {
    const next = earliest(job.next_run_at, withdrawn.get(job.id));
    return next ? [{ ...job, next_run_at: next }] : [];
  });
  const closings = await loadClosings(
    runner,
    waiting.flatMap(({ calendars }) => calendars),
    waiting.reduce((first, { next_run_at }) => Math.min(first, next_run_at.getTime()), now),
  );
  const runs = waiting.map((job) =>
    nextRunAt(scheduleOfRow(job, closings.of(job.calendars)), job.next_run_at.getTime()),
  );
  await runner.query(REJUDGE, [
    waiting.map(({ id }) => id),
    runs.map((run) => run.nextRunAt),
    runs.map((run) => run.skipFrom),
    runs.map((run) => run.runsAt),
  ]);
}

function earliest(one: Date | null, other: Date | undefined): Date | null {
  return one && other ? (one < other ? one : other) : (one ?? other ?? null);
}

const REJUDGE = `
  UPDATE jobs j SET next_run_at = r.next_run_at, skip_from = r.skip_from, runs_at = r.runs_at
  FROM unnest($1::uuid[], $2::timestamptz[], $3::timestamptz[], $4::timestamptz[])
    AS r(id, next_run_at, skip_from, runs_at)
  WHERE j.id = r.id`;
