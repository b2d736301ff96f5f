import { queryRows, type SqlRunner } from '#database';

/**
 * Takes back executions of backfills that have not begun: their nominal times wait again. What begins in the same moment
 * wins. Call it with the job locked.
 * @returns how many
 */
export async function withdrawBackfilled(
  runner: SqlRunner,
  where: { jobId: string } | { backfillId: string },
): Promise<number> {
  const [column, value] = 'jobId' in where ? ['job_id', where.jobId] : ['backfill_id', where.backfillId];
  const rows = await queryRows<{ withdrawn: number }>(runner, withdrawBy(column), [value]);
  return rows[0]?.withdrawn ?? 0;
}

const withdrawBy = (column: string) => `
  WITH withdrawn AS (
    DELETE FROM executions
    WHERE ${column} = $1 AND backfill_id IS NOT NULL AND status IN ('scheduled', 'queued') AND attempt = 0
    RETURNING id, backfill_id, scheduled_for
  ), waiting AS (
    UPDATE backfill_occurrences o SET execution_id = NULL FROM withdrawn w
    WHERE o.backfill_id = w.backfill_id AND o.scheduled_for = w.scheduled_for AND o.execution_id = w.id
  )
  SELECT count(*)::int AS withdrawn FROM withdrawn`;

/** Ends the backfills of a job that has ended. Their executions are the caller's to end. */
export async function endBackfillsOf(runner: SqlRunner, jobId: string): Promise<void> {
  await runner.query(END, [jobId]);
}

const END = `
  UPDATE backfills SET status = 'cancelled', finished_at = clock_timestamp()
  WHERE job_id = $1 AND status = 'running'`;
