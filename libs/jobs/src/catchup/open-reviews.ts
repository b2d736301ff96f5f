import { newId, queryRows, type SqlRunner } from '#database';
import { notifyChanges } from '#executions';
import { heldSql } from './held.js';

/** The misfires of one job that are to wait for a review. Epoch milliseconds. */
export interface MisfiresOfJob {
  jobId: string;
  from: number;
  to: number;
  count: number;
}

/**
 * Opens a review for each of these jobs, or adds to the one that is open. Call it with the jobs locked.
 * @returns the id of each job's review
 */
export async function openReviews(runner: SqlRunner, jobs: MisfiresOfJob[]): Promise<Map<string, string>> {
  if (jobs.length === 0) return new Map();
  const rows = await queryRows<{ id: string; job_id: string }>(runner, OPEN, [
    jobs.map(() => newId()),
    jobs.map(({ jobId }) => jobId),
    jobs.map(({ from }) => new Date(from)),
    jobs.map(({ to }) => new Date(to)),
    jobs.map(({ count }) => count),
  ]);
  await notifyChanges(
    runner,
    rows.map(({ job_id }) => ({ kind: 'job', jobId: job_id, status: 'active' })),
  );
  return new Map(rows.map(({ id, job_id }) => [job_id, id]));
}

/** A review of which nothing is held any more, because somebody cancelled it singly, begins anew. */
const IS_HELD = `EXISTS (SELECT 1 FROM executions e WHERE e.job_id = r.job_id AND ${heldSql('e')})`;

const OPEN = `
  INSERT INTO catchup_reviews AS r (id, job_id, from_at, to_at, misfires, opened_at)
  SELECT id, job_id, from_at, to_at, misfires, clock_timestamp()
  FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::timestamptz[], $5::int[])
    AS i(id, job_id, from_at, to_at, misfires)
  ON CONFLICT (job_id) WHERE status = 'open' DO UPDATE SET
    from_at = CASE WHEN ${IS_HELD} THEN least(r.from_at, excluded.from_at) ELSE excluded.from_at END,
    to_at = CASE WHEN ${IS_HELD} THEN greatest(r.to_at, excluded.to_at) ELSE excluded.to_at END,
    misfires = CASE WHEN ${IS_HELD} THEN r.misfires ELSE 0 END + excluded.misfires
  RETURNING id, job_id`;
