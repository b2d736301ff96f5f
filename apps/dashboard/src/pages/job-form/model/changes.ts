import { stable } from './json-text.js';
import type { JobRequest } from './to-request.js';

/** The fields of a job that a form changed: what is sent for an edit. */
export function changedFields(before: JobRequest, after: JobRequest): Partial<JobRequest> {
  return Object.fromEntries(
    Object.entries(after).filter(([field, value]) => !isSame(value, before[field as keyof JobRequest])),
  );
}

export interface FieldChange {
  /** `cronExpression`, `payload.headers.accept`. */
  field: string;
  /** Undefined where there was nothing. */
  from: unknown;
  /** Undefined where it is taken away. */
  to: unknown;
}

/**
 * What differs between two jobs, down to the single value; a list counts as one.
 * @param shown what is told instead of `after`: the same with its secrets masked
 */
export function differences(
  before: object,
  after: object,
  shown: object = after,
  prefix = '',
): FieldChange[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return keys.flatMap((key) => {
    const [from, to] = [ownOf(before, key), ownOf(after, key)];
    if (isSame(from, to)) return [];
    const field = `${prefix}${key}`;
    const told = ownOf(shown, key);
    const isWithin = (isObject(from) || isObject(to)) && isOpen(from) && isOpen(to) && isOpen(told);
    if (!isWithin) return [{ field, from, to: told }];
    return differences(orEmpty(from), orEmpty(to), orEmpty(told), `${field}.`);
  });
}

function isSame(one: unknown, other: unknown): boolean {
  return (isNothing(one) && isNothing(other)) || stable(one) === stable(other);
}

function isNothing(value: unknown): value is null | undefined {
  return value === undefined || value === null;
}

/** Can its parts be looked at one by one? */
function isOpen(value: unknown): boolean {
  return isObject(value) || isNothing(value);
}

function orEmpty(value: unknown): object {
  return isObject(value) ? value : {};
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Keys are whatever people choose: `constructor`, too. */
function ownOf(object: object, key: string): unknown {
  return Object.getOwnPropertyDescriptor(object, key)?.value;
}
