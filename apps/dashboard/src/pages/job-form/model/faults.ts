import type { FieldFaultDto } from '#client';
import type { FormValues, SectionName } from './form-values.js';

/** What is wrong, by the name the API has for the field: `payload.url`. */
export type Faults = Readonly<Record<string, string>>;

export type FaultOf = (field: string) => string | undefined;

/** Which section of the form a field of the API is in. */
export function sectionOf(field: string): SectionName {
  const [first = ''] = field.split('.', 1);
  return SECTIONS[first] ?? 'basics';
}

const SECTIONS: Record<string, SectionName> = {
  ...ofSection('schedule', [
    'scheduleType',
    'scheduledAt',
    'cronExpression',
    'every',
    'timezone',
    'dstGap',
    'dstOverlap',
    'startsAt',
    'endsAt',
    'maxRuns',
    'jitter',
    'calendars',
    'after',
  ]),
  ...ofSection('payload', ['type', 'payload', 'secretFields']),
  ...ofSection('retries', ['maxRetries', 'retryDelay', 'backoff', 'timeout', 'priority']),
  ...ofSection('policies', [
    'overlapPolicy',
    'maxConcurrency',
    'misfirePolicy',
    'catchupWindow',
    'pauseAfterFailures',
  ]),
  notifications: 'notifications',
};

function ofSection(section: SectionName, fields: string[]): Record<string, SectionName> {
  return Object.fromEntries(fields.map((field) => [field, section]));
}

/** Lists are one field of the form; what is named by people may look like a number. */
const ENTRY = /^((?!payload[.](?:headers|env|data|body)[.]).+)[.](\d+)$/;

/** Faults as a record, sentences for people: the first one of each field counts. */
export function faultsOf(list: readonly FieldFaultDto[]): Faults {
  const entries = list.map(({ field, message }): [string, string] => {
    const entry = ENTRY.exec(field);
    return entry?.[1] === undefined
      ? [field, sentence(message)]
      : [entry[1], `Entry ${Number(entry[2]) + 1} ${sentence(message, false)}`];
  });
  const first = new Map<string, string>();
  for (const [field, message] of entries) if (!first.has(field)) first.set(field, message);
  return Object.fromEntries(first);
}

/** `must be a URL` as it stands below its field: `Must be a URL.` */
function sentence(text: string, isWhole = true): string {
  const whole = isWhole ? text.charAt(0).toUpperCase() + text.slice(1) : text;
  return /[.!?]$/.test(whole) ? whole : `${whole}.`;
}

/** The faults of sections that are as they were when these were found: what has been changed since is not blamed. */
export function standing(faults: Faults, found: FormValues, now: FormValues): Faults {
  return Object.fromEntries(
    Object.entries(faults).filter(([field]) => found[sectionOf(field)] === now[sectionOf(field)]),
  );
}
