import type { ExecutionStatus, JobStatus } from '#client';
import { LATE_AFTER_MS } from '#contracts';
import type { Tone } from '../theme/tokens.js';

/** Everything a due moment, a run or a job can be shown as: one shape, one word and one tone each. */
export type StatusKind =
  | 'ran'
  | 'late'
  | 'failed'
  | 'timed_out'
  | 'missed'
  | 'skipped'
  | 'cancelled'
  | 'paused'
  | 'running'
  | 'queued'
  | 'scheduled'
  | 'retrying'
  | 'active';

export const STATUS: Record<StatusKind, { word: string; tone: Tone }> = {
  ran: { word: 'Ran', tone: 'ran' },
  late: { word: 'Ran late', tone: 'late' },
  failed: { word: 'Failed', tone: 'failed' },
  timed_out: { word: 'Timed out', tone: 'failed' },
  missed: { word: 'Missed', tone: 'missed' },
  skipped: { word: 'Skipped', tone: 'skipped' },
  cancelled: { word: 'Cancelled', tone: 'skipped' },
  paused: { word: 'Paused', tone: 'skipped' },
  running: { word: 'Running', tone: 'running' },
  queued: { word: 'Queued', tone: 'running' },
  scheduled: { word: 'Scheduled', tone: 'running' },
  retrying: { word: 'Retrying', tone: 'late' },
  active: { word: 'Active', tone: 'ran' },
};

/** How an execution is shown; one that completed long after it was due is late. */
export function kindOfExecution(status: ExecutionStatus, latenessMs?: number | null): StatusKind {
  if (status !== 'completed') return status;
  return (latenessMs ?? 0) > LATE_AFTER_MS ? 'late' : 'ran';
}

/** How a job is shown. */
export function kindOfJob(status: JobStatus): StatusKind {
  return status === 'completed' ? 'ran' : status;
}

/** `Completed` for a job that has done all it had to; its shape is that of a run that did. */
export function wordOfJob(status: JobStatus): string {
  return status === 'completed' ? 'Completed' : STATUS[kindOfJob(status)].word;
}
