import type { BackfillStatus, ExecutionStatus, JobStatus } from '#contracts';

/** `resuming`: it is over, and planners have yet to take back what was planned for it; it takes them moments. */
export const SYSTEM_STATES = ['running', 'paused', 'resuming'] as const;
/** Whether an admin has paused everything. */
export type SystemState = (typeof SYSTEM_STATES)[number];

/** Something that changed, as processes tell each other: what and to which status, never the thing itself. */
export type Change =
  | { kind: 'execution'; id: string; jobId: string; status: ExecutionStatus }
  | { kind: 'job'; jobId: string; status: JobStatus | 'deleted' }
  /** Everything was paused, is being resumed, or goes on. */
  | { kind: 'system'; state: SystemState }
  /** Begun, or over; how far it has come is told by its executions. */
  | { kind: 'backfill'; id: string; jobId: string; status: BackfillStatus }
  /** More than is told one by one: whoever shows something reads it again. */
  | { kind: 'many' };

/** The payload of a NOTIFY, kept short: PostgreSQL takes less than 8,000 bytes. */
interface Note {
  /** Execution, job, status. */
  e?: [string, string, ExecutionStatus][];
  /** Job, status. */
  j?: [string, JobStatus | 'deleted'][];
  /** The system's state. */
  s?: SystemState;
  /** Backfill, job, status. */
  b?: [string, string, BackfillStatus][];
  /** Many. */
  m?: 1;
}

/** An entry is at most 100 bytes. */
const PER_NOTE = 75;
/** Nobody follows so many one by one. */
const MAX_NOTES = 4;

/** Packs changes into payloads; what would take too many becomes one that says so. */
export function encodeChanges(changes: Change[]): string[] {
  if (changes.length === 0) return [];
  if (changes.length > PER_NOTE * MAX_NOTES || changes.some(({ kind }) => kind === 'many')) {
    return [JSON.stringify({ m: 1 } satisfies Note)];
  }
  const notes: string[] = [];
  for (let start = 0; start < changes.length; start += PER_NOTE) {
    notes.push(JSON.stringify(noteOf(changes.slice(start, start + PER_NOTE))));
  }
  return notes;
}

/** What a payload tells; `many` where it cannot be read: a process of another version may have sent it. */
export function decodeChanges(payload: string): Change[] {
  try {
    const { e = [], j = [], b = [], s, m } = JSON.parse(payload) as Note;
    const changes: Change[] = m ? [{ kind: 'many' }] : [];
    for (const [id, jobId, status] of e) changes.push({ kind: 'execution', id, jobId, status });
    for (const [jobId, status] of j) changes.push({ kind: 'job', jobId, status });
    for (const [id, jobId, status] of b) changes.push({ kind: 'backfill', id, jobId, status });
    if (s) changes.push({ kind: 'system', state: s });
    return changes;
  } catch {
    return [{ kind: 'many' }];
  }
}

function noteOf(changes: Change[]): Note {
  const note: Note = {};
  for (const change of changes) {
    if (change.kind === 'execution') (note.e ??= []).push([change.id, change.jobId, change.status]);
    if (change.kind === 'job') (note.j ??= []).push([change.jobId, change.status]);
    if (change.kind === 'system') note.s = change.state;
    if (change.kind === 'backfill') (note.b ??= []).push([change.id, change.jobId, change.status]);
  }
  return note;
}
