import { ChronosError } from '#contracts';
import { queryRows, type SqlRunner } from '#database';
import type { JobEntity } from '../entities/job.entity.js';

/** What the times to come of a job depend on beside itself. */
export interface LedgerSituation {
  /** The database's clock, in epoch milliseconds. */
  now: number;
  /** How many runs `maxRuns` leaves the job: Infinity where it has none. */
  runsLeft: number;
  /** Why everything is paused; null where it is not. */
  pauseReason: string | null;
}

/** @param job with another bound than its own, `maxRuns` may be asked about */
export async function ledgerSituation(
  runner: SqlRunner,
  { id, maxRuns }: Pick<JobEntity, 'id' | 'maxRuns'>,
): Promise<LedgerSituation> {
  const [row] = await queryRows<{ now: Date; runs_left: number | null; pause_reason: string | null }>(
    runner,
    SITUATION,
    [id, maxRuns],
  );
  if (!row) throw ChronosError.notFound('job', id);
  return { now: row.now.getTime(), runsLeft: row.runs_left ?? Infinity, pauseReason: row.pause_reason };
}

const SITUATION = `
  SELECT clock_timestamp()::timestamptz(3) AS now, $2::int - j.runs_done - (
      SELECT count(*)::int FROM executions e
      WHERE e.job_id = j.id AND e.trigger = 'schedule' AND e.status NOT IN ('skipped', 'missed')
        AND e.scheduled_for > coalesce(j.runs_done_until, '-infinity')) AS runs_left,
    (SELECT p.reason FROM system_pauses p WHERE p.settled_at IS NULL ORDER BY p.since_at DESC LIMIT 1) AS pause_reason
  FROM jobs j WHERE j.id = $1`;
