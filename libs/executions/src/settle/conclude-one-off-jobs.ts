import type { JobStatus } from '#contracts';
import { queryRows, type SqlRunner } from '#database';
import type { Change } from '../changes/change.js';

/**
 * Locks jobs in the order every writer locks them: a job before its executions, jobs by id. Without it a settle and
 * a cancel of the same job could wait for each other.
 */
export async function lockJobs(runner: SqlRunner, jobIds: string[]): Promise<void> {
  if (jobIds.length === 0) return;
  await runner.query('SELECT id FROM jobs WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE', [
    jobIds,
  ]);
}

/**
 * A job that runs once ends as its execution ended. Recurring jobs, and jobs that are paused, cancelled or have
 * something still to come, stay as they are. Call it in the transaction that ended the executions, jobs locked.
 * @returns the jobs it ended, to be told of
 */
export async function concludeOneOffJobs(
  runner: SqlRunner,
  ended: { jobId: string; status: string }[],
): Promise<Change[]> {
  if (ended.length === 0) return [];
  const jobs = await queryRows<{ id: string; status: JobStatus }>(runner, CONCLUDE, [
    ended.map(({ jobId }) => jobId),
    ended.map(({ status }) => status),
  ]);
  return jobs.map(({ id, status }) => ({ kind: 'job', jobId: id, status }));
}

const CONCLUDE = `
  UPDATE jobs j SET
    status = CASE s.status WHEN 'completed' THEN 'completed' WHEN 'cancelled' THEN 'cancelled' ELSE 'failed' END,
    updated_at = now()
  FROM unnest($1::uuid[], $2::text[]) AS s(job_id, status)
  WHERE j.id = s.job_id AND j.schedule_type IN ('immediate', 'scheduled') AND j.next_run_at IS NULL AND j.deleted_at IS NULL
    AND j.status IN ('active', 'completed', 'failed')
    AND NOT EXISTS (SELECT 1 FROM executions e WHERE e.job_id = j.id
      AND e.status IN ('scheduled', 'queued', 'running', 'retrying'))
  RETURNING j.id, j.status`;
