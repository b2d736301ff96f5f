import { type JobType, type JsonObject, type JsonValue, SECRET_PAYLOAD_FIELDS } from '#contracts';
import { isSealed } from './sealed.js';

type Segment = string | RegExp;
type Visit = (value: JsonValue, path: string) => JsonValue;

/**
 * A copy of a payload in which `visit` has replaced each value that is secret: by its type's rule, or because
 * the owner named its path in `secretFields`: keys with dots between them, `*` for any one key. Expressions are for
 * our own rules only.
 */
export function mapSecretFields(
  type: JobType,
  payload: JsonObject,
  secretFields: readonly string[],
  visit: Visit,
): JsonObject {
  const patterns = [
    ...SECRET_PAYLOAD_FIELDS[type].map(splitRule),
    ...secretFields.map((path) => path.split('.')),
  ];
  return mapAll(payload, patterns, 'payload', visit);
}

/**
 * The same for any object: `paths` are literal keys with dots between them, `root` is what a fault calls the object.
 */
export function mapFields(
  value: JsonObject,
  paths: readonly string[],
  root: string,
  visit: Visit,
): JsonObject {
  return mapAll(
    value,
    paths.map((path) => path.split('.')),
    root,
    visit,
  );
}

function mapAll(value: JsonObject, patterns: Segment[][], root: string, visit: Visit): JsonObject {
  return patterns.reduce<JsonObject>(
    (result, pattern) => mapAt(result, pattern, root, visit) as JsonObject,
    value,
  );
}

/** `a.b./c|d/`: dots inside an expression between slashes do not separate. */
function splitRule(path: string): Segment[] {
  const segments = path.match(/\/(?:[^/])+\/|[^.]+/g) ?? [];
  return segments.map((segment) =>
    segment.startsWith('/') ? new RegExp(segment.slice(1, -1), 'i') : segment,
  );
}

function mapAt(value: JsonValue, pattern: Segment[], path: string, visit: Visit): JsonValue {
  const [segment, ...rest] = pattern;
  if (segment === undefined) return visit(value, path);
  if (isSealed(value)) return value;
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

function matches(segment: Segment, key: string): boolean {
  if (segment instanceof RegExp) return segment.test(key);
  return segment === '*' || segment === key;
}
