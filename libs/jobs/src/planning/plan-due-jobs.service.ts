import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ChronosConfig } from '#config';
import { queryRows } from '#database';
import type { DueExecution } from '#executions';
import { pauseFailing } from './pause-failing.js';
import { planJob, PLANNED_JOB_COLUMNS, type PlannedJobRow } from './planned-job.js';
import { runsLeft } from './runs-left.js';
import { takeBackOverdue } from './take-back-overdue.js';
import { writePlans } from './write-plans.js';

/** The most jobs one transaction plans. Claiming 500 took 33 to 45 ms at ten thousand and at a million jobs alike. */
const JOBS_PER_LOOK = 500;

export interface PlannedBatch {
  /** To be dispatched at their moment by whoever planned them. */
  executions: DueExecution[];
  /** Whether more jobs may be due than one look took. */
  hasMore: boolean;
}

/**
 * Turns due jobs into executions: locks the jobs whose next nominal time has come near, writes their occurrences into
 * the ledger and moves them on, in one short transaction. Any number of planners may do it at once; jobs another one
 * holds are passed over. Time is the database's.
 */
@Injectable()
export class PlanDueJobs {
  constructor(
    private readonly dataSource: DataSource,
    private readonly config: ChronosConfig,
  ) {}

  async plan(): Promise<PlannedBatch> {
    const { misfireThresholdMs, catchupPerSecond } = this.config.jobs;
    const rules = { lookaheadMs: this.config.worker.plannerLookaheadMs, misfireThresholdMs };
    return this.dataSource.transaction(async (manager) => {
      const jobs = await queryRows<PlannedJobRow>(manager, DUE_JOBS, [rules.lookaheadMs, JOBS_PER_LOOK]);
      if (jobs.length === 0) return { executions: [], hasMore: false };
      const paused = await pauseFailing(manager, watchedOf(jobs));
      const left = await runsLeft(manager, limitedOf(jobs));
      const planned = jobs
        .filter(({ id }) => !paused.has(id))
        .map((job) => planJob(job, rules, left.get(job.id)));
      const executions = await writePlans(manager, planned, catchupPerSecond);
      return { executions, hasMore: jobs.length === JOBS_PER_LOOK };
    });
  }

  /**
   * Has occurrences that were planned, but whose planner died before their time and that are misfires by now, judged
   * again with all that was missed since.
   * @returns how many
   */
  async takeBackOverdue(): Promise<number> {
    return takeBackOverdue(this.dataSource, this.config.jobs.misfireThresholdMs);
  }
}

function watchedOf(jobs: PlannedJobRow[]): string[] {
  return jobs.filter((job) => job.pause_after_failures !== null).map(({ id }) => id);
}

function limitedOf(jobs: PlannedJobRow[]): string[] {
  return jobs.filter((job) => job.max_runs !== null).map(({ id }) => id);
}

const DUE_JOBS = `
  SELECT ${PLANNED_JOB_COLUMNS}
  FROM jobs
  WHERE status = 'active' AND next_run_at <= now() + $1 * interval '1 ms'
  ORDER BY next_run_at, id
  LIMIT $2
  FOR NO KEY UPDATE SKIP LOCKED`;
