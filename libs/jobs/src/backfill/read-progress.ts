import type { BackfillStatus, ExecutionStatus } from '#contracts';
import { queryRows, type SqlRunner } from '#database';
import type { BackfillProgress } from './backfill-view.js';

interface ProgressRow {
  id: string;
  status: BackfillStatus;
  total: number;
  waiting: number;
  left_out: number;
  executions: Partial<Record<ExecutionStatus, number>> | null;
}

/** How far backfills have come, counted from their nominal times and executions as they are: nothing is kept that could drift. */
export async function readProgress(
  runner: SqlRunner,
  backfillIds: string[],
): Promise<Map<string, BackfillProgress>> {
  if (backfillIds.length === 0) return new Map();
  const rows = await queryRows<ProgressRow>(runner, PROGRESS, [backfillIds]);
  return new Map(rows.map((row) => [row.id, toProgress(row)]));
}

function toProgress({ status, total, waiting, left_out, executions }: ProgressRow): BackfillProgress {
  const of = (...statuses: ExecutionStatus[]) =>
    statuses.reduce((sum, one) => sum + (executions?.[one] ?? 0), 0);
  const isCancelled = status === 'cancelled';
  return {
    total,
    dispatched: total - waiting - left_out,
    pending: isCancelled ? 0 : waiting,
    running: of('scheduled', 'queued', 'running', 'retrying'),
    completed: of('completed'),
    failed: of('failed', 'timed_out'),
    cancelled: of('cancelled') + (isCancelled ? waiting : 0),
    skipped: left_out + of('skipped', 'missed'),
  };
}

const PROGRESS = `
  SELECT b.id, b.status, o.total, o.waiting, o.left_out, e.executions
  FROM backfills b
  CROSS JOIN LATERAL (
    SELECT count(*)::int AS total,
      count(*) FILTER (WHERE execution_id IS NULL AND NOT is_left_out)::int AS waiting,
      count(*) FILTER (WHERE is_left_out)::int AS left_out
    FROM backfill_occurrences WHERE backfill_id = b.id
  ) o
  CROSS JOIN LATERAL (
    SELECT jsonb_object_agg(status, count) AS executions
    FROM (SELECT status, count(*) FROM executions WHERE backfill_id = b.id GROUP BY status) s
  ) e
  WHERE b.id = ANY($1::uuid[])`;
