import { loadClosings } from '#calendars';
import type { SqlRunner } from '#database';
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
    closed.reduce((first, { next_run_at }) => Math.min(first, next_run_at.getTime()), Infinity),
  );
  return ({ id, calendars }) => ({ runsLeft: left.get(id), closings: closings.of(calendars) });
}
