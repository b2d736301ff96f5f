import { newId, queryRows, type SqlRunner } from '#database';
import { countInLedger, withdrawPlanned } from '#executions';
import { withdrawBackfilled } from '../backfill/withdraw-backfilled.js';

/**
 * Takes back what a repeating job has planned and not begun, because it is paused, for its backfills as well. What an
 * earlier schedule of it still owed, and what lies before something the ledger tells of already, is told of as a gap at once: on resume nothing would
 * account for those times.
 * @returns the earliest nominal time taken back that is to be accounted for on resume, or undefined
 */
export async function withdrawForPause(runner: SqlRunner, jobId: string): Promise<Date | undefined> {
  await withdrawBackfilled(runner, { jobId });
  const owed = await queryRows<{ scheduled_for: Date }>(runner, WITHDRAW_OWED, [jobId]);
  for (const { scheduled_for } of owed) await runner.query(INSERT_GAP, [newId(), jobId, scheduled_for]);
  countInLedger(
    runner,
    owed.map(() => ({ kind: 'gap', reason: 'paused', times: 1 })),
  );
  await runner.query(SKIP_TURNS, [jobId]);
  return withdrawPlanned(runner, jobId);
}

const WAITS = `status IN ('scheduled', 'queued') AND attempt = 0 AND due_at < 'infinity'`;

const WITHDRAW_OWED = `
  DELETE FROM executions
  WHERE job_id = $1 AND trigger = 'schedule' AND ${WAITS}
    AND scheduled_for <= greatest(
      (SELECT max(effective_at) FROM job_versions WHERE job_id = $1),
      (SELECT max(e.scheduled_for) FROM executions e WHERE e.job_id = $1 AND e.trigger = 'schedule' AND NOT (${WAITS})),
      (SELECT max(to_at) FROM schedule_gaps WHERE job_id = $1))
  RETURNING scheduled_for`;

/** A turn in a chain does not come again: it is told as skipped. */
const SKIP_TURNS = `
  WITH turns AS MATERIALIZED (
    SELECT id, scheduled_for FROM executions
    WHERE job_id = $1 AND trigger = 'chain' AND status IN ('scheduled', 'queued') AND attempt = 0
    ORDER BY id
    FOR UPDATE
  )
  UPDATE executions e SET status = 'skipped', reason = 'paused', finished_at = clock_timestamp()
  FROM turns t
  WHERE e.id = t.id AND e.scheduled_for = t.scheduled_for`;

const INSERT_GAP = `
  INSERT INTO schedule_gaps (id, job_id, from_at, to_at, reason, count) VALUES ($1, $2, $3, $3, 'paused', 1)`;
