import { queryRows, type SqlRunner } from '#database';

/**
 * What is wrong with the backfills of a job, in a sentence each: executions no backfill asked for, nominal times whose
 * execution is gone, and, in the modes `missing` and `failed`, runs of what had completed.
 */
export async function verifyBackfills(runner: SqlRunner, jobId: string): Promise<string[]> {
  const rows = await queryRows<{ at: Date; fault: string }>(runner, FAULTS, [jobId]);
  return rows.map(({ at, fault }) => `${at.toISOString()} ${fault}`);
}

const FAULTS = `
  SELECT e.scheduled_for AS at, 'has an execution of a backfill that did not ask for it.' AS fault
  FROM executions e JOIN backfills b ON b.id = e.backfill_id
  WHERE e.job_id = $1 AND NOT EXISTS (SELECT 1 FROM backfill_occurrences o
    WHERE o.backfill_id = b.id AND o.scheduled_for = e.scheduled_for AND o.execution_id = e.id)
  UNION ALL
  SELECT o.scheduled_for, 'was run by a backfill, and its execution is gone.'
  FROM backfill_occurrences o JOIN backfills b ON b.id = o.backfill_id
  WHERE b.job_id = $1 AND o.execution_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM executions e
    WHERE e.id = o.execution_id AND e.scheduled_for = o.scheduled_for)
  UNION ALL
  SELECT e.scheduled_for, 'was run by a backfill in mode ' || b.mode || ' although it had completed.'
  FROM executions e JOIN backfills b ON b.id = e.backfill_id AND b.mode IN ('missing', 'failed')
  WHERE e.job_id = $1 AND EXISTS (SELECT 1 FROM executions o
    WHERE o.job_id = e.job_id AND o.scheduled_for = e.scheduled_for AND o.trigger IN ('schedule', 'retry', 'backfill')
      AND o.status = 'completed' AND o.finished_at < e.effective_at)`;
