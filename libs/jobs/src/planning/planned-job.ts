import type {
  DstGapPolicy,
  DstOverlapPolicy,
  GapReason,
  JobType,
  MisfirePolicy,
  ScheduleType,
} from '#contracts';
import { jobSchedule } from '../schedule/job-schedule.js';
import { type Plan, planOccurrences } from './plan-occurrences.js';

/** A job as planning reads it, named as its columns are. */
export interface PlannedJobRow {
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
  misfire_policy: MisfirePolicy;
  catchup_window_ms: string;
  next_run_at: Date;
  now: Date;
}

export const PLANNED_JOB_COLUMNS = `
  id, type, priority, max_retries, schedule_type, scheduled_at, cron_expression, timezone, dst_gap, dst_overlap,
  misfire_policy, catchup_window_ms, next_run_at, clock_timestamp()::timestamptz(3) AS now`;

/** A job and what becomes of its nominal times. */
export interface PlannedJob {
  job: PlannedJobRow;
  plan: Plan;
}

export interface PlanRules {
  lookaheadMs: number;
  misfireThresholdMs: number;
  gapReason?: GapReason;
}

/** A job that is to run at once has no time it could miss: late or not, it runs. */
export function planJob(job: PlannedJobRow, rules: PlanRules): PlannedJob {
  const now = job.now.getTime();
  const plan = planOccurrences({
    nextRunAt: job.next_run_at.getTime(),
    now,
    horizon: now + rules.lookaheadMs,
    schedule: jobSchedule({
      scheduleType: job.schedule_type,
      scheduledAt: job.scheduled_at,
      cronExpression: job.cron_expression,
      timezone: job.timezone,
      dstGap: job.dst_gap,
      dstOverlap: job.dst_overlap,
    }),
    misfirePolicy: job.misfire_policy,
    misfireThresholdMs: job.schedule_type === 'immediate' ? Infinity : rules.misfireThresholdMs,
    gapReason: rules.gapReason,
    catchupWindowMs: Number(job.catchup_window_ms),
  });
  return { job, plan };
}
