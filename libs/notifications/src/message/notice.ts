import type {
  ExecutionError,
  ExecutionStatus,
  ExecutionTrigger,
  JobType,
  NotificationEvent,
} from '#contracts';

/** What a notification tells, as it was when the execution ended. Times as ISO 8601 in UTC. */
export interface Notice {
  event: NotificationEvent;
  jobId: string;
  jobName: string;
  jobType: JobType;
  executionId: string;
  status: ExecutionStatus;
  trigger: ExecutionTrigger;
  scheduledFor: string;
  startedAt: string | null;
  finishedAt: string;
  attempt: number;
  maxAttempts: number;
  error: ExecutionError | null;
  /** Failures in a row, this one or the one just overcome included; null where the job's rules do not count. */
  failuresInRow: number | null;
}
