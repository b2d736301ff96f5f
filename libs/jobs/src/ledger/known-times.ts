import { queryRows, type SqlRunner } from '#database';

/** Nominal times of a range that have rows already, by job: what was planned before a pause, or by an edit. Epoch milliseconds. */
export async function knownTimes(
  runner: SqlRunner,
  ranges: { jobId: string; from: number; to: number }[],
): Promise<Map<string, number[]>> {
  const known = new Map<string, number[]>();
  if (ranges.length === 0) return known;
  const rows = await queryRows<{ job_id: string; scheduled_for: Date }>(runner, KNOWN, [
    ranges.map(({ jobId }) => jobId),
    ranges.map(({ from }) => new Date(from)),
    ranges.map(({ to }) => new Date(to)),
  ]);
  for (const { job_id, scheduled_for } of rows) {
    known.set(job_id, [...(known.get(job_id) ?? []), scheduled_for.getTime()]);
  }
  return known;
}

const KNOWN = `
  SELECT DISTINCT e.job_id, e.scheduled_for
  FROM unnest($1::uuid[], $2::timestamptz[], $3::timestamptz[]) AS r(job_id, from_at, to_at)
  JOIN executions e ON e.job_id = r.job_id AND e.trigger = 'schedule' AND e.scheduled_for BETWEEN r.from_at AND r.to_at`;
