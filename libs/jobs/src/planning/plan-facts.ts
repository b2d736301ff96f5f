import { loadClosings } from '#calendars';
import type { SqlRunner } from '#database';
import { pausesSince } from '../system-pause/pause-spans.js';
import type { PlanFacts, PlannedJobRow } from './planned-job.js';
import { runsLeft } from './runs-left.js';

/** What planning must know of jobs beside their rows, read for all of them at once. Call it with the jobs locked. */
export async function factsOf(
  runner: SqlRunner,
  jobs: PlannedJobRow[],
): Promise<(job: PlannedJobRow) => PlanFacts> {
  const limited = jobs.filter((job) => job.max_runs !== null).map(({ id }) => id);
  const left = await runsLeft(runner, limited);
  const closed = jobs.filter(({ calendars }) => calendars.length > 0);
  const closings = await loadClosings(
    runner,
    closed.flatMap(({ calendars }) => calendars),
    firstOf(closed),
  );
  const now = jobs[0]?.now.getTime() ?? 0;
  // What is on time lies in no pause: nothing is planned for before one is over.
  const pauses = firstOf(jobs) > now ? [] : await pausesSince(runner, firstOf(jobs), now);
  return ({ id, calendars }) => ({ runsLeft: left.get(id), closings: closings.of(calendars), pauses });
}

function firstOf(jobs: PlannedJobRow[]): number {
  return jobs.reduce((first, { next_run_at }) => Math.min(first, next_run_at.getTime()), Infinity);
}
