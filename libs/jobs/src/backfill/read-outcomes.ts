import type { ExecutionStatus } from '#contracts';
import { queryRows, type SqlRunner } from '#database';
import { type OccurrenceOutcome, outcomeOf } from './occurrence-outcome.js';

interface OutcomeRow {
  scheduled_for: Date;
  statuses: ExecutionStatus[];
}

/** What has become of the nominal times of [from, to] that have executions, by nominal time. Epoch milliseconds. */
export async function outcomesBetween(
  runner: SqlRunner,
  jobId: string,
  from: number,
  to: number,
): Promise<Map<number, OccurrenceOutcome>> {
  const where = 'scheduled_for BETWEEN $2 AND $3';
  return toOutcomes(await queryRows(runner, outcomes(where), [jobId, new Date(from), new Date(to)]));
}

/** The same of single nominal times. */
export async function outcomesAt(
  runner: SqlRunner,
  jobId: string,
  times: Date[],
): Promise<Map<number, OccurrenceOutcome>> {
  return toOutcomes(
    await queryRows(runner, outcomes('scheduled_for = ANY($2::timestamptz[])'), [jobId, times]),
  );
}

function toOutcomes(rows: OutcomeRow[]): Map<number, OccurrenceOutcome> {
  return new Map(rows.map(({ scheduled_for, statuses }) => [scheduled_for.getTime(), outcomeOf(statuses)]));
}

/** Manual runs are nobody's nominal time, whatever moment they began at. */
const outcomes = (where: string) => `
  SELECT scheduled_for, array_agg(DISTINCT status::text) AS statuses FROM executions
  WHERE job_id = $1 AND ${where} AND trigger IN ('schedule', 'retry', 'backfill')
  GROUP BY scheduled_for`;
