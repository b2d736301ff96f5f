import type { ExecutionError, ExecutionStatus, JobStatus, JobType } from '#contracts';

/** What a dashboard opens with. Times are ISO 8601, durations milliseconds, rates from 0 to 1. */
export interface DashboardFigures {
  jobs: {
    total: number;
    byStatus: Record<JobStatus, number>;
    byType: Record<JobType, number>;
  };
  executions24h: DayFigures;
  /** Everything is paused: nothing starts, and nothing is to come; null where it is not. */
  paused: PauseFigures | null;
  /** Misfires that wait for a review. */
  catchup: CatchupFigures;
  /** The next runs of active jobs, soonest first; none while everything is paused. */
  upcoming: UpcomingRun[];
  /** Jobs whose latest execution failed, the newest failure first. */
  attention: AttentionFigures[];
  /** One entry a UTC day, oldest first, today last. */
  trend: TrendFigures[];
}

/** Of executions that were due in the last 24 hours. `failed` counts those that timed out. */
export interface DayFigures {
  total: number;
  completed: number;
  failed: number;
  /** At this moment, whenever they were due. */
  running: number;
  /** Of those that completed or failed; null where none did. */
  successRate: number | null;
  failureRate: number | null;
  /** From the first attempt's start to the end; null where none ended. */
  avgDurationMs: number | null;
  p95DurationMs: number | null;
}

export interface PauseFigures {
  since: string;
  reason: string;
  /** The name of who paused it. */
  by: string | null;
}

/** What an outage left and an administrator has yet to release or drop. */
export interface CatchupFigures {
  jobs: number;
  executions: number;
}

export interface UpcomingRun {
  jobId: string;
  name: string;
  type: JobType;
  timezone: string;
  nextRunAt: string;
}

export interface AttentionFigures {
  jobId: string;
  name: string;
  type: JobType;
  jobStatus: JobStatus;
  /** The execution that failed last. */
  executionId: string;
  status: ExecutionStatus;
  failedAt: string;
  error: ExecutionError | null;
  /** Failed executions within the days asked for. */
  failures: number;
}

export interface TrendFigures {
  /** `YYYY-MM-DD`, in UTC. */
  date: string;
  completed: number;
  failed: number;
}
