import { isDeepStrictEqual } from 'node:util';
import type { JobDto } from '#client';
import type { WantedJob } from './read-jobs.js';

/** What the server shows in place of a secret. */
export const SECRET_MASK = '********';

export interface FieldChange {
  /** `timezone`, `payload.url`. */
  field: string;
  /** Absent where there was nothing. */
  from?: unknown;
  /** Absent where it is taken away; the mask where it may be secret. */
  to?: unknown;
}

/** Lists whose order says nothing. */
const SETS = new Set(['tags', 'calendars']);
/** A job of the server, its links told by names as those of a file are. */
export type ComparedJob = Omit<JobDto, 'after'> & { after: unknown };

const INSTANTS = new Set(['scheduledAt', 'startsAt', 'endsAt']);
const WITH_SECRETS = new Set(['payload', 'notifications']);

/**
 * What of a job differs from what its file says, of the fields the file gives. A secret the server masks counts as
 * equal. Of `payload` and `notifications` a new value is shown only in place of one that the server shows: what else
 * is secret the server alone knows.
 */
export function changesOf(wanted: WantedJob, job: ComparedJob): FieldChange[] {
  const isHidden = ['type', 'secretFields'].some(
    (field) => wanted[field] !== undefined && !isDeepStrictEqual(wanted[field], ownOf(job, field)),
  );
  return Object.entries(wanted).flatMap(([field, to]) => {
    const from = ownOf(job, field);
    if (WITH_SECRETS.has(field)) return changesWithin(field, from, to, isHidden);
    if (field === 'backoff' && isObject(from) && isObject(to)) {
      // The server keeps what is not given of it.
      const kept = Object.entries(from).filter(([key]) => !Object.hasOwn(to, key));
      return changesWithin(field, from, { ...Object.fromEntries(kept), ...to }, false);
    }
    return isSame(field, from, to) ? [] : [from === undefined ? { field, to } : { field, from, to }];
  });
}

/** Everything a new job is given, under the same rule. */
export function fieldsOf(wanted: WantedJob): FieldChange[] {
  return Object.entries(wanted).flatMap(([field, to]) =>
    WITH_SECRETS.has(field) ? changesWithin(field, undefined, to, true) : [{ field, to }],
  );
}

function isSame(field: string, from: unknown, to: unknown): boolean {
  if (INSTANTS.has(field) && typeof from === 'string' && typeof to === 'string') {
    return Date.parse(from) === Date.parse(to);
  }
  if (field === 'cronExpression' && typeof to === 'string') return from === to.trim();
  if (SETS.has(field) && Array.isArray(from) && Array.isArray(to)) {
    return isDeepStrictEqual(new Set(from), new Set(to));
  }
  return isDeepStrictEqual(from, to);
}

function changesWithin(path: string, from: unknown, to: unknown, isHidden: boolean): FieldChange[] {
  if (isDeepStrictEqual(from, to) || (from === SECRET_MASK && to !== undefined)) return [];
  if (isContainer(to) && (from === undefined || isSameKind(from, to))) {
    const before = from ?? {};
    const keys = [...new Set([...Object.keys(before), ...Object.keys(to)])];
    if (keys.length > 0) {
      return keys.flatMap((key) =>
        changesWithin(`${path}.${key}`, ownOf(before, key), ownOf(to, key), isHidden),
      );
    }
  }
  if (to === undefined) return [{ field: path, from }];
  const isShown = !isHidden && from !== undefined && !isContainer(from) && !isContainer(to);
  const change = { field: path, to: isShown ? to : SECRET_MASK };
  return [from === undefined ? change : { ...change, from }];
}

/** Keys are whatever people choose: `constructor`, too. */
function ownOf(object: object, key: string): unknown {
  return Object.getOwnPropertyDescriptor(object, key)?.value;
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function isObject(value: unknown): value is object {
  return isContainer(value) && !Array.isArray(value);
}

function isSameKind(one: unknown, other: object): one is object {
  return isContainer(one) && Array.isArray(one) === Array.isArray(other);
}
