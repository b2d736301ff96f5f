import type { JsonValue } from '#contracts';

/** The key that marks a sealed value. No payload of a client may use it. */
export const SEALED = '$sealed';

/** A secret as it is stored. */
export interface SealedValue {
  [key: string]: JsonValue;
  [SEALED]: string;
}

export function isSealed(value: JsonValue | undefined): value is SealedValue {
  return (
    value !== null && typeof value === 'object' && !Array.isArray(value) && typeof value[SEALED] === 'string'
  );
}

/** A copy of a value with each sealed one in it replaced. */
export function mapSealed(value: JsonValue, open: (sealed: string) => JsonValue): JsonValue {
  if (isSealed(value)) return open(value[SEALED]);
  if (Array.isArray(value)) return value.map((item) => mapSealed(item, open));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapSealed(item, open)]));
}
