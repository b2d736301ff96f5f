import { Ajv, type ErrorObject, type Options } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import ajvFormats from 'ajv-formats';
import type { FieldFault, JsonObject, JsonValue } from '#contracts';

/** The faults of a job's data; empty where it is valid. */
export type DataCheck = (data: JsonValue) => FieldFault[];

const MAX_FAULTS = 20;

/** Misspelt keywords and formats are errors: a rule that is silently not applied is worse than none. */
const OPTIONS: Options = {
  allErrors: true,
  strictSchema: true,
  strictTypes: false,
  strictTuples: false,
  strictRequired: false,
  logger: false,
};

/**
 * Compiles the JSON Schema of a handler's data: draft 2020-12, or draft 7 where `$schema` says so.
 *
 * @throws Error saying what is wrong with the schema, unknown keywords and references to elsewhere included.
 */
export function compileDataSchema(schema: JsonObject): DataCheck {
  if (schema['$async'] !== undefined) throw new Error('asynchronous schemas ($async) are not supported');
  const dialect = schema['$schema'];
  const isDraft7 = typeof dialect === 'string' && dialect.includes('draft-07');
  const ajv = isDraft7 ? new Ajv(OPTIONS) : new Ajv2020(OPTIONS);
  ajvFormats.default(ajv);
  const validate = ajv.compile(schema);
  return (data) => {
    if (validate(data)) return [];
    return (validate.errors ?? []).slice(0, MAX_FAULTS).map(faultOf);
  };
}

function faultOf({ instancePath, keyword, params, message }: ErrorObject): FieldFault {
  const path = ['payload.data', ...instancePath.split('/').slice(1).map(unescapePointer)];
  const { missingProperty, additionalProperty, allowedValues } = params as Record<string, unknown>;
  switch (keyword) {
    case 'required':
      return { field: [...path, missingProperty].join('.'), message: 'is missing' };
    case 'additionalProperties':
      return { field: [...path, additionalProperty].join('.'), message: 'is not a field the handler knows' };
    case 'enum':
      return {
        field: path.join('.'),
        message: `must be one of ${JSON.stringify(allowedValues).slice(1, -1)}`,
      };
    default:
      return { field: path.join('.'), message: message ?? `breaks "${keyword}"` };
  }
}

/** JSON Pointer (RFC 6901). */
function unescapePointer(segment: string): string {
  return segment.replaceAll('~1', '/').replaceAll('~0', '~');
}
