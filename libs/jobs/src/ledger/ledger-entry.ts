import type { ExecutionReason, ExecutionStatus, ExecutionTrigger, GapReason, MissReason } from '#contracts';

/** An execution there was for an occurrence before the newest. */
export interface LedgerOutcome {
  executionId: string;
  trigger: ExecutionTrigger;
  status: ExecutionStatus;
  reason: ExecutionReason | null;
  why: string | null;
}

/**
 * An occurrence with its newest execution, or with a row that says why it did not run. What retries and backfills made of
 * it since goes before what the schedule had.
 */
export interface LedgerExecution {
  kind: 'execution';
  /** The nominal time. */
  at: string;
  /** The same on the clocks of the job's zone. */
  localTime: string;
  /** When it was due: the nominal time and its jitter, or when somebody asked for it. */
  dueAt: string;
  executionId: string;
  trigger: ExecutionTrigger;
  status: ExecutionStatus;
  reason: ExecutionReason | null;
  startedAt: string | null;
  finishedAt: string | null;
  latenessMs: number | null;
  /** The backfill it was made for. */
  backfillId: string | null;
  /** Executions of the same occurrence before this one, newest first. */
  earlier: LedgerOutcome[];
  why: string | null;
}

/** Nominal times in a row that have no rows of their own. */
export interface LedgerGap {
  kind: 'gap';
  /** The first nominal time of it. */
  at: string;
  localTime: string;
  /** The last one. */
  until: string;
  count: number;
  /** How many of these a backfill has completed since: those have entries of their own, too. */
  filled: number;
  reason: GapReason;
  detail: MissReason | null;
  why: string;
}

/** An occurrence to come. */
export interface LedgerForecast {
  kind: 'forecast';
  at: string;
  localTime: string;
  dueAt: string;
  /** `held`: the job is paused, or everything is. `overdue`: no planner has come to it yet. `skipped`: it will not run. */
  status: 'expected' | 'held' | 'overdue' | 'skipped';
  reason: ExecutionReason | null;
  /** What a clock change does to it; of a chained job, what it runs after. */
  note: string | null;
  why: string | null;
}

export type LedgerEntry = LedgerExecution | LedgerGap | LedgerForecast;

const WHY_NOT_RUN: Record<ExecutionReason, string> = {
  overlap: 'An earlier execution of the job was not over, and its overlap policy left this one out.',
  catchup_window:
    'Nothing could run it at its time, and when something could, it was older than the catch-up window.',
  policy: 'Nothing could run it at its time, and the misfire policy does not catch up with it.',
  cap: 'Nothing could run it at its time, and the misfire policy catches up with the last 1,000 only.',
  dst_gap: 'A clock change left its time out, and dstGap is "skip".',
  blackout: 'A calendar of the job has a blackout at its time.',
  review: 'Nothing could run it at its time, and the review of misfires after the outage dropped it.',
  job_cancelled: 'The job was cancelled.',
  job_deleted: 'The job was deleted.',
  cancelled_by_user: 'Somebody cancelled it.',
  system_paused: 'An administrator paused everything and had what ran cancelled.',
  parent_outcome: 'A job that it runs after did not end as it waits for.',
  parent_not_run: 'A job that it runs after has no run of the same time or trigger.',
  paused: 'The job was paused when its turn came.',
};

const WHY_GAP: Record<GapReason, string> = {
  paused: 'The job was paused.',
  system_paused: 'An administrator had paused everything',
  scheduler_down: 'No scheduler ran, or none could reach the database.',
  job_ended: 'The job ended before anything had planned them.',
  blackout: 'A calendar of the job had a blackout at their times.',
};

const WHY_HELD = 'The job is paused.';
const WHY_OVERDUE =
  'Its time has come, and no planner has looked at it yet: is a worker with the role plan running?';

/** Misfires that wait for somebody to decide whether they still run. */
export interface LedgerReview {
  id: string;
  held: number;
  /** The first nominal time that waits. */
  from: string;
  /** The last one. */
  to: string;
  /** Since when they wait. */
  openedAt: string;
}

/** What a review has to say of an execution. */
export interface ReviewFacts {
  isHeld: boolean;
  decidedBy: string | null;
  reason: string | null;
}

const WHY_HELD_FOR_REVIEW =
  'Nothing could run it at its time. It waits for the review of misfires: an administrator releases or drops it.';

/** Why an execution did not run, or not yet, in a sentence; with who dropped it and why, where a review did. */
export function whyExecution(reason: ExecutionReason | null, review: ReviewFacts): string | null {
  if (review.isHeld) return WHY_HELD_FOR_REVIEW;
  const why = whyNotRun(reason);
  if (reason !== 'review' || review.decidedBy === null) return why;
  const because = review.reason === null ? '.' : `: "${review.reason}".`;
  return `${why} ${review.decidedBy} did so${because}`;
}

/** Why an occurrence did not run, in a sentence; null where it did or will. */
export function whyNotRun(reason: ExecutionReason | null): string | null {
  return reason && WHY_NOT_RUN[reason];
}

/** @param pauseReason why everything was paused, where that is the reason of the gap */
export function whyGap(
  reason: GapReason,
  detail: MissReason | null,
  { pauseReason, filled }: { pauseReason: string | null; filled: number },
): string {
  const cause = reason === 'system_paused' ? `${WHY_GAP[reason]}${quoted(pauseReason)}` : WHY_GAP[reason];
  const rule = detail === null ? '' : ` ${RULES[detail]}`;
  const since = filled === 0 ? '' : ` A backfill has run ${filled} of them since.`;
  return `${cause}${rule}${since}`;
}

/** Why something that is live does not start. */
export function whySystemHeld(pauseReason: string): string {
  return `An administrator has paused everything${quoted(pauseReason)}`;
}

function quoted(reason: string | null): string {
  return reason === null ? '.' : `: "${reason}".`;
}

const RULES: Record<MissReason, string> = {
  catchup_window: 'They were older than the catch-up window when it was over.',
  policy: 'The misfire policy does not catch up with them.',
  cap: 'The misfire policy catches up with the last 1,000 only.',
};

/** @param pauseReason why everything is paused, where it is and the job itself is not */
export function whyForecast(
  status: LedgerForecast['status'],
  reason: ExecutionReason | null,
  pauseReason: string | null,
): string | null {
  if (status === 'held') return pauseReason === null ? WHY_HELD : whySystemHeld(pauseReason);
  return status === 'overdue' ? WHY_OVERDUE : whyNotRun(reason);
}
