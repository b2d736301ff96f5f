import type { JsonObject, JsonValue } from '#contracts';

/** The fields that differ, and nothing else, as they were and as they are. */
export interface Changes {
  before: JsonObject;
  after: JsonObject;
}

/**
 * What changed from one object to the other. Objects are compared field by field, all else as a whole; a field only
 * one of them has is missing in the other.
 * @param isWhole values not to look into, such as sealed ones
 */
export function changesBetween(
  before: JsonObject,
  after: JsonObject,
  isWhole: (value: JsonValue) => boolean = () => false,
): Changes {
  const changes: Changes = { before: {}, after: {} };
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const was = Object.hasOwn(before, key) ? before[key] : undefined;
    const is = Object.hasOwn(after, key) ? after[key] : undefined;
    if (JSON.stringify(was) === JSON.stringify(is)) continue;
    const isNested = isFields(was) && isFields(is) && !isWhole(was) && !isWhole(is);
    const inner = isNested ? changesBetween(was, is, isWhole) : { before: was, after: is };
    put(changes.before, key, inner.before);
    put(changes.after, key, inner.after);
  }
  return changes;
}

function isFields(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Also where the key is `__proto__`. */
function put(target: JsonObject, key: string, value: JsonValue | undefined): void {
  if (value === undefined) return;
  Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
}
