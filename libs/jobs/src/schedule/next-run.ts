import type { JobEntity } from '../entities/job.entity.js';
import { type JobSchedule, nextRunFrom } from './job-schedule.js';

/**
 * What a job keeps of what is to come: the first nominal time not in the ledger yet and, where that one is skipped, the
 * first that is not. `runsAt` holds for as long as `nextRunAt` is `skipFrom`: whoever moves `nextRunAt` alone voids it, and
 * the planner says it anew when it has come there.
 */
export type NextRun = Pick<JobEntity, 'nextRunAt' | 'skipFrom' | 'runsAt'>;

export const NOTHING_TO_COME: NextRun = { nextRunAt: null, skipFrom: null, runsAt: null };

/** @param atMs a nominal time of the schedule; undefined where there is none to come */
export function nextRunAt(schedule: JobSchedule, atMs: number | undefined): NextRun {
  if (atMs === undefined) return NOTHING_TO_COME;
  const next = new Date(atMs);
  if (schedule.skipReason(atMs) === undefined) return { nextRunAt: next, skipFrom: null, runsAt: null };
  const runsAt = nextRunFrom(schedule, atMs);
  return { nextRunAt: next, skipFrom: next, runsAt: runsAt === undefined ? null : new Date(runsAt) };
}

/** The next time a job will run, as far as its schedule goes; null: none. */
export function runsNextAt({ nextRunAt: next, skipFrom, runsAt }: NextRun): Date | null {
  return next !== null && next.getTime() === skipFrom?.getTime() ? runsAt : next;
}

/** The same in SQL, and the expression of the index `jobs_due_idx`. */
export function runsNextAtSql(table?: string): string {
  const [next, from, runs] = ['next_run_at', 'skip_from', 'runs_at'].map((column) =>
    table === undefined ? column : `${table}.${column}`,
  );
  return `CASE WHEN ${next} = ${from} THEN ${runs} ELSE ${next} END`;
}
