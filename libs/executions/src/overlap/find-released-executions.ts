import { queryRows, type SqlRunner } from '#database';
import type { DueExecution } from '../create/insert-executions.js';
import { type DueRow, toDueExecution } from '../dispatch/find-due-executions.js';
import { SYSTEM_HELD } from '../system-pause/is-system-held.js';

/**
 * Buffered executions for which there is room now, earliest first of each job with runs of backfills behind the others, at
 * most `limit`. Asked anew at each look,
 * so nothing has to remember to release them: what ended without a word, by a crash say, makes room as well.
 */
export async function findReleasedExecutions(runner: SqlRunner, limit: number): Promise<DueExecution[]> {
  const rows = await queryRows<DueRow>(runner, RELEASED, [limit]);
  return rows.map(toDueExecution);
}

const RELEASED = `
  SELECT b.id, b.job_id, b.type, b.priority, b.scheduled_for, b.due_at, b.overlap_policy
  FROM (SELECT DISTINCT job_id FROM executions WHERE status = 'scheduled' AND buffered_at IS NOT NULL AND NOT ${SYSTEM_HELD}) w
  JOIN jobs j ON j.id = w.job_id
  CROSS JOIN LATERAL (
    SELECT count(*) AS running FROM executions o
    WHERE o.job_id = j.id AND o.status IN ('queued', 'running', 'retrying')
  ) o
  CROSS JOIN LATERAL (
    SELECT * FROM executions e WHERE e.job_id = j.id AND e.status = 'scheduled' AND e.buffered_at IS NOT NULL
    ORDER BY e.backfill_id IS NOT NULL, e.scheduled_for, e.id
    LIMIT greatest(CASE WHEN j.overlap_policy = 'allow_all' THEN coalesce(j.max_concurrency, 1000) ELSE 1 END - o.running, 0)
  ) b
  LIMIT $1`;
