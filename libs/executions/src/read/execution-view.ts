import type {
  ExecutionError,
  ExecutionReason,
  ExecutionStatus,
  ExecutionTrigger,
  JobType,
  JsonValue,
} from '#contracts';
import type { AttemptStatus, ExecutionAttemptEntity } from '../entities/execution-attempt.entity.js';
import type { ExecutionEntity } from '../entities/execution.entity.js';

/** An execution as a client sees it: times as ISO 8601, durations in milliseconds. */
export interface ExecutionView {
  id: string;
  jobId: string;
  type: JobType;
  trigger: ExecutionTrigger;
  scheduledFor: string;
  status: ExecutionStatus;
  reason: ExecutionReason | null;
  attempt: number;
  maxAttempts: number;
  /** While it waits: when it is to begin, or to be tried again. Null while it is held for a review. */
  nextAttemptAt: string | null;
  /** Since when it has been waiting, or had to wait, for other executions of its job. */
  bufferedAt: string | null;
  queuedAt: string | null;
  startedAt: string | null;
  finishedAt: string | null;
  /** From the first attempt's start to the end; null until both are known. */
  durationMs: number | null;
  /** How much later than due the first attempt began; null until it has. */
  latenessMs: number | null;
  workerId: string | null;
  retryOf: string | null;
  backfillId: string | null;
  /** The review of misfires it waits for; null when that is decided. */
  heldForReview: string | null;
  result: JsonValue | null;
  error: ExecutionError | null;
}

export interface AttemptView {
  attempt: number;
  status: AttemptStatus | 'running';
  workerId: string | null;
  startedAt: string;
  finishedAt: string | null;
  durationMs: number | null;
  error: ExecutionError | null;
}

export function executionView(execution: ExecutionEntity): ExecutionView {
  const { startedAt, finishedAt, effectiveAt, status } = execution;
  const isWaiting = status === 'scheduled' || status === 'retrying';
  return {
    id: execution.id,
    jobId: execution.jobId,
    type: execution.type,
    trigger: execution.trigger,
    scheduledFor: execution.scheduledFor.toISOString(),
    status,
    reason: execution.reason,
    attempt: execution.attempt,
    maxAttempts: execution.maxAttempts,
    nextAttemptAt: isWaiting ? (execution.dueAt?.toISOString() ?? null) : null,
    bufferedAt: execution.bufferedAt?.toISOString() ?? null,
    queuedAt: execution.queuedAt?.toISOString() ?? null,
    startedAt: startedAt?.toISOString() ?? null,
    finishedAt: finishedAt?.toISOString() ?? null,
    durationMs: startedAt && finishedAt ? finishedAt.getTime() - startedAt.getTime() : null,
    latenessMs: startedAt ? startedAt.getTime() - effectiveAt.getTime() : null,
    workerId: execution.workerId,
    retryOf: execution.retryOf,
    backfillId: execution.backfillId,
    heldForReview: isWaiting && execution.dueAt === null ? execution.reviewId : null,
    result: execution.result,
    error: execution.error,
  };
}

/** The attempts that ended, and the one that runs. */
export function attemptViews(execution: ExecutionEntity, ended: ExecutionAttemptEntity[]): AttemptView[] {
  const views: AttemptView[] = ended.map((attempt) => ({
    attempt: attempt.attempt,
    status: attempt.status,
    workerId: attempt.workerId,
    startedAt: attempt.startedAt.toISOString(),
    finishedAt: attempt.finishedAt.toISOString(),
    durationMs: attempt.finishedAt.getTime() - attempt.startedAt.getTime(),
    error: attempt.error,
  }));
  if (execution.status === 'running' && execution.attemptStartedAt) {
    views.push({
      attempt: execution.attempt,
      status: 'running',
      workerId: execution.workerId,
      startedAt: execution.attemptStartedAt.toISOString(),
      finishedAt: null,
      durationMs: null,
      error: null,
    });
  }
  return views;
}
