import type { EntityManager } from 'typeorm';
import type { JobEntity } from '../entities/job.entity.js';

/**
 * Puts on record that the schedule of a job's versions was in force until `now`, or until the last time in the ledger
 * where `maxRuns` had ended it before. Call it before the job's next version is stored, or when the job ends.
 */
export async function closeVersion(manager: EntityManager, job: JobEntity, now: number): Promise<void> {
  const isExhausted = job.status === 'active' && job.nextRunAt === null && job.maxRuns !== null;
  await manager.query(isExhausted ? CLOSE_AT_LAST_TOLD : CLOSE, [job.id, new Date(now)]);
}

const CLOSE = `UPDATE job_versions SET until_at = $2 WHERE job_id = $1 AND until_at IS NULL`;

const CLOSE_AT_LAST_TOLD = `
  UPDATE job_versions v SET until_at = least(v.until_at, coalesce(e.last, $2))
  FROM (SELECT greatest(
      (SELECT max(scheduled_for) FROM executions WHERE job_id = $1 AND trigger = 'schedule'),
      (SELECT max(to_at) FROM schedule_gaps WHERE job_id = $1)) AS last) e
  WHERE v.job_id = $1`;
