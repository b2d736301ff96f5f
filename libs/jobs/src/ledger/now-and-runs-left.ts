import { ChronosError } from '#contracts';
import { queryRows, type SqlRunner } from '#database';
import type { JobEntity } from '../entities/job.entity.js';

/** The database's clock, in epoch milliseconds, and how many runs `maxRuns` leaves a job: Infinity where it has none. */
export async function nowAndRunsLeft(
  runner: SqlRunner,
  { id }: JobEntity,
): Promise<{ now: number; runsLeft: number }> {
  const [row] = await queryRows<{ now: Date; runs_left: number | null }>(runner, NOW_AND_RUNS_LEFT, [id]);
  if (!row) throw ChronosError.notFound('job', id);
  return { now: row.now.getTime(), runsLeft: row.runs_left ?? Infinity };
}

const NOW_AND_RUNS_LEFT = `
  SELECT clock_timestamp()::timestamptz(3) AS now, j.max_runs - j.runs_done - (
    SELECT count(*)::int FROM executions e
    WHERE e.job_id = j.id AND e.trigger = 'schedule' AND e.status NOT IN ('skipped', 'missed')
      AND e.scheduled_for > coalesce(j.runs_done_until, '-infinity')) AS runs_left
  FROM jobs j WHERE j.id = $1`;
