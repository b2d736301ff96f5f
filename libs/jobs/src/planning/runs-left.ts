import { queryRows, type SqlRunner } from '#database';

/**
 * How often the schedules of jobs with `maxRuns` may still run: occurrences that ran or will, what was skipped or missed
 * left out. Counted from the executions, not kept beside them; only what is over is folded into the job, so that
 * retention may take the rows. Call it with the jobs locked.
 */
export async function runsLeft(runner: SqlRunner, jobIds: string[]): Promise<Map<string, number>> {
  if (jobIds.length === 0) return new Map();
  const rows = await queryRows<{ id: string; runs_left: number }>(runner, RUNS_LEFT, [jobIds]);
  return new Map(rows.map(({ id, runs_left }) => [id, Math.max(0, runs_left)]));
}

const RUNS_LEFT = `
  UPDATE jobs j SET
    runs_done = j.runs_done + CASE WHEN c.live = 0 THEN c.runs ELSE 0 END,
    runs_done_until = CASE WHEN c.live = 0 THEN coalesce(c.last, j.runs_done_until) ELSE j.runs_done_until END
  FROM jobs i
  CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE e.status NOT IN ('skipped', 'missed'))::int AS runs,
      count(*) FILTER (WHERE e.status IN ('scheduled', 'queued', 'running', 'retrying'))::int AS live,
      max(e.scheduled_for) AS last
    FROM executions e
    WHERE e.job_id = i.id AND e.trigger = 'schedule' AND e.scheduled_for > coalesce(i.runs_done_until, '-infinity')
  ) c
  WHERE j.id = i.id AND j.id = ANY($1::uuid[]) AND j.max_runs IS NOT NULL
  RETURNING j.id, j.max_runs - j.runs_done - CASE WHEN c.live = 0 THEN 0 ELSE c.runs END AS runs_left`;
