import type { AttemptStatus, ExecutionReason, ExecutionTrigger } from '#client';
import type { StatusKind } from '../../components/status-kind.js';

/** What brought a run into being, in words. */
export const TRIGGER_WORDS: Record<ExecutionTrigger, string> = {
  schedule: 'Schedule',
  manual: 'By hand',
  retry: 'Retry',
  backfill: 'Backfill',
  api: 'API',
  chain: 'After another job',
};

/** Why something did not run, or ended early, and what to do where there is something to do. */
export const REASON_WORDS: Record<ExecutionReason, { title: string; what: string }> = {
  overlap: {
    title: 'Skipped: the run before was not over',
    what: 'The overlap policy of the job leaves out what comes due meanwhile. Choose another policy, or a longer interval.',
  },
  catchup_window: {
    title: 'Missed, and too long ago to catch up',
    what: 'Nothing ran it at its time, and by then it lay outside the catch-up window of the job.',
  },
  policy: {
    title: 'Missed, and not caught up',
    what: 'Nothing ran it at its time, and the misfire policy of the job runs none, or only the latest, of those.',
  },
  cap: {
    title: 'Missed: too many to catch up',
    what: 'More was missed than is caught up at once. Backfill the job to run the rest.',
  },
  dst_gap: {
    title: 'Skipped: the clocks went forward',
    what: 'This time of day did not exist, and the job leaves such times out.',
  },
  blackout: {
    title: 'Skipped: closed by a calendar',
    what: 'A calendar of the job was closed at this time.',
  },
  review: {
    title: 'Missed, and dropped by an administrator',
    what: 'Nothing ran it at its time, and the review after the outage left it undone. The ledger of the job says who did so. Backfill the job to run it after all.',
  },
  job_cancelled: { title: 'Cancelled with its job', what: 'The job was cancelled before this run was over.' },
  job_deleted: { title: 'Cancelled with its job', what: 'The job was deleted before this run was over.' },
  system_paused: {
    title: 'Cancelled: everything was paused',
    what: 'An administrator paused everything and had what ran cancelled.',
  },
  parent_outcome: {
    title: 'Skipped: a job before it ended otherwise',
    what: 'It runs after other jobs, and one of them did not end as it waits for.',
  },
  parent_not_run: {
    title: 'Skipped: a job before it did not run',
    what: 'It runs after other jobs, and one of them has no run of the same time or trigger.',
  },
  paused: { title: 'Skipped: the job was paused', what: 'It was paused when its turn came.' },
  cancelled_by_user: { title: 'Cancelled', what: 'Somebody cancelled this run.' },
};

/** How an attempt is shown, and called where its kind has no word for it. */
export const ATTEMPT_KINDS: Record<AttemptStatus, { kind: StatusKind; word?: string }> = {
  completed: { kind: 'ran' },
  failed: { kind: 'failed' },
  timed_out: { kind: 'timed_out' },
  cancelled: { kind: 'cancelled' },
  lost: { kind: 'failed', word: 'Worker lost' },
  running: { kind: 'running' },
};
