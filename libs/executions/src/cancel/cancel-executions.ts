import type { ExecutionReason, ExecutionStatus } from '#contracts';
import { CHANNELS, queryRows, type SqlRunner, wakePlanners } from '#database';
import { notifyChanges } from '../changes/change-publisher.service.js';

export interface CancelledExecution {
  id: string;
  jobId: string;
  /** `cancelled`, or `running` where its worker has been asked to end it. */
  status: ExecutionStatus;
}

/**
 * Cancels live executions: what has not begun ends at once; for what runs, the request is recorded and its worker
 * told, which gives the executor 5 s. Call it in a transaction that has locked the jobs concerned.
 * @param where one execution, several, or all of a job's
 */
export async function cancelExecutions(
  runner: SqlRunner,
  where: { executionId: string } | { executionIds: string[] } | { jobId: string },
  reason: ExecutionReason,
): Promise<CancelledExecution[]> {
  const [column, values] = rowsOf(where);
  const rows = await queryRows<{ id: string; job_id: string; status: ExecutionStatus }>(
    runner,
    cancelBy(column),
    [values, reason],
  );
  const running = rows.filter(({ status }) => status === 'running').map(({ id }) => id);
  if (running.length > 0) await runner.query(TELL, [CHANNELS.cancel, running]);
  const cancelled = rows.map((row) => ({ id: row.id, jobId: row.job_id, status: row.status }));
  // Others of the job may have been waiting for these.
  if (rows.length > 0) await wakePlanners(runner);
  await notifyChanges(
    runner,
    cancelled.map((execution) => ({ kind: 'execution', ...execution })),
  );
  return cancelled;
}

function rowsOf(where: Parameters<typeof cancelExecutions>[1]): ['id' | 'job_id', string[]] {
  if ('jobId' in where) return ['job_id', [where.jobId]];
  return ['id', 'executionIds' in where ? where.executionIds : [where.executionId]];
}

const TELL = 'SELECT pg_notify($1, id::text) FROM unnest($2::uuid[]) AS id';

const cancelBy = (column: string) => `
  WITH live AS MATERIALIZED (
    SELECT id, scheduled_for FROM executions
    WHERE ${column} = ANY($1::uuid[]) AND status IN ('scheduled', 'queued', 'running', 'retrying')
    ORDER BY id
    FOR UPDATE
  )
  UPDATE executions e SET
    status = CASE WHEN e.status = 'running' THEN e.status ELSE 'cancelled' END,
    finished_at = CASE WHEN e.status = 'running' THEN NULL ELSE clock_timestamp() END,
    cancel_requested_at = coalesce(e.cancel_requested_at, clock_timestamp()),
    reason = $2
  FROM live l
  WHERE e.id = l.id AND e.scheduled_for = l.scheduled_for
  RETURNING e.id, e.job_id, e.status`;

/**
 * Takes back occurrences that have been planned or queued but not begun, as if they had not been planned: their
 * rows go. What is held for a review stays. What begins in the same moment wins and is not in the answer.
 * @param options.afterMs only those with a later nominal time (epoch milliseconds), with what the schedule is to skip after it
 * @returns the earliest nominal time taken back, or undefined
 */
export async function withdrawPlanned(
  runner: SqlRunner,
  jobId: string,
  options: { afterMs?: number } = {},
): Promise<Date | undefined> {
  const rows = await queryRows<{ scheduled_for: Date }>(
    runner,
    `DELETE FROM executions
     WHERE job_id = $1 AND scheduled_for > $2 AND (${PLANNED} OR $3 AND ${SKIPPED})
     RETURNING scheduled_for`,
    [
      jobId,
      options.afterMs === undefined ? '-infinity' : new Date(options.afterMs),
      options.afterMs !== undefined,
    ],
  );
  const times = rows.map((row) => row.scheduled_for.getTime());
  return times.length === 0 ? undefined : new Date(Math.min(...times));
}

/**
 * The same for many jobs at once, of what is still to come.
 * @returns the earliest nominal time taken back of each job that had one
 */
export async function withdrawAllPlanned(
  runner: SqlRunner,
  jobIds: string[],
  afterMs: number,
): Promise<Map<string, Date>> {
  const rows = await queryRows<{ job_id: string; first: Date }>(
    runner,
    `WITH gone AS (
       DELETE FROM executions
       WHERE job_id = ANY($1::uuid[]) AND scheduled_for > $2 AND (${PLANNED} OR ${SKIPPED})
       RETURNING job_id, scheduled_for
     )
     SELECT job_id, min(scheduled_for) AS first FROM gone GROUP BY job_id`,
    [jobIds, new Date(afterMs)],
  );
  return new Map(rows.map(({ job_id, first }) => [job_id, first]));
}

const PLANNED = `trigger IN ('schedule', 'api') AND status IN ('scheduled', 'queued') AND attempt = 0
  AND due_at < 'infinity'`;
const SKIPPED = `trigger = 'schedule' AND status = 'skipped' AND reason IN ('dst_gap', 'blackout')`;
