import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { ChronosConfig } from '#config';
import { queryRows } from '#database';
import { type DueExecution, isSystemHeld, SYSTEM_HELD } from '#executions';
import { runsNextAtSql } from '../schedule/next-run.js';
import { pauseFailing } from './pause-failing.js';
import { factsOf } from './plan-facts.js';
import { planJob, PLANNED_JOB_COLUMNS, type PlannedJobRow, type PlanRules } from './planned-job.js';
import { takeBackOverdue } from './take-back-overdue.js';
import { writePlans } from './write-plans.js';

/** The most jobs one transaction plans. Claiming 500 took 33 to 45 ms at ten thousand and at a million jobs alike. */
const JOBS_PER_LOOK = 500;
/** What was skipped is in the ledger so much later, unless the job runs again before. */
const TELL_AFTER_MS = 600_000;

export interface PlannedBatch {
  /** To be dispatched at their moment by whoever planned them. */
  executions: DueExecution[];
  /** How many jobs have misfires that wait for a review since. */
  held: number;
  /** Whether more jobs may be due than one look took. */
  hasMore: boolean;
}

/**
 * Turns due jobs into executions: locks the jobs whose next nominal time has come near, writes their occurrences into
 * the ledger and moves them on, in one short transaction. Any number of planners may do it at once; jobs another one
 * holds are passed over. Time is the database's. While everything is paused nothing is planned: what comes due then waits
 * behind `next_run_at`.
 */
@Injectable()
export class PlanDueJobs {
  constructor(
    private readonly dataSource: DataSource,
    private readonly config: ChronosConfig,
  ) {}

  async plan(): Promise<PlannedBatch> {
    const rules = this.#rules(this.config.worker.plannerLookaheadMs);
    return this.dataSource.transaction(async (manager) => {
      const jobs = await queryRows<PlannedJobRow>(manager, DUE_JOBS, [rules.lookaheadMs, JOBS_PER_LOOK]);
      const paused = await pauseFailing(manager, watchedOf(jobs));
      const active = jobs.filter(({ id }) => !paused.has(id));
      const written = await this.#write(manager, active, rules);
      return { ...written, hasMore: jobs.length === JOBS_PER_LOOK };
    });
  }

  /**
   * Tells the ledger of nominal times that were skipped some minutes ago, of jobs that nothing else has to be planned for:
   * a job that calendars keep closed is not looked at before it opens.
   * @returns of how many jobs
   */
  async tellSkipped(): Promise<number> {
    return this.dataSource.transaction(async (manager) => {
      const jobs = await queryRows<PlannedJobRow>(manager, SKIPPING_JOBS, [TELL_AFTER_MS, JOBS_PER_LOOK]);
      await this.#write(manager, jobs, this.#rules(0));
      return jobs.length;
    });
  }

  #rules(lookaheadMs: number): PlanRules {
    const { misfireThresholdMs, catchupReviewAfterMs: reviewAfterMs } = this.config.jobs;
    return { lookaheadMs, misfireThresholdMs, reviewAfterMs };
  }

  async #write(
    manager: EntityManager,
    jobs: PlannedJobRow[],
    rules: PlanRules,
  ): Promise<Omit<PlannedBatch, 'hasMore'>> {
    if (jobs.length === 0) return { executions: [], held: 0 };
    const facts = await factsOf(manager, jobs);
    const planned = jobs.map((job) => planJob(job, rules, facts(job)));
    return {
      executions: await writePlans(manager, planned, this.config.jobs.catchupPerSecond),
      held: planned.filter(({ review }) => review).length,
    };
  }

  /**
   * Has occurrences that were planned, but whose planner died before their time and that are misfires by now, judged
   * again with all that was missed since.
   * @returns how many
   */
  async takeBackOverdue(): Promise<number> {
    if (await isSystemHeld(this.dataSource)) return 0;
    return takeBackOverdue(this.dataSource, this.config.jobs.misfireThresholdMs);
  }
}

function watchedOf(jobs: PlannedJobRow[]): string[] {
  return jobs.filter((job) => job.pause_after_failures !== null).map(({ id }) => id);
}

/** A job that calendars keep closed is of no account before it opens. */
const RUNS_NEXT_AT = runsNextAtSql();

const DUE_JOBS = `
  SELECT ${PLANNED_JOB_COLUMNS}
  FROM jobs
  WHERE status = 'active' AND ${RUNS_NEXT_AT} <= now() + $1 * interval '1 ms' AND NOT ${SYSTEM_HELD}
  ORDER BY ${RUNS_NEXT_AT}, id
  LIMIT $2
  FOR NO KEY UPDATE SKIP LOCKED`;

const SKIPPING_JOBS = `
  SELECT ${PLANNED_JOB_COLUMNS}
  FROM jobs
  WHERE status = 'active' AND next_run_at = skip_from AND next_run_at <= now() - $1 * interval '1 ms'
    AND NOT ${SYSTEM_HELD}
  ORDER BY next_run_at
  LIMIT $2
  FOR NO KEY UPDATE SKIP LOCKED`;
