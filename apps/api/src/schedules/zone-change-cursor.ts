import { isUUID } from 'class-validator';
import { decodeCursor, encodeCursor, invalidCursor } from '../http/index.js';

const KIND = 'zone-change';

export function encodeZoneChangeCursor(id: string): string {
  return encodeCursor([KIND, id]);
}

/** @throws ChronosError VALIDATION_FAILED when it is none of ours */
export function decodeZoneChangeCursor(cursor: string): string {
  const [kind, id] = decodeCursor(cursor, 2);
  if (kind !== KIND || typeof id !== 'string' || !isUUID(id)) throw invalidCursor();
  return id;
}
