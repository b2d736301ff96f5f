import { isUUID } from 'class-validator';
import type { AuditPosition } from '#audit';
import { decodeCursor, encodeCursor, invalidCursor } from '../http/index.js';

export function encodeAuditCursor({ occurredAt, id }: AuditPosition): string {
  return encodeCursor(['audit', occurredAt.getTime(), id]);
}

/** @throws ChronosError VALIDATION_FAILED when it is none of ours */
export function decodeAuditCursor(cursor: string): AuditPosition {
  const [kind, at, id] = decodeCursor(cursor, 3);
  const isOurs = kind === 'audit' && typeof at === 'number' && at >= 0 && at < 4e12 && isUUID(id);
  if (!isOurs) throw invalidCursor();
  return { occurredAt: new Date(at), id: id as string };
}
