import { queryRows, type SqlRunner } from '#database';
import { notifyChanges } from '#executions';
import { withdrawForPause } from '../ledger/withdraw-for-pause.js';

/**
 * Pauses those of the given repeating jobs whose last `pauseAfterFailures` executions all failed: what is planned goes
 * back, what runs goes on. Executions that ended before the job was last resumed, and cancelled ones, do not count.
 * Call it with the jobs locked.
 * @returns the ids of the jobs it paused
 */
export async function pauseFailing(runner: SqlRunner, jobIds: string[]): Promise<Set<string>> {
  if (jobIds.length === 0) return new Set();
  const failing = await queryRows<{ id: string }>(runner, `${FAILING} AND j.id = ANY($1::uuid[])`, [jobIds]);
  for (const { id } of failing) {
    const withdrawn = await withdrawForPause(runner, id);
    await runner.query(PAUSE, [id, withdrawn ?? null]);
  }
  await notifyChanges(
    runner,
    failing.map(({ id }) => ({ kind: 'job', jobId: id, status: 'paused' })),
  );
  return new Set(failing.map(({ id }) => id));
}

/** Ids of the jobs `pauseFailing` would pause. */
export async function findFailing(runner: SqlRunner): Promise<string[]> {
  return (await queryRows<{ id: string }>(runner, FAILING)).map(({ id }) => id);
}

const FAILING = `
  SELECT j.id FROM jobs j
  WHERE j.status = 'active' AND j.pause_after_failures IS NOT NULL AND j.schedule_type IN ('recurring', 'interval', 'chained')
    AND j.deleted_at IS NULL AND j.pause_after_failures = (
      SELECT count(*) FILTER (WHERE last.status <> 'completed') FROM (
        SELECT e.status FROM executions e
        WHERE e.job_id = j.id AND e.status IN ('completed', 'failed', 'timed_out')
          AND e.finished_at > coalesce(j.failures_since, '-infinity')
        ORDER BY e.scheduled_for DESC, e.id DESC LIMIT j.pause_after_failures
      ) last)`;

const PAUSE = `
  UPDATE jobs SET status = 'paused', paused_at = clock_timestamp(), updated_at = clock_timestamp(),
    next_run_at = least(next_run_at, $2::timestamptz),
    status_reason = format('its last %s executions failed; resume it when the cause is mended', pause_after_failures)
  WHERE id = $1`;
