import type { BackfillMode, BackfillOverlap, BackfillStatus } from '#contracts';
import type { BackfillEntity } from '../entities/backfill.entity.js';

/** How far a backfill has come. `total` is the sum of all but `dispatched`. */
export interface BackfillProgress {
  /** Nominal times chosen when it was made. */
  total: number;
  /** Executions made so far. */
  dispatched: number;
  /** Nominal times that wait for their turn. */
  pending: number;
  /** Executions that are not over. */
  running: number;
  completed: number;
  /** `timed_out` is one way to fail. */
  failed: number;
  /** Executions that were cancelled, and nominal times that will not have their turn because the backfill was. */
  cancelled: number;
  /** Nominal times left out when their turn came: something else had run them meanwhile, or was about to. */
  skipped: number;
}

/** A backfill as a client sees it: times as ISO 8601. */
export interface BackfillView extends BackfillProgress {
  id: string;
  jobId: string;
  from: string;
  to: string;
  mode: BackfillMode;
  ratePerMinute: number | null;
  overlapPolicy: BackfillOverlap;
  includeBlackouts: boolean;
  status: BackfillStatus;
  /** Why nothing happens at the moment, in a sentence. */
  note: string | null;
  createdBy: string | null;
  createdAt: string;
  finishedAt: string | null;
}

export function backfillView(
  backfill: BackfillEntity,
  progress: BackfillProgress,
  jobStatus: string,
): BackfillView {
  const isHeld = backfill.status === 'running' && jobStatus === 'paused';
  return {
    id: backfill.id,
    jobId: backfill.jobId,
    from: backfill.fromAt.toISOString(),
    to: backfill.toAt.toISOString(),
    mode: backfill.mode,
    ratePerMinute: backfill.ratePerMinute,
    overlapPolicy: backfill.overlapPolicy,
    includeBlackouts: backfill.includeBlackouts,
    status: backfill.status,
    ...progress,
    note: isHeld ? 'The job is paused: what has not begun waits until it is resumed.' : null,
    createdBy: backfill.createdBy,
    createdAt: backfill.createdAt.toISOString(),
    finishedAt: backfill.finishedAt?.toISOString() ?? null,
  };
}
