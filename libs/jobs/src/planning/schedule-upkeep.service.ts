import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { queryRows } from '#database';
import { notifyChanges } from '#executions';
import { findFailing, pauseFailing } from './pause-failing.js';
import { PlanDueJobs } from './plan-due-jobs.service.js';
import { PLANNED_JOB_COLUMNS, type PlannedJobRow, scheduleOfRow } from './planned-job.js';
import { runsLeft } from './runs-left.js';

const PER_TURN = 500;

/**
 * Ends schedules that have run out, pauses jobs that keep failing, and tells the ledger of what is skipped. Any number of processes may do it at once: jobs
 * another one holds are passed over until the next turn.
 */
@Injectable()
export class ScheduleUpkeep {
  constructor(
    private readonly dataSource: DataSource,
    private readonly planDueJobs: PlanDueJobs,
  ) {}

  async run(): Promise<void> {
    await this.pauseFailing();
    await this.planDueJobs.tellSkipped();
    await this.completeEnded();
  }

  /** @returns how many jobs it paused */
  async pauseFailing(): Promise<number> {
    const found = await findFailing(this.dataSource);
    if (found.length === 0) return 0;
    return this.dataSource.transaction(async (manager) => {
      const locked = await queryRows<{ id: string }>(manager, LOCK, [found]);
      return (
        await pauseFailing(
          manager,
          locked.map(({ id }) => id),
        )
      ).size;
    });
  }

  /**
   * Completes repeating jobs that have nothing to come and nothing live. Where skipped occurrences left `maxRuns`
   * unreached, the schedule goes on instead.
   * @returns how many jobs it completed
   */
  async completeEnded(): Promise<number> {
    return this.dataSource.transaction(async (manager) => {
      const jobs = await queryRows<PlannedJobRow & { last: Date | null; go_on_from: Date }>(manager, ENDED, [
        PER_TURN,
      ]);
      if (jobs.length === 0) return 0;
      const limited = jobs.filter((job) => job.max_runs !== null);
      const left = await runsLeft(
        manager,
        limited.map(({ id }) => id),
      );
      const next = jobs.map((job) => {
        const hasRunsLeft = job.max_runs !== null && (left.get(job.id) ?? 0) > 0;
        const at =
          hasRunsLeft && job.last ? scheduleOfRow(job, undefined).next(job.go_on_from.getTime()) : undefined;
        return at === undefined ? null : new Date(at);
      });
      await manager.query(CONCLUDE, [jobs.map(({ id }) => id), next]);
      const ended = limited.filter(({ id }) => (left.get(id) ?? 0) === 0);
      await manager.query(CLOSE_VERSIONS, [ended.map(({ id }) => id), ended.map(({ last }) => last)]);
      const completed = jobs.filter((_, index) => next[index] === null);
      await notifyChanges(
        manager,
        completed.map(({ id }) => ({ kind: 'job', jobId: id, status: 'completed' })),
      );
      return completed.length;
    });
  }
}

const LOCK = `
  SELECT id FROM jobs WHERE id = ANY($1::uuid[]) AND status = 'active' ORDER BY id FOR NO KEY UPDATE SKIP LOCKED`;

const ENDED = `
  SELECT ${PLANNED_JOB_COLUMNS},
    greatest(
      (SELECT max(e.scheduled_for) FROM executions e WHERE e.job_id = jobs.id AND e.trigger = 'schedule'),
      (SELECT max(g.to_at) FROM schedule_gaps g WHERE g.job_id = jobs.id)) AS last,
    greatest(
      (SELECT max(e.scheduled_for) FROM executions e WHERE e.job_id = jobs.id AND e.trigger = 'schedule'),
      (SELECT max(g.to_at) FROM schedule_gaps g WHERE g.job_id = jobs.id),
      (SELECT max(v.effective_at) FROM job_versions v WHERE v.job_id = jobs.id)) AS go_on_from
  FROM jobs
  WHERE status = 'active' AND next_run_at IS NULL AND schedule_type IN ('recurring', 'interval') AND deleted_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM executions e WHERE e.job_id = jobs.id AND e.trigger = 'schedule'
      AND e.status IN ('scheduled', 'queued', 'running', 'retrying'))
  ORDER BY id LIMIT $1
  FOR NO KEY UPDATE SKIP LOCKED`;

const CONCLUDE = `
  UPDATE jobs j SET
    next_run_at = p.next_run_at,
    status = CASE WHEN p.next_run_at IS NULL THEN 'completed' ELSE j.status END,
    status_reason = CASE WHEN p.next_run_at IS NULL THEN 'its schedule has come to its end' ELSE j.status_reason END,
    updated_at = clock_timestamp()
  FROM unnest($1::uuid[], $2::timestamptz[]) AS p(id, next_run_at)
  WHERE j.id = p.id`;

/** A schedule with all its runs has no nominal times after the last the ledger tells of. */
const CLOSE_VERSIONS = `
  UPDATE job_versions v SET until_at = least(v.until_at, i.last)
  FROM unnest($1::uuid[], $2::timestamptz[]) AS i(job_id, last)
  WHERE v.job_id = i.job_id`;
