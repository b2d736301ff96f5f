import type { ExecutionReason, GapReason, MissReason } from '#contracts';
import type { Closure } from '#scheduling';
import { closureAt, type JobSchedule } from '../schedule/job-schedule.js';

/** More nominal times in a row than this, not run for one reason, are told in one gap instead of a row each. */
const MAX_SINGLE_ROWS = 20;
/** Into so many parts a stretch is told apart at most; what is left of it goes with the last. */
const MAX_PARTS = 200;

/** A stretch of nominal times too many for single rows: both ends are nominal times. */
export interface PlannedGap {
  from: number;
  to: number;
  count: number;
  reason: GapReason;
  detail: MissReason | null;
}

/** An occurrence that does not run, with a row that says why. */
export interface NotRun {
  at: number;
  status: 'missed' | 'skipped';
  reason: ExecutionReason;
}

/** Where it is told. */
export interface Told {
  notRun: NotRun[];
  gaps: PlannedGap[];
}

/** Nominal times of a stretch that are all closed by calendars, or all not. */
export interface Part {
  from: number;
  to: number;
  closure: Closure | undefined;
}

/**
 * Accounts for nominal times of [from, to] that nothing ran at their time. Those a calendar had closed would not have run
 * anyway, and are told as such.
 */
export function tellMissed(
  schedule: JobSchedule,
  told: Told,
  { from, to }: { from: number; to: number },
  { gap, detail }: { gap: GapReason; detail: MissReason },
): void {
  const isLong = schedule.count(from, to) > MAX_SINGLE_ROWS;
  for (const part of partsOf(schedule, from, to)) {
    if (part.closure) tellClosed(schedule, told, part);
    else if (isLong) told.gaps.push(gapOf(schedule, part, gap, detail));
    else told.notRun.push(...rowsOf(schedule, part, detail));
  }
}

/** The same for times at which nothing was to run: a gap, however few they are. */
export function tellGap(
  schedule: JobSchedule,
  told: Told,
  { from, to }: { from: number; to: number },
  reason: GapReason,
): void {
  for (const part of partsOf(schedule, from, to)) {
    if (part.closure) tellClosed(schedule, told, part);
    else told.gaps.push(gapOf(schedule, part, reason, null));
  }
}

/** Accounts for nominal times that lie in one closure: a gap where the closure holds many of them, however few these are. */
export function tellClosed(schedule: JobSchedule, told: Told, { from, to }: Omit<Part, 'closure'>): void {
  const closure = closureAt(schedule, from) ?? { from, to: to + 1 };
  if (schedule.count(closure.from, closure.to - 1) > MAX_SINGLE_ROWS) {
    addGap(schedule, told, gapOf(schedule, { from, to }, 'blackout', null));
  } else {
    tellClosedSingly(schedule, told, { from, to });
  }
}

/** The same, in rows: what can still be taken back when the calendar changes. */
export function tellClosedSingly(
  schedule: JobSchedule,
  told: Told,
  { from, to }: Omit<Part, 'closure'>,
): void {
  for (let at = schedule.next(from - 1); at !== undefined && at <= to; at = schedule.next(at)) {
    told.notRun.push({ at, status: 'skipped', reason: 'blackout' });
  }
}

/** The nominal times of [from, to], oldest first, told apart by what the job's calendars say of them. */
export function* partsOf(schedule: JobSchedule, from: number, to: number): Generator<Part> {
  let at = schedule.next(from - 1);
  for (let parts = 1; at !== undefined && at <= to; parts += 1) {
    const next = parts < MAX_PARTS ? schedule.closureFrom(at) : undefined;
    const closure = next && next.from <= at ? next : undefined;
    const end: number = Math.min(to, (closure?.to ?? next?.from ?? Infinity) - 1);
    yield { from: at, to: end, closure };
    at = schedule.next(end);
  }
}

/** What goes on with the last gap for the same reason is one with it. */
function addGap(schedule: JobSchedule, { gaps }: Told, gap: PlannedGap): void {
  const last = gaps.at(-1);
  if (last?.reason === gap.reason && schedule.next(last.to) === gap.from) {
    last.to = gap.to;
    last.count += gap.count;
  } else {
    gaps.push(gap);
  }
}

function gapOf(
  schedule: JobSchedule,
  { from, to }: Omit<Part, 'closure'>,
  reason: GapReason,
  detail: MissReason | null,
): PlannedGap {
  const first = schedule.next(from - 1) ?? from;
  const last = schedule.previous(to + 1) ?? to;
  return { from: first, to: last, count: schedule.count(from, to), reason, detail };
}

function rowsOf(schedule: JobSchedule, { from, to }: Part, missed: MissReason): NotRun[] {
  const rows: NotRun[] = [];
  for (let at = schedule.next(from - 1); at !== undefined && at <= to; at = schedule.next(at)) {
    const skipped = schedule.skipReason(at);
    rows.push(
      skipped ? { at, status: 'skipped', reason: skipped } : { at, status: 'missed', reason: missed },
    );
  }
  return rows;
}
