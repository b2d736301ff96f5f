import { newId, queryRows, type SqlRunner } from '#database';
import { withdrawPlanned } from '#executions';

/**
 * Takes back what a repeating job has planned and not begun, because it is paused. What an earlier schedule of it still
 * owed is told of as a gap at once: the schedule it has now cannot account for those times on resume.
 * @returns the earliest nominal time taken back that is the present schedule's, or undefined
 */
export async function withdrawForPause(runner: SqlRunner, jobId: string): Promise<Date | undefined> {
  const owed = await queryRows<{ scheduled_for: Date }>(runner, WITHDRAW_OWED, [jobId]);
  for (const { scheduled_for } of owed) await runner.query(INSERT_GAP, [newId(), jobId, scheduled_for]);
  return withdrawPlanned(runner, jobId);
}

const WITHDRAW_OWED = `
  DELETE FROM executions
  WHERE job_id = $1 AND trigger = 'schedule' AND status IN ('scheduled', 'queued') AND attempt = 0
    AND scheduled_for <= (SELECT max(effective_at) FROM job_versions WHERE job_id = $1)
  RETURNING scheduled_for`;

const INSERT_GAP = `
  INSERT INTO schedule_gaps (id, job_id, from_at, to_at, reason, count) VALUES ($1, $2, $3, $3, 'paused', 1)`;
