import type {
  DstGapPolicy,
  DstOverlapPolicy,
  GapReason,
  JobType,
  MisfirePolicy,
  ScheduleType,
} from '#contracts';
import type { Closings, ZoneTimeline } from '#scheduling';
import { type JobSchedule, jobSchedule } from '../schedule/job-schedule.js';
import { outside, type PauseSpan } from '../system-pause/pause-spans.js';
import { misfiresForReview, type ReviewedMisfires } from './misfires-for-review.js';
import { planAroundPauses } from './plan-around-pauses.js';
import type { Plan } from './plan-occurrences.js';

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
  every_ms: string | null;
  starts_at: Date | null;
  ends_at: Date | null;
  max_runs: number | null;
  jitter_ms: number;
  pause_after_failures: number | null;
  created_at: Date;
  misfire_policy: MisfirePolicy;
  catchup_window_ms: string;
  calendars: string[];
  next_run_at: Date;
  now: Date;
}

export const PLANNED_JOB_COLUMNS = `
  id, type, priority, max_retries, schedule_type, scheduled_at, cron_expression, timezone, dst_gap, dst_overlap,
  every_ms, starts_at, ends_at, max_runs, jitter_ms, pause_after_failures, created_at, misfire_policy, catchup_window_ms, calendars,
  next_run_at, clock_timestamp()::timestamptz(3) AS now`;

/** A job and what becomes of its nominal times. */
export interface PlannedJob {
  job: PlannedJobRow;
  schedule: JobSchedule;
  plan: Plan;
  /** Set where what is to be caught up with waits for a review. */
  review: ReviewedMisfires | undefined;
}

export interface PlanRules {
  lookaheadMs: number;
  misfireThresholdMs: number;
  gapReason?: GapReason;
  /** Misfires later than this are reviewed before they run; 0, or left out: none are. */
  reviewAfterMs?: number;
}

/** What is known of one job beside its row. */
export interface PlanFacts {
  /** How often the schedule may still run (`runsLeft`); default for ever. */
  runsLeft?: number;
  /** When its calendars are closed, from its next nominal time on. */
  closings: Closings | undefined;
  /** Times in which everything was paused, from there on, oldest first. */
  pauses: readonly PauseSpan[];
}

/** @param timeline as in `jobSchedule` */
export function scheduleOfRow(
  job: PlannedJobRow,
  closings: Closings | undefined,
  timeline?: ZoneTimeline,
): JobSchedule {
  const fields = {
    scheduleType: job.schedule_type,
    scheduledAt: job.scheduled_at,
    cronExpression: job.cron_expression,
    timezone: job.timezone,
    dstGap: job.dst_gap,
    dstOverlap: job.dst_overlap,
    everyMs: job.every_ms === null ? null : Number(job.every_ms),
    startsAt: job.starts_at,
    endsAt: job.ends_at,
    createdAt: job.created_at,
  };
  return jobSchedule(fields, closings, timeline);
}

/** A job that is to run at once has no time it could miss: late or not, it runs. */
export function planJob(
  job: PlannedJobRow,
  rules: PlanRules,
  { runsLeft = Infinity, closings, pauses }: PlanFacts,
): PlannedJob {
  const schedule = scheduleOfRow(job, closings);
  const now = job.now.getTime();
  const isImmediate = job.schedule_type === 'immediate';
  const input = {
    nextRunAt: job.next_run_at.getTime(),
    now,
    horizon: now + rules.lookaheadMs,
    schedule,
    runsLeft,
    misfirePolicy: job.misfire_policy,
    misfireThresholdMs: isImmediate ? Infinity : rules.misfireThresholdMs,
    gapReason: rules.gapReason,
    catchupWindowMs: Number(job.catchup_window_ms),
  };
  const plan = planAroundPauses(input, isImmediate ? [] : pauses);
  // What was left out for a pause of everything, or is caught up with because an admin said so, was decided about then.
  const review = misfiresForReview({ ...schedule, ...outside(schedule, pauses) }, plan, {
    nextRunAt: input.nextRunAt,
    now,
    reviewAfterMs: rules.reviewAfterMs ?? 0,
  });
  return { job, schedule, plan, review };
}
