import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ChronosConfig } from '#config';
import type { DstGapPolicy, DstOverlapPolicy, JobType, ScheduleType } from '#contracts';
import { newId, queryRows, type SqlRunner } from '#database';
import { type DueExecution, insertExecutions, type NewExecution } from '#executions';
import { jobSchedule } from '../schedule/job-schedule.js';
import { type Plan, planOccurrences } from './plan-occurrences.js';

/** The most jobs one transaction plans. Claiming 500 took 33 to 45 ms at ten thousand and at a million jobs alike. */
const JOBS_PER_LOOK = 500;

interface DueJobRow {
  id: string;
  type: JobType;
  priority: number;
  max_retries: number;
  schedule_type: ScheduleType;
  scheduled_at: Date | null;
  cron_expression: string | null;
  timezone: string;
  dst_gap: DstGapPolicy;
  dst_overlap: DstOverlapPolicy;
  catchup_window_ms: string;
  next_run_at: Date;
  now: Date;
}

interface PlannedJob {
  job: DueJobRow;
  plan: Plan;
}

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
    return this.dataSource.transaction(async (manager) => {
      const jobs = await queryRows<DueJobRow>(manager, DUE_JOBS, [
        this.config.worker.plannerLookaheadMs,
        JOBS_PER_LOOK,
      ]);
      if (jobs.length === 0) return { executions: [], hasMore: false };
      const planned = jobs.map((job) => ({ job, plan: this.#planJob(job) }));
      const executions = await insertExecutions(manager, planned.flatMap(toNewExecutions));
      await insertGaps(manager, planned);
      await advance(manager, planned);
      return { executions, hasMore: jobs.length === JOBS_PER_LOOK };
    });
  }

  #planJob(job: DueJobRow): Plan {
    const now = job.now.getTime();
    return planOccurrences({
      nextRunAt: job.next_run_at.getTime(),
      now,
      horizon: now + this.config.worker.plannerLookaheadMs,
      schedule: jobSchedule({
        scheduleType: job.schedule_type,
        scheduledAt: job.scheduled_at,
        cronExpression: job.cron_expression,
        timezone: job.timezone,
        dstGap: job.dst_gap,
        dstOverlap: job.dst_overlap,
      }),
      misfireThresholdMs: this.config.jobs.misfireThresholdMs,
      catchupWindowMs: Number(job.catchup_window_ms),
    });
  }
}

function toNewExecutions({ job, plan }: PlannedJob): NewExecution[] {
  const base = {
    jobId: job.id,
    type: job.type,
    trigger: job.schedule_type === 'immediate' ? ('api' as const) : ('schedule' as const),
    priority: job.priority,
    maxAttempts: job.max_retries + 1,
  };
  return [
    ...plan.missed.map(({ at, reason }) => ({
      ...base,
      status: 'missed' as const,
      reason,
      scheduledFor: at,
    })),
    ...plan.run.map((at) => ({ ...base, status: 'scheduled' as const, scheduledFor: at })),
  ];
}

async function insertGaps(runner: SqlRunner, planned: PlannedJob[]): Promise<void> {
  const gaps = planned.flatMap(({ job, plan }) =>
    plan.gap
      ? [
          {
            id: newId(),
            job_id: job.id,
            ...plan.gap,
            from: new Date(plan.gap.from),
            to: new Date(plan.gap.to),
          },
        ]
      : [],
  );
  if (gaps.length > 0) await runner.query(INSERT_GAPS, [JSON.stringify(gaps)]);
}

/** A one-off whose moment lies too far back to run has nothing left to wait for. */
async function advance(runner: SqlRunner, planned: PlannedJob[]): Promise<void> {
  await runner.query(ADVANCE, [
    planned.map(({ job }) => job.id),
    planned.map(({ plan }) => (plan.nextRunAt === undefined ? null : new Date(plan.nextRunAt))),
    planned.map(
      ({ plan }) => plan.nextRunAt === undefined && plan.run.length === 0 && plan.missed.length > 0,
    ),
  ]);
}

const DUE_JOBS = `
  SELECT id, type, priority, max_retries, schedule_type, scheduled_at, cron_expression, timezone, dst_gap, dst_overlap,
    catchup_window_ms, next_run_at, clock_timestamp()::timestamptz(3) AS now
  FROM jobs
  WHERE status = 'active' AND next_run_at <= now() + $1 * interval '1 ms'
  ORDER BY next_run_at, id
  LIMIT $2
  FOR NO KEY UPDATE SKIP LOCKED`;

const INSERT_GAPS = `
  INSERT INTO schedule_gaps (id, job_id, from_at, to_at, reason, count)
  SELECT i.id, i.job_id, i."from", i."to", i.reason, i.count
  FROM json_to_recordset($1) AS i(id uuid, job_id uuid, "from" timestamptz, "to" timestamptz, reason text, count int)`;

const ADVANCE = `
  UPDATE jobs j SET
    next_run_at = p.next_run_at,
    status = CASE WHEN p.is_over THEN 'failed' ELSE j.status END,
    status_reason = CASE WHEN p.is_over THEN 'its time passed longer ago than its catch-up window while no scheduler ran'
      ELSE j.status_reason END
  FROM unnest($1::uuid[], $2::timestamptz[], $3::boolean[]) AS p(id, next_run_at, is_over)
  WHERE j.id = p.id`;
