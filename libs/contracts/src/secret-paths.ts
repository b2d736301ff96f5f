import type { JobType } from './job.js';
import type { JsonObject, JsonValue } from './json.js';
import { SECRET_PAYLOAD_FIELDS } from './payloads/index.js';

/** What a client sees in place of a secret, and may send back to keep it. */
export const SECRET_MASK = '********';

type Segment = string | RegExp;
type Visit = (value: JsonValue, path: string) => JsonValue;
type IsClosed = (value: JsonValue) => boolean;

/**
 * A copy of a payload in which `visit` has replaced each value that is secret: by its type's rule, or because
 * the owner named its path in `secretFields`: keys with dots between them, `*` for any one key. Expressions are for
 * our own rules only. What `isClosed` is kept as it stands: nothing within it is looked at.
 */
export function mapSecretFields(
  type: JobType,
  payload: JsonObject,
  secretFields: readonly string[],
  visit: Visit,
  isClosed: IsClosed = () => false,
): JsonObject {
  const patterns = [
    ...SECRET_PAYLOAD_FIELDS[type].map(splitRule),
    ...secretFields.map((path) => path.split('.')),
  ];
  return mapAll(payload, patterns, 'payload', { visit, isClosed });
}

/**
 * The same for any object: `paths` are literal keys with dots between them, `root` is what a fault calls the object.
 */
export function mapFields(
  value: JsonObject,
  paths: readonly string[],
  root: string,
  visit: Visit,
  isClosed: IsClosed = () => false,
): JsonObject {
  const patterns = paths.map((path) => path.split('.'));
  return mapAll(value, patterns, root, { visit, isClosed });
}

interface Walk {
  visit: Visit;
  isClosed: IsClosed;
}

function mapAll(value: JsonObject, patterns: Segment[][], root: string, walk: Walk): JsonObject {
  return patterns.reduce<JsonObject>(
    (result, pattern) => mapAt(result, pattern, root, walk) as JsonObject,
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

function mapAt(value: JsonValue, pattern: Segment[], path: string, walk: Walk): JsonValue {
  const [segment, ...rest] = pattern;
  if (segment === undefined) return walk.visit(value, path);
  if (walk.isClosed(value)) return value;
  if (Array.isArray(value)) {
    return value.map((item, index) =>
      matches(segment, String(index)) ? mapAt(item, rest, `${path}.${index}`, walk) : item,
    );
  }
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      matches(segment, key) ? mapAt(item, rest, `${path}.${key}`, walk) : item,
    ]),
  );
}

function matches(segment: Segment, key: string): boolean {
  if (segment instanceof RegExp) return segment.test(key);
  return segment === '*' || segment === key;
}
