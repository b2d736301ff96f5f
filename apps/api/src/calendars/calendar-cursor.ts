import { isUUID } from 'class-validator';
import type { CalendarPosition } from '#calendars';
import { decodeCursor, encodeCursor, invalidCursor } from '../http/index.js';

export function encodeCalendarCursor({ name, id }: CalendarPosition): string {
  return encodeCursor([name, id]);
}

/** @throws ChronosError VALIDATION_FAILED when it is none of ours */
export function decodeCalendarCursor(cursor: string): CalendarPosition {
  const [name, id] = decodeCursor(cursor, 2);
  if (typeof name !== 'string' || !isUUID(id)) throw invalidCursor();
  return { name, id: id as string };
}
