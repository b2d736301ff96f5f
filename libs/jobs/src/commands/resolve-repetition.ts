import { type FieldFault, isPeriodic, isRepeating, type ScheduleType } from '#contracts';
import type { JobDefinition } from '../job-definition.js';
import type { JobPatch } from '../job-input.js';

type Repetition = Pick<JobPatch, 'maxRuns' | 'jitter' | 'pauseAfterFailures'>;

/** Limits to how often a job runs, and by how much it starts later, after a change; faults are added to `faults`. */
export function resolveRepetition(
  scheduleType: ScheduleType,
  patch: Repetition,
  before: JobDefinition | undefined,
  faults: FieldFault[],
): Pick<JobDefinition, 'maxRuns' | 'jitterMs' | 'pauseAfterFailures'> {
  const repeating = isRepeating(scheduleType) ? before : undefined;
  const periodic = isPeriodic(scheduleType) ? before : undefined;
  faults.push(...faultsOf(scheduleType, patch));
  return {
    maxRuns: given(patch.maxRuns, periodic?.maxRuns),
    jitterMs: patch.jitter ?? periodic?.jitterMs ?? 0,
    pauseAfterFailures: given(patch.pauseAfterFailures, repeating?.pauseAfterFailures),
  };
}

/** What bounds or spreads a schedule's runs says nothing of a job that has no times of its own, and not each type can fail in a row. */
function faultsOf(scheduleType: ScheduleType, patch: Repetition): FieldFault[] {
  const fields = [
    ...(isPeriodic(scheduleType) ? [] : (['maxRuns', 'jitter'] as const)),
    ...(isRepeating(scheduleType) ? [] : (['pauseAfterFailures'] as const)),
  ];
  return fields
    .filter((field) => patch[field] !== undefined && patch[field] !== null && patch[field] !== 0)
    .map((field) => ({ field, message: `does not go with scheduleType "${scheduleType}"; leave it out` }));
}

/** What a client said of a field that can be emptied, or what stood before. */
function given<Value>(value: Value | null | undefined, before: Value | null | undefined): Value | null {
  return value === undefined ? (before ?? null) : value;
}
