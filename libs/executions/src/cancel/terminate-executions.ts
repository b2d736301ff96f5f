import type { ExecutionReason } from '#contracts';
import { CHANNELS, queryRows, type SqlRunner } from '#database';
import { notifyChanges } from '../changes/change-publisher.service.js';

/**
 * Ends live executions at once, running ones too: their attempt is recorded as cancelled, its fence is void from then
 * on, and the worker is told to kill it without grace. Call it in a transaction that has locked the jobs concerned.
 */
export async function terminateExecutions(
  runner: SqlRunner,
  executionIds: string[],
  reason: ExecutionReason,
): Promise<void> {
  if (executionIds.length === 0) return;
  const rows = await queryRows<{ id: string; job_id: string; was_running: boolean }>(runner, TERMINATE, [
    executionIds,
    reason,
  ]);
  for (const { id } of rows.filter(({ was_running }) => was_running)) {
    await runner.query('SELECT pg_notify($1, $2)', [CHANNELS.terminate, id]);
  }
  await notifyChanges(
    runner,
    rows.map(({ id, job_id }) => ({ kind: 'execution', id, jobId: job_id, status: 'cancelled' })),
  );
}

const TERMINATE = `
  WITH live AS MATERIALIZED (
    SELECT id, scheduled_for, status FROM executions
    WHERE id = ANY($1::uuid[]) AND status IN ('scheduled', 'queued', 'running', 'retrying')
    ORDER BY id
    FOR UPDATE
  ), ended AS (
    UPDATE executions e SET
      status = 'cancelled',
      reason = $2,
      finished_at = clock_timestamp(),
      cancel_requested_at = coalesce(e.cancel_requested_at, clock_timestamp()),
      lease_until = NULL,
      fence = e.fence + 1
    FROM live l
    WHERE e.id = l.id AND e.scheduled_for = l.scheduled_for
    RETURNING e.id, e.job_id, e.scheduled_for, e.attempt, e.worker_id, e.attempt_started_at,
      l.status = 'running' AS was_running
  ), recorded AS (
    INSERT INTO execution_attempts (execution_id, scheduled_for, attempt, status, worker_id, started_at, finished_at)
    SELECT id, scheduled_for, attempt, 'cancelled', worker_id, attempt_started_at, clock_timestamp()
    FROM ended WHERE was_running
  )
  SELECT id, job_id, was_running FROM ended`;
