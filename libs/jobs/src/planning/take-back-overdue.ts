import type { DataSource } from 'typeorm';
import { queryRows } from '#database';

/** The most executions one turn takes back. */
const PER_TURN = 5_000;

/**
 * Takes back occurrences that wait although they are misfires by now - whoever planned them died before their time -
 * and sets their jobs back to them. What an edited job still owed by its schedule before runs late instead, and so does what a
 * review has released: that is decided. Where later occurrences of the job are in the ledger already it does nothing: those
 * cannot be told twice, so the late ones run late.
 * @returns how many were taken back
 */
export async function takeBackOverdue(dataSource: DataSource, misfireThresholdMs: number): Promise<number> {
  const overdue = await queryRows<{ job_id: string; first: Date }>(dataSource, OVERDUE, [
    misfireThresholdMs,
    PER_TURN,
  ]);
  if (overdue.length === 0) return 0;
  return dataSource.transaction(async (manager) => {
    const jobs = await queryRows<{ id: string }>(manager, LOCK_JOBS, [overdue.map(({ job_id }) => job_id)]);
    const ids = new Set(jobs.map(({ id }) => id));
    const held = overdue.filter(({ job_id }) => ids.has(job_id));
    const parameters = [held.map(({ job_id }) => job_id), held.map(({ first }) => first)];
    // What is dispatched meanwhile must be seen as such: the statement after this one judges rows nobody else holds.
    await manager.query(LOCK_EXECUTIONS, parameters);
    const rows = await queryRows<{ taken: number }>(manager, TAKE_BACK, parameters);
    return rows[0]?.taken ?? 0;
  });
}

const OVERDUE = `
  SELECT job_id, min(scheduled_for) AS first FROM (
    SELECT e.job_id, e.scheduled_for FROM executions e
    WHERE e.status = 'scheduled' AND e.buffered_at IS NULL AND e.trigger = 'schedule' AND e.review_id IS NULL
      AND e.due_at < now() - $1 * interval '1 ms'
      AND e.scheduled_for > (SELECT max(v.effective_at) FROM job_versions v WHERE v.job_id = e.job_id)
    ORDER BY e.due_at LIMIT $2
  ) late GROUP BY job_id`;

/** Jobs are locked before their executions, as everywhere. */
const LOCK_JOBS = `
  SELECT id FROM jobs WHERE id = ANY($1::uuid[]) AND status = 'active' AND deleted_at IS NULL
  ORDER BY id FOR NO KEY UPDATE SKIP LOCKED`;

const LOCK_EXECUTIONS = `
  SELECT 1 FROM executions e
  JOIN unnest($1::uuid[], $2::timestamptz[]) AS o(job_id, first) ON e.job_id = o.job_id
  WHERE e.scheduled_for >= o.first AND e.trigger = 'schedule' AND e.status = 'scheduled'
  ORDER BY e.id FOR UPDATE OF e`;

const TAKE_BACK = `
  WITH clean AS MATERIALIZED (
    SELECT o.job_id AS id, o.first FROM unnest($1::uuid[], $2::timestamptz[]) AS o(job_id, first)
    WHERE NOT EXISTS (SELECT 1 FROM executions e WHERE e.job_id = o.job_id AND e.scheduled_for >= o.first
        AND e.trigger = 'schedule' AND (e.status <> 'scheduled' OR e.buffered_at IS NOT NULL OR e.review_id IS NOT NULL))
      AND NOT EXISTS (SELECT 1 FROM schedule_gaps g WHERE g.job_id = o.job_id AND g.to_at >= o.first)
  ), taken AS (
    DELETE FROM executions e USING clean c
    WHERE e.job_id = c.id AND e.scheduled_for >= c.first AND e.trigger = 'schedule' AND e.status = 'scheduled'
    RETURNING e.job_id, e.scheduled_for
  ), moved AS (
    UPDATE jobs j SET next_run_at = t.first
    FROM (SELECT job_id, min(scheduled_for) AS first FROM taken GROUP BY job_id) t
    WHERE j.id = t.job_id
  )
  SELECT count(*)::int AS taken FROM taken`;
