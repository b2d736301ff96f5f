import type {
  ExecutionError,
  ExecutionStatus,
  ExecutionTrigger,
  JobType,
  NotificationEvent,
} from '#contracts';

interface JobNotice {
  jobId: string;
  jobName: string;
  jobType: JobType;
}

/** How an execution ended. */
export interface EndNotice extends JobNotice {
  event: Exclude<NotificationEvent, 'test'>;
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

/** Somebody wants to see that a job's channels work. */
export interface TestNotice extends JobNotice {
  event: 'test';
  requestedAt: string;
  /** The e-mail address of who asked. */
  requestedBy: string;
}

/** What a notification tells, as it was when it was written. Times as ISO 8601 in UTC. */
export type Notice = EndNotice | TestNotice;
