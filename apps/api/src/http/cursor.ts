import { ChronosError } from '#contracts';
import { inputFault } from './input-fault.js';

/**
 * Packs the sort key of a page's last row into an opaque token. Not signed: it grants nothing, since every query
 * that uses one still filters by owner.
 */
export function encodeCursor(key: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/** @throws ChronosError VALIDATION_FAILED when it is not one of ours of `length` parts */
export function decodeCursor(cursor: string, length: number): (string | number)[] {
  const key = parse(Buffer.from(cursor, 'base64url').toString());
  const isOurs =
    Array.isArray(key) &&
    key.length === length &&
    key.every((part) => typeof part === 'string' || typeof part === 'number') &&
    inputFault(key) === undefined;
  if (!isOurs) throw ChronosError.invalid('cursor', 'must be the nextCursor of an earlier answer');
  return key;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
