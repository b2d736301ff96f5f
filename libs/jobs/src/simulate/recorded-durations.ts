import { queryRows, type SqlRunner } from '#database';

/** How long the latest runs of a job took, waits between attempts included. Milliseconds. */
export interface RecordedDurations {
  /** How many runs there were to learn from. */
  runs: number;
  p50: number;
  p95: number;
  max: number;
}

/** The latest runs that say how long runs take. */
const MAX_SAMPLES = 1_000;

/** In the order of their nominal times; none where no run is over. Milliseconds. */
export async function recordedDurations(runner: SqlRunner, jobId: string): Promise<number[]> {
  const rows = await queryRows<{ ms: number }>(runner, DURATIONS, [jobId, MAX_SAMPLES]);
  return rows.map(({ ms }) => ms);
}

export function inFigures(durationsMs: readonly number[]): RecordedDurations | null {
  const sorted = durationsMs.map(Math.round).toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.ceil(sorted.length * share) - 1];
  const [p50, p95, max] = [at(0.5), at(0.95), at(1)];
  if (p50 === undefined || p95 === undefined || max === undefined) return null;
  return { runs: sorted.length, p50, p95, max };
}

/** From the first attempt's start to the end, waits between attempts included: so long others meet it. Oldest first. */
const DURATIONS = `
  SELECT ms FROM (
    SELECT scheduled_for, id, (extract(epoch FROM finished_at - started_at) * 1000)::float8 AS ms FROM executions
    WHERE job_id = $1 AND started_at IS NOT NULL AND status IN ('completed', 'failed', 'timed_out')
    ORDER BY scheduled_for DESC, id DESC LIMIT $2
  ) latest ORDER BY scheduled_for, id`;
