import { presentClosings } from '#calendars';
import { type BackfillMode, ChronosError } from '#contracts';
import { queryRows, type SqlRunner } from '#database';
import type { JobEntity } from '../entities/job.entity.js';
import { scheduleHistory } from '../ledger/schedule-history.js';
import type { SkipReason } from '../schedule/job-schedule.js';
import { isWanted, type OccurrenceOutcome } from './occurrence-outcome.js';
import { pastTimes } from './past-times.js';
import { outcomesBetween } from './read-outcomes.js';

/** The most executions one backfill makes. */
export const MAX_RUNS = 10_000;
/** The most nominal times its range may have, whatever has become of them. */
const MAX_LOOKED_AT = 100_000;
const DAY_MS = 86_400_000;

export interface BackfillRange {
  /** Both ends are included. */
  from: Date;
  to: Date;
  mode: BackfillMode;
  /** Run also what the job's calendars leave out. Default false. */
  includeBlackouts?: boolean;
}

/** What a backfill would find and do. */
export interface BackfillSurvey {
  /** The range without what is still to come. */
  from: Date;
  to: Date;
  /** The nominal times it would run, oldest first, in epoch milliseconds. */
  times: number[];
  /** How many nominal times the range has, by what has become of them. */
  found: Record<OccurrenceOutcome, number>;
  /** How many of them the schedule itself leaves out: clock changes under `dstGap: skip`, and blackouts. */
  excluded: number;
}

/**
 * Finds the nominal times a backfill of this range and mode would run. Those the schedule has not accounted for yet are
 * its own: a job that was paused, or met an outage, is resumed or caught up with first.
 * @param context.keptDays how far back history is kept
 * @throws ChronosError VALIDATION_FAILED where the range lies ahead, runs backwards, or asks for too much
 */
export async function surveyBackfill(
  runner: SqlRunner,
  job: JobEntity,
  range: BackfillRange,
  context: { now: number; keptDays: number },
): Promise<BackfillSurvey> {
  const { now, keptDays } = context;
  if (range.from.getTime() > now) {
    throw ChronosError.invalid('from', 'lies ahead; a backfill is for times that have passed');
  }
  if (range.from > range.to) throw ChronosError.invalid('to', 'is before "from"');
  const from = range.from.getTime();
  const to = Math.min(range.to.getTime(), now);
  const versions = await scheduleHistory(runner, job.id, job.createdAt);
  const until = Math.min(to, await accountedUntil(runner, job));
  const closings = await presentClosings(runner, job.calendars);
  const times = pastTimes(job, versions, closings, { from, to: until }, MAX_LOOKED_AT + 1);
  const tooMany = times[MAX_LOOKED_AT];
  if (tooMany) {
    throw ChronosError.invalid(
      'to',
      `leaves more than ${commas(MAX_LOOKED_AT)} nominal times in the range; end it before ${iso(tooMany.at)}`,
    );
  }
  const keptSince = now - keptDays * DAY_MS;
  const outcomes = await outcomesBetween(runner, job.id, from, to);
  const survey: BackfillSurvey = {
    from: new Date(from),
    to: new Date(to),
    times: [],
    found: { missing: 0, failed: 0, completed: 0, live: 0, forgotten: 0 },
    excluded: 0,
  };
  for (const { at, skipReason, isOfRecord } of times) {
    const outcome = outcomes.get(at) ?? (isOfRecord && at < keptSince ? 'forgotten' : 'missing');
    const hasRun = outcome !== 'missing' && outcome !== 'forgotten';
    if (isLeftOut(skipReason, range) && !hasRun) survey.excluded += 1;
    else {
      survey.found[outcome] += 1;
      if (isWanted(range.mode, outcome)) survey.times.push(at);
    }
  }
  assertNotTooMany(survey.times);
  return survey;
}

function isLeftOut(reason: SkipReason | undefined, { includeBlackouts = false }: BackfillRange): boolean {
  return reason === 'dst_gap' || (reason === 'blackout' && !includeBlackouts);
}

function assertNotTooMany(times: number[]): void {
  const first = times[MAX_RUNS];
  if (first === undefined) return;
  throw ChronosError.invalid(
    'to',
    `asks for ${commas(times.length)} executions, and a backfill makes at most ${commas(MAX_RUNS)}; ` +
      `end it before ${iso(first)}, and make another one from there`,
  );
}

/** Up to where the ledger is complete: nominal times after it are still the schedule's own. */
async function accountedUntil(runner: SqlRunner, job: JobEntity): Promise<number> {
  if (job.nextRunAt) return job.nextRunAt.getTime() - 1;
  if (job.status !== 'active' || job.maxRuns === null) return Infinity;
  const [row] = await queryRows<{ last: Date | null }>(runner, LAST_TOLD, [job.id]);
  return row?.last?.getTime() ?? -Infinity;
}

function commas(count: number): string {
  return count.toLocaleString('en-GB');
}

function iso(at: number): string {
  return new Date(at).toISOString();
}

/** A schedule that has had all its runs, and waits for the last one's end, has no nominal times after it. */
const LAST_TOLD = `
  SELECT greatest(
    (SELECT max(scheduled_for) FROM executions WHERE job_id = $1 AND trigger = 'schedule'),
    (SELECT max(to_at) FROM schedule_gaps WHERE job_id = $1)) AS last`;
