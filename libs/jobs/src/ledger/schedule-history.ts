import { loadClosings, type LoadedClosings } from '#calendars';
import { queryRows, type SqlRunner } from '#database';
import type { ZoneTimeline } from '#scheduling';
import type { JobDefinition } from '../job-definition.js';
import { type JobSchedule, jobSchedule } from '../schedule/job-schedule.js';
import { asZonesWere } from '../zones/as-zones-were.js';

/** A moment in the past is taken for one to run at once if it is this little so (docs/semantics.md, "Schedules"). */
const CLOCK_DRIFT_MS = 60_000;

/** A schedule as it stood from one edit, or one change of its zone's data, to the next. Epoch milliseconds. */
export interface ScheduleVersion {
  version: number;
  schedule: JobSchedule;
  definition: JobDefinition;
  /** Nominal times after this one belong to it, */
  effectiveAt: number;
  /** up to this one; Infinity while it is in force. */
  untilAt: number;
}

/** The versions of record of a job's schedule, oldest first. */
export async function scheduleHistory(
  runner: SqlRunner,
  jobId: string,
  createdAt: Date,
): Promise<ScheduleVersion[]> {
  const rows = await queryRows<{
    version: number;
    definition: JobDefinition;
    effective_at: Date;
    until_at: Date | null;
  }>(
    runner,
    'SELECT version, definition, effective_at, until_at FROM job_versions WHERE job_id = $1 ORDER BY version',
    [jobId],
  );
  const closings = await loadClosings(
    runner,
    rows.flatMap(({ definition }) => definition.calendars ?? []),
    0,
  );
  const versions = rows.map(({ version, definition, effective_at, until_at }) => ({
    version,
    definition,
    schedule: scheduleOfDefinition(definition, createdAt, closings),
    effectiveAt: effective_at.getTime(),
    untilAt: until_at?.getTime() ?? Infinity,
  }));
  return asZonesWere(runner, jobId, versions, ({ definition }, timeline) =>
    scheduleOfDefinition(definition, createdAt, closings, timeline),
  );
}

/** Versions stored before a field was there do not have it. */
function scheduleOfDefinition(
  definition: JobDefinition,
  createdAt: Date,
  closings: LoadedClosings,
  timeline?: ZoneTimeline,
): JobSchedule {
  const instant = (text: string | null | undefined) => (text ? new Date(text) : null);
  const fields = {
    scheduleType: definition.scheduleType,
    scheduledAt: instant(definition.scheduledAt),
    cronExpression: definition.cronExpression,
    timezone: definition.timezone,
    dstGap: definition.dstGap,
    dstOverlap: definition.dstOverlap,
    everyMs: definition.everyMs ?? null,
    startsAt: instant(definition.startsAt),
    endsAt: instant(definition.endsAt),
    createdAt,
  };
  return jobSchedule(fields, closings.of(definition.calendars ?? []), timeline);
}

/**
 * The nominal times of [from, to] by the versions of record, oldest first, each once.
 * @param limit stops there: for callers that show a part
 */
export function nominalTimes(
  versions: ScheduleVersion[],
  from: number,
  to: number,
  limit = Infinity,
): { at: number; version: ScheduleVersion }[] {
  const found = new Map<number, ScheduleVersion>();
  for (const version of versions) {
    const isMoment = version.definition.scheduleType === 'scheduled';
    const begin = version.effectiveAt + (isMoment ? -CLOCK_DRIFT_MS : 1);
    const end = Math.min(to, version.untilAt);
    let at = version.schedule.next(Math.max(from, begin) - 1);
    while (at !== undefined && at <= end && found.size < limit) {
      found.set(at, version);
      at = version.schedule.next(at);
    }
  }
  return [...found].map(([at, version]) => ({ at, version })).toSorted((a, b) => a.at - b.at);
}
