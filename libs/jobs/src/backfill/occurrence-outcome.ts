import { type BackfillMode, type ExecutionStatus, isLive } from '#contracts';

/**
 * What has become of a nominal time so far, by all executions there are for it. Forgotten: it lies further back than history
 * is kept, so that nobody knows.
 */
export type OccurrenceOutcome = 'missing' | 'failed' | 'completed' | 'live' | 'forgotten';

/**
 * Live where anything of it is still to come, else completed where any execution of it did, else failed where any ran
 * (`failed`, `timed_out`, `cancelled`). What was skipped or missed, or has no execution, is missing.
 */
export function outcomeOf(statuses: ExecutionStatus[]): Exclude<OccurrenceOutcome, 'forgotten'> {
  if (statuses.some(isLive)) return 'live';
  if (statuses.includes('completed')) return 'completed';
  return statuses.every((status) => status === 'skipped' || status === 'missed') ? 'missing' : 'failed';
}

/**
 * Does a backfill of this mode run a nominal time with this outcome? What is live is nobody's to run beside it; what
 * has completed, or may have, is run again in mode `all` only. (docs/backfill.md, "Modes")
 */
export function isWanted(mode: BackfillMode, outcome: OccurrenceOutcome): boolean {
  return mode === 'all' ? outcome !== 'live' : outcome === mode;
}
