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
