import { isDeepStrictEqual } from 'node:util';
import { type ChainLink, ChronosError, type FieldFault, isPeriodic } from '#contracts';
import { assertMinimumInterval, assertTimezone, parseCron } from '#scheduling';
import type { JobDefinition } from '../job-definition.js';
import type { ScheduleInput } from '../job-input.js';

/** A moment this little in the past is taken for a clock that differs, and runs now (docs/semantics.md, "Schedules"). */
const CLOCK_DRIFT_MS = 60_000;

export type ResolvedSchedule = Pick<
  JobDefinition,
  | 'scheduleType'
  | 'scheduledAt'
  | 'cronExpression'
  | 'timezone'
  | 'dstGap'
  | 'dstOverlap'
  | 'everyMs'
  | 'startsAt'
  | 'endsAt'
>;

/** Each of `cronExpression`, `every`, `scheduledAt` and `after`, given alone, says which type of schedule is meant. */
export function impliedType(schedule: ScheduleInput): ScheduleInput {
  if (schedule.scheduleType) return schedule;
  if (schedule.cronExpression !== undefined) return { ...schedule, scheduleType: 'recurring' };
  if (schedule.every !== undefined) return { ...schedule, scheduleType: 'interval' };
  if (schedule.scheduledAt !== undefined) return { ...schedule, scheduleType: 'scheduled' };
  if (schedule.after !== undefined) return { ...schedule, scheduleType: 'chained' };
  return schedule;
}

/** The whole schedule after a change; faults are added to `faults`. */
export function resolveSchedule(
  patch: ScheduleInput,
  before: ResolvedSchedule | undefined,
  minIntervalSeconds: number,
  faults: FieldFault[],
): ResolvedSchedule {
  const scheduleType = patch.scheduleType ?? before?.scheduleType ?? 'immediate';
  const isSameType = before?.scheduleType === scheduleType;
  const resolved: ResolvedSchedule = {
    scheduleType,
    scheduledAt: patch.scheduledAt?.toISOString() ?? (isSameType ? before.scheduledAt : null),
    cronExpression: patch.cronExpression?.trim() ?? (isSameType ? before.cronExpression : null),
    timezone: patch.timezone ?? before?.timezone ?? 'UTC',
    dstGap: patch.dstGap ?? before?.dstGap ?? 'shift',
    dstOverlap: patch.dstOverlap ?? before?.dstOverlap ?? 'first',
    everyMs: patch.every ?? (isSameType ? before.everyMs : null),
    startsAt: boundOf(patch.startsAt, isPeriodic(scheduleType) ? before?.startsAt : null),
    endsAt: boundOf(patch.endsAt, isPeriodic(scheduleType) ? before?.endsAt : null),
  };
  collect(faults, () => assertTimezone(resolved.timezone));
  if (scheduleType === 'recurring') checkRecurring(resolved, faults, minIntervalSeconds);
  if (scheduleType === 'interval') checkInterval(resolved, faults, minIntervalSeconds);
  if (resolved.startsAt !== null && resolved.endsAt !== null && resolved.startsAt > resolved.endsAt)
    faults.push({ field: 'endsAt', message: `is before startsAt (${resolved.startsAt})` });
  if (scheduleType === 'scheduled') checkScheduled(resolved, patch, before, faults);
  for (const field of fieldsNotOf(scheduleType)) {
    if (!isEmpty(patch[field])) {
      faults.push({ field, message: `does not go with scheduleType "${scheduleType}"; leave it out` });
    }
  }
  return resolved;
}

type TypedField = 'scheduledAt' | 'cronExpression' | 'every' | 'after' | 'startsAt' | 'endsAt';

/** Which fields say something of which types of schedule. */
const FIELDS: Record<ResolvedSchedule['scheduleType'], readonly TypedField[]> = {
  immediate: [],
  scheduled: ['scheduledAt'],
  recurring: ['cronExpression', 'startsAt', 'endsAt'],
  interval: ['every', 'startsAt', 'endsAt'],
  chained: ['after'],
};

function fieldsNotOf(scheduleType: ResolvedSchedule['scheduleType']): TypedField[] {
  const all: TypedField[] = ['scheduledAt', 'cronExpression', 'every', 'after', 'startsAt', 'endsAt'];
  return all.filter((field) => !FIELDS[scheduleType].includes(field));
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || (Array.isArray(value) && value.length === 0);
}

function boundOf(patch: Date | null | undefined, before: string | null | undefined): string | null {
  return patch === undefined ? (before ?? null) : (patch?.toISOString() ?? null);
}

function checkInterval(
  { everyMs }: ResolvedSchedule,
  faults: FieldFault[],
  minIntervalSeconds: number,
): void {
  if (everyMs === null) {
    faults.push({
      field: 'every',
      message: 'is missing: give milliseconds, e.g. 5400000 for every 90 minutes',
    });
  } else if (everyMs < minIntervalSeconds * 1_000) {
    faults.push({
      field: 'every',
      message: `is shorter than MIN_SCHEDULE_INTERVAL_SECONDS allows; give at least ${minIntervalSeconds * 1_000}`,
    });
  }
}

function checkRecurring(resolved: ResolvedSchedule, faults: FieldFault[], minIntervalSeconds: number): void {
  const { cronExpression, timezone, dstGap, dstOverlap } = resolved;
  if (cronExpression === null) {
    faults.push({
      field: 'cronExpression',
      message: 'is missing: give e.g. "0 9 * * 1" for every Monday at 9',
    });
    return;
  }
  if (faults.some(({ field }) => field === 'timezone')) return;
  collect(faults, () =>
    assertMinimumInterval(parseCron(cronExpression, timezone, { dstGap, dstOverlap }), minIntervalSeconds),
  );
}

function checkScheduled(
  { scheduledAt }: ResolvedSchedule,
  patch: ScheduleInput,
  before: ResolvedSchedule | undefined,
  faults: FieldFault[],
): void {
  if (scheduledAt === null) {
    faults.push({
      field: 'scheduledAt',
      message: 'is missing: give the time to run at, e.g. "2030-01-31T09:00:00Z"',
    });
  } else if (patch.scheduledAt && scheduledAt !== before?.scheduledAt) {
    collect(faults, () => assertToCome({ scheduleType: 'scheduled', scheduledAt }, Date.now()));
  }
}

/**
 * A job that is given a time to run at must be given one that can still be kept.
 * @throws ChronosError VALIDATION_FAILED on `scheduledAt`
 */
export function assertToCome(
  { scheduleType, scheduledAt }: Pick<ResolvedSchedule, 'scheduleType' | 'scheduledAt'>,
  now: number,
): void {
  if (scheduleType !== 'scheduled' || scheduledAt === null) return;
  if (Date.parse(scheduledAt) >= now - CLOCK_DRIFT_MS) return;
  throw ChronosError.invalid('scheduledAt', `is in the past (${scheduledAt}); give a time to come`);
}

/** Runs a check that throws a ChronosError and keeps its faults. */
function collect(faults: FieldFault[], check: () => void): void {
  try {
    check();
  } catch (error) {
    if (!(error instanceof ChronosError) || error.code !== 'VALIDATION_FAILED') throw error;
    faults.push(...error.details);
  }
}

/** Do two definitions fire at the same times? The zone is of no account where no wall clock is read. */
export function isSameSchedule(a: WholeSchedule, b: WholeSchedule): boolean {
  if (a.scheduleType !== b.scheduleType) return false;
  if (a.scheduleType === 'chained') return isSameAfter(a.after ?? [], b.after ?? []);
  if (!isPeriodic(a.scheduleType)) return a.scheduledAt === b.scheduledAt;
  if (a.startsAt !== b.startsAt || a.endsAt !== b.endsAt) return false;
  if (a.scheduleType === 'interval') return a.everyMs === b.everyMs;
  return (
    a.cronExpression === b.cronExpression &&
    a.timezone === b.timezone &&
    a.dstGap === b.dstGap &&
    a.dstOverlap === b.dstOverlap
  );
}

type WholeSchedule = ResolvedSchedule & Pick<JobDefinition, 'after'>;

function isSameAfter(a: ChainLink[], b: ChainLink[]): boolean {
  const texts = (links: ChainLink[]) => links.map(({ jobId, on }) => `${jobId} ${on}`).toSorted();
  return isDeepStrictEqual(texts(a), texts(b));
}
