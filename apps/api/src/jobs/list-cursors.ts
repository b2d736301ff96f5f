import { isUUID } from 'class-validator';
import type { ExecutionPosition } from '#executions';
import type { JobPosition, JobSort } from '#jobs';
import { decodeCursor, encodeCursor, invalidCursor } from '../http/index.js';

/** Sorts whose value is a time, and the one whose value is a number. */
const TIMES = new Set(['createdAt', 'updatedAt', 'nextRunAt']);
const NUMBER = 'priority';
const MAX_SMALLINT = 32_767;

/** The order is part of the cursor: a place in one order means nothing in another. */
export function encodeJobCursor(sort: JobSort, { value, id }: JobPosition): string {
  return encodeCursor([sort, value instanceof Date ? value.toISOString() : value, id]);
}

/** @throws ChronosError VALIDATION_FAILED when it is none of ours, or was made for another order */
export function decodeJobCursor(sort: JobSort, cursor: string): JobPosition {
  const [madeFor, value, id] = decodeCursor(cursor, 3);
  if (madeFor !== sort) throw invalidCursor();
  const field = sort.replace(/^-/, '');
  const uuid = uuidOf(id);
  if (value === null && field === 'nextRunAt') return { value, id: uuid };
  if (TIMES.has(field)) return { value: timeOf(value), id: uuid };
  if (typeof value !== (field === NUMBER ? 'number' : 'string')) throw invalidCursor();
  if (typeof value === 'number' && !(Number.isInteger(value) && Math.abs(value) <= MAX_SMALLINT))
    throw invalidCursor();
  return { value: value as string | number, id: uuid };
}

export function encodeExecutionCursor({ scheduledFor, id }: ExecutionPosition): string {
  return encodeCursor([scheduledFor.toISOString(), id]);
}

/** @throws ChronosError VALIDATION_FAILED when it is none of ours */
export function decodeExecutionCursor(cursor: string): ExecutionPosition {
  const [scheduledFor, id] = decodeCursor(cursor, 2);
  return { scheduledFor: timeOf(scheduledFor), id: uuidOf(id) };
}

export function encodeLogCursor(id: string): string {
  return encodeCursor(['log', id]);
}

/** @throws ChronosError VALIDATION_FAILED when it is none of ours */
export function decodeLogCursor(cursor: string): string {
  const [kind, id] = decodeCursor(cursor, 2);
  if (kind !== 'log') throw invalidCursor();
  return uuidOf(id);
}

export function encodeBackfillCursor(id: string): string {
  return encodeCursor(['backfill', id]);
}

/** @throws ChronosError VALIDATION_FAILED when it is none of ours */
export function decodeBackfillCursor(cursor: string): string {
  const [kind, id] = decodeCursor(cursor, 2);
  if (kind !== 'backfill') throw invalidCursor();
  return uuidOf(id);
}

export function encodeNotificationCursor(id: string): string {
  return encodeCursor(['notification', id]);
}

/** @throws ChronosError VALIDATION_FAILED when it is none of ours */
export function decodeNotificationCursor(cursor: string): string {
  const [kind, id] = decodeCursor(cursor, 2);
  if (kind !== 'notification') throw invalidCursor();
  return uuidOf(id);
}

function uuidOf(part: unknown): string {
  if (!isUUID(part)) throw invalidCursor();
  return part as string;
}

/** Exactly as `toISOString` writes years of four digits: nothing else was ever put into a cursor. */
function timeOf(part: unknown): Date {
  if (typeof part !== 'string' || !/^\d{4}-\d\d-\d\dT[\d:.]{12}Z$/.test(part)) throw invalidCursor();
  const time = new Date(part);
  if (Number.isNaN(time.getTime()) || time.getUTCFullYear() < 1) throw invalidCursor();
  return time;
}
