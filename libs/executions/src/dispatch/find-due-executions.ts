import type { JobType, OverlapPolicy } from '#contracts';
import { queryRows, type SqlRunner } from '#database';
import type { DueExecution } from '../create/insert-executions.js';
import { SYSTEM_HELD } from '../system-pause/is-system-held.js';

/** A row as planners take it up. */
export interface DueRow {
  id: string;
  job_id: string;
  type: JobType;
  priority: number;
  scheduled_for: Date;
  due_at: Date;
  overlap_policy: OverlapPolicy | null;
}

/**
 * Executions whose moment lies within `lookaheadMs`: retries, runs asked for over the API, and what a planner that
 * died was holding. Not what is buffered: that waits for others to end. None while everything is paused. Earliest first,
 * at most `limit`.
 */
export async function findDueExecutions(
  runner: SqlRunner,
  lookaheadMs: number,
  limit: number,
): Promise<DueExecution[]> {
  const rows = await queryRows<DueRow>(
    runner,
    `SELECT id, job_id, type, priority, scheduled_for, due_at, overlap_policy FROM executions
     WHERE status IN ('scheduled', 'retrying') AND buffered_at IS NULL AND due_at <= now() + $1 * interval '1 ms'
       AND NOT ${SYSTEM_HELD}
     ORDER BY due_at, id LIMIT $2`,
    [lookaheadMs, limit],
  );
  return rows.map(toDueExecution);
}

export function toDueExecution(row: DueRow): DueExecution {
  return {
    id: row.id,
    jobId: row.job_id,
    type: row.type,
    priority: row.priority,
    scheduledFor: row.scheduled_for.getTime(),
    dueAt: row.due_at.getTime(),
    overlapPolicy: row.overlap_policy,
  };
}
