import { ChronosError } from '#contracts';
import { type Blackouts, type CronSchedule, dstNote, leftOutNote, localTimeOf } from '#scheduling';
import { effectiveTime } from '../schedule/effective-time.js';
import { closureAt, type JobSchedule, nextRunFrom, type SkipReason } from '../schedule/job-schedule.js';

/** One time to come, for people. */
export interface PreviewedTime {
  at: string;
  /** The same instant on the zone's wall clock, e.g. `2026-03-29T03:30:00+02:00`. */
  localTime: string;
  /** When it would be due, jitter included; only where there is jitter and the job it is for is known. */
  dueAt?: string;
  /** It would be due before this; only where there is jitter and no job is known, from whose id it follows. */
  dueBefore?: string;
  /** Present where it would not run: it, and what follows it for the same reason. */
  skipped?: SkippedTimes;
  /** What a clock change has to do with it, or which calendar is closed: in a sentence. */
  note?: string;
}

/** Times that do not run. */
export interface SkippedTimes {
  reason: SkipReason;
  /** How many there are, from the time it is said of. */
  count: number;
  /** The last of them. */
  until: string;
}

export interface PreviewInput {
  schedule: JobSchedule;
  /** Undefined where no wall clock is read. */
  cron: CronSchedule | undefined;
  /** Says who closes a time; undefined where the schedule has no calendars. */
  blackouts: Blackouts | undefined;
  timezone: string;
  /** Instants in epoch milliseconds. */
  endMs: number;
  jobId: string | undefined;
  jitterMs: number;
  fromMs: number;
  /** How many that run. */
  count: number;
  /** How many runs are left, counted after `sinceMs`; undefined for no bound. */
  runs: { sinceMs: number; left: number } | undefined;
}

const YEAR_MS = 366 * 86_400_000;
const MAX_RUNS_BEFORE = 100_000;
/** More times of one closure than this are one entry. */
const SHOWN_SINGLY = 3;
/** So many entries at most that do not run. */
const MAX_SKIPPED = 100;

/** The first times after `fromMs`: `count` that run at most, and those between them that do not. */
export function previewTimes(input: PreviewInput): PreviewedTime[] {
  const { schedule, fromMs } = input;
  const times: PreviewedTime[] = [];
  const runsLeft = runsLeftAt(input, fromMs);
  let [runs, skipped, since] = [0, 0, fromMs];
  let at = schedule.next(since);
  while (at !== undefined && runs < Math.min(input.count, runsLeft) && skipped < MAX_SKIPPED) {
    const skips = skipsFrom(input, at);
    times.push(timeOf(input, at, since, skips));
    if (skips) skipped += 1;
    else runs += 1;
    since = skips ? Date.parse(skips.until) : at;
    at = schedule.next(since);
  }
  if (runs < runsLeft) tellLeftOut(input, times.at(-1), since);
  return times;
}

function timeOf(
  input: PreviewInput,
  at: number,
  since: number,
  skipped: SkippedTimes | undefined,
): PreviewedTime {
  const note =
    skipped?.reason === 'blackout'
      ? `Blackout: ${input.blackouts?.explain(at) ?? 'a calendar'}.`
      : input.cron && dstNote(input.cron, at, since);
  return {
    at: new Date(at).toISOString(),
    localTime: localTimeOf(new Date(at), input.timezone),
    ...(skipped ? { skipped } : dueOf(input, at)),
    ...(note !== undefined && { note }),
  };
}

function skipsFrom({ schedule, cron }: PreviewInput, at: number): SkippedTimes | undefined {
  const reason = schedule.skipReason(at);
  if (reason === undefined) return undefined;
  const closure = closureAt(schedule, at);
  const endMs = closure?.to ?? cron?.timeline.segmentAt(at).endMs ?? at + 1;
  let [last, count] = [at, 1];
  if (closure) {
    const closed = schedule.count(at, endMs - 1);
    if (closed > SHOWN_SINGLY) [last, count] = [schedule.previous(endMs) ?? at, closed];
  } else {
    // One change of the clocks leaves out all of them.
    for (let next = schedule.next(at); next !== undefined && next < endMs; next = schedule.next(next)) {
      if (schedule.skipReason(next) !== reason) break;
      [last, count] = [next, count + 1];
    }
  }
  return { reason, count, until: new Date(last).toISOString() };
}

function dueOf(
  { schedule, jobId, jitterMs }: PreviewInput,
  at: number,
): Pick<PreviewedTime, 'dueAt' | 'dueBefore'> {
  if (jitterMs === 0) return {};
  const next = schedule.next(at);
  if (jobId !== undefined) return { dueAt: new Date(effectiveTime(jobId, at, jitterMs, next)).toISOString() };
  return { dueBefore: new Date(Math.min(at + jitterMs, next ?? Infinity)).toISOString() };
}

/** Adds to the last time in view what clocks leave out between it and the next run. */
function tellLeftOut(
  { schedule, cron, endMs }: PreviewInput,
  last: PreviewedTime | undefined,
  since: number,
): void {
  if (!cron || !last) return;
  const next = nextRunFrom(schedule, since + 1) ?? since + YEAR_MS;
  const leftOut = leftOutNote(cron, since, Math.min(next, endMs));
  if (leftOut !== undefined) last.note = last.note === undefined ? leftOut : `${last.note} ${leftOut}`;
}

function runsLeftAt({ schedule, runs }: PreviewInput, fromMs: number): number {
  if (!runs) return Infinity;
  let { left } = runs;
  let at = nextRunFrom(schedule, runs.sinceMs + 1);
  for (let counted = 0; at !== undefined && at <= fromMs && left > 0; counted += 1) {
    if (counted >= MAX_RUNS_BEFORE) {
      throw ChronosError.invalid(
        'from',
        `is too far: more than ${MAX_RUNS_BEFORE} runs before it, which maxRuns counts; give an earlier time`,
      );
    }
    left -= 1;
    at = nextRunFrom(schedule, at + 1);
  }
  return left;
}
