import { type JobType, type JsonObject, type JsonValue, SECRET_PAYLOAD_FIELDS } from '#contracts';

type Visit = (value: JsonValue, path: string) => JsonValue;

/**
 * A copy of a payload in which `visit` has replaced each value that is secret: by its type's rule, or because
 * the owner named its path in `secretFields`.
 */
export function mapSecretFields(
  type: JobType,
  payload: JsonObject,
  secretFields: readonly string[],
  visit: Visit,
): JsonObject {
  const patterns = [...SECRET_PAYLOAD_FIELDS[type], ...secretFields].map(splitPath);
  return patterns.reduce<JsonObject>(
    (result, pattern) => mapAt(result, pattern, 'payload', visit) as JsonObject,
    payload,
  );
}

/** `a.b./c|d/`: dots inside an expression between slashes do not separate. */
function splitPath(path: string): string[] {
  return path.match(/\/(?:[^/])+\/|[^.]+/g) ?? [];
}

function mapAt(value: JsonValue, pattern: string[], path: string, visit: Visit): JsonValue {
  const [segment, ...rest] = pattern;
  if (segment === undefined) return visit(value, path);
  if (Array.isArray(value)) {
    return value.map((item, index) =>
      matches(segment, String(index)) ? mapAt(item, rest, `${path}.${index}`, visit) : item,
    );
  }
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      matches(segment, key) ? mapAt(item, rest, `${path}.${key}`, visit) : item,
    ]),
  );
}

function matches(segment: string, key: string): boolean {
  if (segment === '*') return true;
  if (segment.length > 2 && segment.startsWith('/') && segment.endsWith('/')) {
    return new RegExp(segment.slice(1, -1), 'i').test(key);
  }
  return segment === key;
}
