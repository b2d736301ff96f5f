import { isRepeating } from '#contracts';
import { newId, type SqlRunner } from '#database';
import { countInLedger, type DueExecution, insertExecutions, type NewExecution } from '#executions';
import { openReviews } from '../catchup/open-reviews.js';
import { knownTimes } from '../ledger/known-times.js';
import { stretchesAround } from '../ledger/stretches.js';
import { effectiveTime } from '../schedule/effective-time.js';
import { nextRunAt } from '../schedule/next-run.js';
import { waitingCatchUps } from './catch-up-queue.js';
import { paceCatchUp } from './pace-catch-up.js';
import type { PlannedJob } from './planned-job.js';

/**
 * Writes what was decided into the ledger and moves the jobs on. Call it in the transaction that locked them.
 * @returns what is to run, for dispatch at its moment
 */
export async function writePlans(
  runner: SqlRunner,
  planned: PlannedJob[],
  catchupPerSecond: number,
): Promise<DueExecution[]> {
  const catchUps = await catchUpExecutions(runner, planned, catchupPerSecond);
  const held = await heldExecutions(runner, planned);
  const executions = await insertExecutions(runner, [
    ...held,
    ...catchUps,
    ...planned.flatMap(toNewExecutions),
  ]);
  await insertGaps(runner, planned);
  await advance(runner, planned);
  return executions;
}

async function catchUpExecutions(
  runner: SqlRunner,
  planned: PlannedJob[],
  perSecond: number,
): Promise<NewExecution[]> {
  const late = planned.filter(({ plan, review }) => plan.catchUp.length > 0 && !review);
  const [first] = late;
  if (!first) return [];
  const waiting = await waitingCatchUps(runner);
  const dueTimes = paceCatchUp(
    late.map(({ plan }) => plan.catchUp),
    { now: first.job.now.getTime(), waiting, perSecond },
  );
  return late.flatMap((one, job) =>
    one.plan.catchUp.map((at, index) => ({
      ...baseOf(one),
      status: 'scheduled' as const,
      scheduledFor: at,
      effectiveAt: effectiveAt(one, at),
      dueAt: dueTimes[job]?.[index],
    })),
  );
}

/** What is to be reviewed first is in the ledger all the same, and due when somebody says so. */
async function heldExecutions(runner: SqlRunner, planned: PlannedJob[]): Promise<NewExecution[]> {
  const reviews = await openReviews(
    runner,
    planned.flatMap(({ job, review }) => (review ? [{ jobId: job.id, ...review }] : [])),
  );
  return planned.flatMap((one) =>
    one.review
      ? one.plan.catchUp.map((at) => ({
          ...baseOf(one),
          status: 'scheduled' as const,
          scheduledFor: at,
          effectiveAt: effectiveAt(one, at),
          dueAt: Infinity,
          reviewId: reviews.get(one.job.id),
        }))
      : [],
  );
}

function baseOf({ job }: PlannedJob) {
  return {
    jobId: job.id,
    type: job.type,
    trigger: job.schedule_type === 'immediate' ? ('api' as const) : ('schedule' as const),
    priority: job.priority,
    maxAttempts: job.max_retries + 1,
  };
}

function effectiveAt({ job, schedule }: PlannedJob, at: number): number {
  return job.jitter_ms === 0 ? at : effectiveTime(job.id, at, job.jitter_ms, schedule.next(at));
}

function toNewExecutions(one: PlannedJob): NewExecution[] {
  const base = baseOf(one);
  return [
    ...one.plan.notRun.map(({ at, status, reason }) => ({ ...base, status, reason, scheduledFor: at })),
    ...one.plan.run.map((at) => ({
      ...base,
      status: 'scheduled' as const,
      scheduledFor: at,
      effectiveAt: effectiveAt(one, at),
    })),
  ];
}

async function insertGaps(runner: SqlRunner, planned: PlannedJob[]): Promise<void> {
  const known = await knownTimes(
    runner,
    planned.flatMap(({ job, plan }) => plan.gaps.map(({ from, to }) => ({ jobId: job.id, from, to }))),
  );
  const gaps = planned.flatMap(({ job, schedule, plan }) =>
    plan.gaps.flatMap(({ reason, detail, ...gap }) =>
      stretchesAround(schedule, gap.from, gap.to, known.get(job.id) ?? []).map(({ from, to, count }) => ({
        id: newId(),
        job_id: job.id,
        from_at: new Date(from),
        to_at: new Date(to),
        reason,
        detail,
        count,
        after_at: reason === 'blackout' ? dateOf(schedule.previous(from)) : null,
      })),
    ),
  );
  if (gaps.length > 0) await runner.query(INSERT_GAPS, [JSON.stringify(gaps)]);
  countInLedger(
    runner,
    gaps.map(({ reason, count }) => ({ kind: 'gap', reason, times: count })),
  );
}

/** A one-off whose moment passed and is not to be caught up with has nothing left to wait for. */
async function advance(runner: SqlRunner, planned: PlannedJob[]): Promise<void> {
  const next = planned.map(({ schedule, plan }) => nextRunAt(schedule, plan.nextRunAt));
  await runner.query(ADVANCE, [
    planned.map(({ job }) => job.id),
    next.map((one) => one.nextRunAt),
    next.map((one) => one.skipFrom),
    next.map((one) => one.runsAt),
    planned.map(endReasonOf),
  ]);
}

function dateOf(at: number | undefined): Date | null {
  return at === undefined ? null : new Date(at);
}

function endReasonOf({ job, plan }: PlannedJob): string | null {
  if (plan.nextRunAt !== undefined || plan.run.length + plan.catchUp.length > 0) return null;
  if (isRepeating(job.schedule_type)) return null;
  if (plan.gaps.some(({ reason }) => reason === 'system_paused')) {
    return 'its time passed while everything was paused; reschedule it, or trigger a run';
  }
  const [miss] = plan.notRun;
  if (!miss) return null;
  if (miss.reason === 'blackout')
    return 'its time fell into a blackout of its calendars; reschedule it, or trigger a run';
  return miss.reason === 'policy'
    ? 'its time passed while no scheduler ran, and its misfire policy is "skip"'
    : 'its time passed longer ago than its catch-up window while no scheduler ran';
}

/** A closure that lasts is one gap, which grows. */
const INSERT_GAPS = `
  WITH told AS (
    SELECT * FROM json_to_recordset($1) AS i(id uuid, job_id uuid, from_at timestamptz, to_at timestamptz, reason text,
      detail text, count int, after_at timestamptz)
  ), grown AS (
    UPDATE schedule_gaps g SET to_at = t.to_at, count = g.count + t.count
    FROM told t
    WHERE g.job_id = t.job_id AND g.reason = 'blackout' AND g.to_at = t.after_at
    RETURNING t.id
  )
  INSERT INTO schedule_gaps (id, job_id, from_at, to_at, reason, detail, count)
  SELECT t.id, t.job_id, t.from_at, t.to_at, t.reason, t.detail, t.count
  FROM told t WHERE t.id NOT IN (SELECT id FROM grown)`;

const ADVANCE = `
  UPDATE jobs j SET
    next_run_at = p.next_run_at,
    skip_from = p.skip_from,
    runs_at = p.runs_at,
    status = CASE WHEN p.end_reason IS NULL THEN j.status ELSE 'failed' END,
    status_reason = coalesce(p.end_reason, j.status_reason)
  FROM unnest($1::uuid[], $2::timestamptz[], $3::timestamptz[], $4::timestamptz[], $5::text[])
    AS p(id, next_run_at, skip_from, runs_at, end_reason)
  WHERE j.id = p.id`;
