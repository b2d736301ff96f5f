import type { AttemptDto, AttemptStatus, ExecutionWithAttemptsDto } from '#client';

/** A stretch of an attempt's row, in milliseconds since the epoch. */
export interface Segment {
  /** Waiting for a worker, at work, or waiting to be tried again. */
  kind: 'queued' | 'running' | 'backoff';
  from: number;
  to: number;
  /** Still going on. */
  isOpen: boolean;
}

export interface WaterfallRow {
  attempt: number;
  /** Undefined: it has not begun. */
  status: AttemptStatus | undefined;
  segments: Segment[];
}

export interface Waterfall {
  from: number;
  to: number;
  rows: WaterfallRow[];
  /** How long it waited where that is so long that the picture begins later. */
  cutWaitMs: number | undefined;
}

/** A wait longer than all the rest so many times would leave nothing of the rest to see. */
const MAX_WAIT_SHARE = 8;
const LEAST_CUT_MS = 10_000;
const LEAST_SPAN_MS = 100;

/** An execution as a picture: when it waited, worked and was held back, attempt by attempt. */
export function waterfallOf(execution: ExecutionWithAttemptsDto, now: number): Waterfall {
  const due = dueOf(execution);
  const rows = rowsOf(execution, due, now);
  const ends = rows.flatMap(({ segments }) => segments.map(({ to }) => to));
  const to = Math.max(due + LEAST_SPAN_MS, ...ends);
  const begun = execution.startedAt === null ? undefined : Date.parse(execution.startedAt);
  if (begun === undefined) return { from: due, to, rows, cutWaitMs: undefined };
  const wait = begun - due;
  const rest = Math.max(to - begun, LEAST_SPAN_MS);
  if (wait < LEAST_CUT_MS || wait < rest * MAX_WAIT_SHARE)
    return { from: due, to, rows, cutWaitMs: undefined };
  return { from: begun - rest / 4, to: Math.max(to, begun + LEAST_SPAN_MS), rows, cutWaitMs: wait };
}

/** From when it waited for its first attempt: its due moment with jitter, not its nominal time. */
function dueOf({
  startedAt,
  latenessMs,
  bufferedAt,
  queuedAt,
  nextAttemptAt,
  scheduledFor,
}: ExecutionWithAttemptsDto): number {
  if (startedAt !== null) return Date.parse(startedAt) - Math.max(0, latenessMs ?? 0);
  return Date.parse(bufferedAt ?? queuedAt ?? nextAttemptAt ?? scheduledFor);
}

function rowsOf(execution: ExecutionWithAttemptsDto, due: number, now: number): WaterfallRow[] {
  const { attempts, finishedAt } = execution;
  const rows = attempts.map((attempt, index): WaterfallRow => {
    const isNewest = index === attempts.length - 1;
    const before = attempts[index - 1];
    const started = Date.parse(attempt.startedAt);
    const queued = isNewest ? millis(execution.queuedAt) : undefined;
    return {
      attempt: attempt.attempt,
      status: attempt.status,
      segments: [
        ...waitBefore(before, { due, queued, until: started, isOpen: false }),
        { kind: 'running', from: started, to: endOf(attempt, now), isOpen: attempt.finishedAt === null },
      ],
    };
  });
  const newest = attempts.at(-1);
  const next = (newest?.attempt ?? 0) + 1;
  const waiting = (until: number, queued: number | undefined, isOpen: boolean): WaterfallRow => ({
    attempt: next,
    status: undefined,
    segments: waitBefore(newest, { due, queued, until, isOpen }),
  });
  switch (execution.status) {
    case 'retrying':
      rows.push(waiting(Math.max(now, millis(execution.nextAttemptAt) ?? now), undefined, true));
      break;
    case 'queued':
      rows.push(waiting(now, millis(execution.queuedAt), true));
      break;
    case 'scheduled':
      rows.push(waiting(Math.max(now, due), undefined, true));
      break;
    case 'cancelled':
      if (attempts.length === 0) rows.push(waiting(millis(finishedAt) ?? now, undefined, false));
      break;
    default:
  }
  return rows;
}

interface Wait {
  due: number;
  /** Since when it waited for a worker, where that is known. */
  queued: number | undefined;
  until: number;
  isOpen: boolean;
}

function waitBefore(before: AttemptDto | undefined, { due, queued, until, isOpen }: Wait): Segment[] {
  if (!before) return [{ kind: 'queued', from: Math.min(due, until), to: until, isOpen }];
  const from = endOf(before, until);
  const split = queued !== undefined && queued >= from && queued <= until ? queued : undefined;
  if (split === undefined) return [{ kind: 'backoff', from: Math.min(from, until), to: until, isOpen }];
  return [
    { kind: 'backoff', from, to: split, isOpen: false },
    { kind: 'queued', from: split, to: until, isOpen },
  ];
}

function endOf({ startedAt, finishedAt }: AttemptDto, now: number): number {
  return Math.max(Date.parse(startedAt), millis(finishedAt) ?? now);
}

function millis(at: string | null): number | undefined {
  return at === null ? undefined : Date.parse(at);
}
