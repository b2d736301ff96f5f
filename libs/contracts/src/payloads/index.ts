import type { ZodError, ZodType } from 'zod';
import type { FieldFault } from '../chronos-error.js';
import type { JobType } from '../job.js';
import { customPayloadSchema } from './custom.payload.js';
import { emailPayloadSchema } from './email.payload.js';
import { httpPayloadSchema } from './http.payload.js';
import { scriptPayloadSchema } from './script.payload.js';
import { webhookPayloadSchema } from './webhook.payload.js';

/** The schema of each type's payload: what the API validates with, what executors receive. */
export const PAYLOAD_SCHEMAS = {
  http: httpPayloadSchema,
  webhook: webhookPayloadSchema,
  script: scriptPayloadSchema,
  email: emailPayloadSchema,
  custom: customPayloadSchema,
} as const satisfies Record<JobType, ZodType>;

/**
 * The faults of a payload, one per field, each path starting with `payload`; empty where it is valid.
 * The payload is stored as the client wrote it, defaults are applied when it runs.
 * @param isDeferred values that are not known before the run: what they will be is checked then
 */
export function payloadFaults(
  type: JobType,
  payload: unknown,
  isDeferred: (value: unknown) => boolean = () => false,
): FieldFault[] {
  const parsed = PAYLOAD_SCHEMAS[type].safeParse(payload);
  if (parsed.success) return [];
  const issues = parsed.error.issues.filter(
    ({ code, path }) => FAULTS_OF_KEYS.has(code) || !isDeferred(valueAt(payload, path)),
  );
  return fieldFaults({ issues }, 'payload', `a payload of type "${type}"`);
}

/** These say that a field must not be there, whatever it holds. */
const FAULTS_OF_KEYS = new Set(['unrecognized_keys', 'invalid_key']);

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (at, key) =>
      typeof at === 'object' && at !== null && Object.hasOwn(at, key)
        ? (at as Record<PropertyKey, unknown>)[key]
        : undefined,
    value,
  );
}

/** A schema error as field faults. `prefix` is the path of what was parsed, `what` its name in sentences. */
export function fieldFaults(error: Pick<ZodError, 'issues'>, prefix: string, what: string): FieldFault[] {
  return error.issues.flatMap((issue) => {
    const field = [prefix, ...issue.path.map(String)].join('.');
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({ field: `${field}.${key}`, message: `is not a field of ${what}` }));
    }
    return [{ field, message: faultMessage(issue) }];
  });
}

/** Zod's own words only where a schema gave none, and then in the form of the others: what it must be. */
function faultMessage(issue: ZodError['issues'][number]): string {
  if (issue.code === 'invalid_key') return issue.issues[0]?.message ?? 'is not a valid name';
  // The only union without a message of its own is `z.json()`, which takes none.
  if (issue.code === 'invalid_union' && issue.message === 'Invalid input') return 'must be a JSON value';
  if (issue.code !== 'invalid_type' || !issue.message.startsWith('Invalid input')) return issue.message;
  const kind = { record: 'an object', object: 'an object', array: 'an array', int: 'a whole number' }[
    issue.expected as string
  ];
  const must = `must be ${kind ?? `a ${issue.expected}`}`;
  return issue.message.endsWith('received undefined') ? `is missing: ${must}` : must;
}

/**
 * The fields of a payload that are secret whoever wrote them, as dotted paths; `*` is any one key, and a
 * segment in slashes matches keys by a case-insensitive expression.
 */
export const SECRET_PAYLOAD_FIELDS: Record<JobType, readonly string[]> = {
  http: ['headers./^(proxy-)?authorization$|^cookie$|api-?key|token|secret/'],
  webhook: ['secret', 'headers./^(proxy-)?authorization$|^cookie$|api-?key|token|secret/'],
  script: ['env.*'],
  email: [],
  custom: [],
};
