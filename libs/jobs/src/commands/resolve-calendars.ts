import { holdCalendars } from '#calendars';
import type { FieldFault, ScheduleType } from '#contracts';
import type { SqlRunner } from '#database';
import type { JobDefinition } from '../job-definition.js';
import type { JobPatch } from '../job-input.js';

/**
 * The calendars a job names after a change; those it names anew are held until the caller's transaction ends, so that none
 * of them goes meanwhile. Faults are added to `faults`.
 */
export async function resolveCalendars(
  runner: SqlRunner,
  ownerId: string,
  scheduleType: ScheduleType,
  { calendars }: JobPatch,
  before: JobDefinition | undefined,
  faults: FieldFault[],
): Promise<string[]> {
  const hasNoTimes = scheduleType === 'immediate' || scheduleType === 'chained';
  if (calendars === undefined) return hasNoTimes ? [] : (before?.calendars ?? []);
  const named = [...new Set(calendars)];
  if (hasNoTimes && named.length > 0) {
    const why = scheduleType === 'immediate' ? 'which runs now' : 'which goes by those it runs after';
    faults.push({
      field: 'calendars',
      message: `do not go with scheduleType "${scheduleType}", ${why}; leave them out`,
    });
    return [];
  }
  const kept = new Set(before?.calendars);
  const added = named.filter((id) => !kept.has(id));
  const visible = await holdCalendars(runner, ownerId, added);
  for (const id of added.filter((one) => !visible.has(one))) {
    faults.push({
      field: 'calendars',
      message: `names ${id}, which is no calendar of the job's owner and none that is shared; see GET /api/v1/calendars`,
    });
  }
  return named;
}
