import { ChronosError } from '#contracts';
import { inputFault } from './input-fault.js';

/** The sort key of a row: what a page that starts after it is asked for with. */
export type CursorKey = readonly (string | number | null)[];

/**
 * Packs the sort key of a page's last row into an opaque token. Not signed: it grants nothing, since every query
 * that uses one still filters by owner.
 */
export function encodeCursor(key: CursorKey): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/** @throws ChronosError VALIDATION_FAILED when it is not one of ours of `length` parts */
export function decodeCursor(cursor: string, length: number): CursorKey {
  const key = parse(Buffer.from(cursor, 'base64url').toString());
  const isOurs =
    Array.isArray(key) &&
    key.length === length &&
    key.every((part) => part === null || typeof part === 'string' || typeof part === 'number') &&
    inputFault(key) === undefined;
  if (!isOurs) throw invalidCursor();
  return key as CursorKey;
}

export function invalidCursor(): ChronosError {
  return ChronosError.invalid('cursor', 'must be the nextCursor of an earlier answer to the same question');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
