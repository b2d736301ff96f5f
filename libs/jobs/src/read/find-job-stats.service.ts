import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type Actor, ChronosError } from '#contracts';
import { queryRows } from '#database';

/** A job's executions of some time by how they ended. Durations in milliseconds; null where nothing ran. */
export interface RunFigures {
  completed: number;
  failed: number;
  skipped: number;
  missed: number;
  p50DurationMs: number | null;
  p95DurationMs: number | null;
  maxDurationMs: number | null;
  p95LatenessMs: number | null;
}

export interface JobStats {
  total: RunFigures;
  /** A date of the job's zone each, oldest first; those on which nothing was due are left out. */
  days: ({ date: string } & RunFigures)[];
}

/** How a job's executions went over the last days, computed from the ledger. */
@Injectable()
export class FindJobStats {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * @param days how many dates of the job's zone, today included
   * @throws ChronosError NOT_FOUND when it is not there, deleted, or somebody else's
   */
  async of(actor: Actor, jobId: string, days: number): Promise<JobStats> {
    const rows = await queryRows<{ date: string | null; isThere: boolean } & RunFigures>(
      this.dataSource,
      STATS,
      [jobId, actor.role === 'admin' ? null : actor.id, days],
    );
    const total = rows.find(({ date }) => date === null);
    if (!total?.isThere) throw ChronosError.notFound('job', jobId);
    return {
      total: figuresOf(total),
      days: rows.flatMap((row) => (row.date === null ? [] : [{ date: row.date, ...figuresOf(row) }])),
    };
  }
}

function figuresOf({
  completed,
  failed,
  skipped,
  missed,
  p50DurationMs,
  p95DurationMs,
  maxDurationMs,
  p95LatenessMs,
}: RunFigures): RunFigures {
  return {
    completed,
    failed,
    skipped,
    missed,
    p50DurationMs,
    p95DurationMs,
    maxDurationMs,
    p95LatenessMs,
  };
}

/** The grouping set of nothing gives the total, also where there is no row to count. */
const STATS = `
  WITH job AS (
    SELECT id, timezone FROM jobs
    WHERE id = $1 AND deleted_at IS NULL AND ($2::uuid IS NULL OR owner_id = $2)
  ), run AS (
    SELECT to_char(e.scheduled_for AT TIME ZONE job.timezone, 'YYYY-MM-DD') AS date, e.status,
      date_part('epoch', e.finished_at - e.started_at) * 1000 AS duration,
      date_part('epoch', e.started_at - e.effective_at) * 1000 AS lateness
    FROM job JOIN executions e ON e.job_id = job.id
    WHERE e.scheduled_for <= now()
      AND e.scheduled_for >= (date_trunc('day', now() AT TIME ZONE job.timezone) - ($3::int - 1) * interval '1 day')
        AT TIME ZONE job.timezone
  )
  SELECT date, EXISTS (SELECT FROM job) AS "isThere",
    count(*) FILTER (WHERE status = 'completed')::int AS completed,
    count(*) FILTER (WHERE status IN ('failed', 'timed_out'))::int AS failed,
    count(*) FILTER (WHERE status = 'skipped')::int AS skipped,
    count(*) FILTER (WHERE status = 'missed')::int AS missed,
    round(percentile_disc(0.5) WITHIN GROUP (ORDER BY duration) FILTER (WHERE status = 'completed')) AS "p50DurationMs",
    round(percentile_disc(0.95) WITHIN GROUP (ORDER BY duration) FILTER (WHERE status = 'completed')) AS "p95DurationMs",
    round(max(duration) FILTER (WHERE status = 'completed')) AS "maxDurationMs",
    round(percentile_disc(0.95) WITHIN GROUP (ORDER BY lateness)) AS "p95LatenessMs"
  FROM run GROUP BY GROUPING SETS ((), (date)) ORDER BY date`;
