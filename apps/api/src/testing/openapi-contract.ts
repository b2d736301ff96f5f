import type { OpenAPIObject } from '@nestjs/swagger';
import { Ajv, type ErrorObject } from 'ajv';
import * as formats from 'ajv-formats';
import { ERROR_CODES, type ErrorCode } from '#contracts';

type Json = Record<string, unknown>;

interface Content {
  content?: Record<
    string,
    { schema?: Json; example?: unknown; examples?: Record<string, { value: unknown }> }
  >;
}

interface RawOperation {
  security?: unknown[];
  requestBody?: Content;
  parameters?: { in: string; name: string; required?: boolean }[];
  responses: Record<string, Content & { description?: string }>;
}

/** One operation as the document has it. */
export interface DocumentedOperation {
  /** `POST /jobs/{id}/pause` */
  line: string;
  isSecured: boolean;
  hasBody: boolean;
  /** Every documented request: the examples of the operation, or one composed of those of its fields. */
  examples: unknown[];
  /** Error codes by status. */
  errors: { status: number; code: ErrorCode }[];
  /** Statuses below 400. */
  successes: number[];
  /** Media types of an answer that is no JSON document: event streams, exports. */
  textTypes: string[];
}

/** Reads the document as a client generator would, and holds answers against it. */
export class OpenApiContract {
  readonly operations: DocumentedOperation[];
  readonly #schemas: Record<string, Json>;
  readonly #raw = new Map<string, RawOperation>();
  readonly #ajv = new Ajv({ strict: false, allErrors: true });

  constructor(document: OpenAPIObject, prefix: string) {
    this.#schemas = (document.components?.schemas ?? {}) as Record<string, Json>;
    (formats.default as unknown as { default: (ajv: Ajv) => void }).default(this.#ajv);
    this.#ajv.addFormat('password', true);
    this.#ajv.addSchema({ $id: 'doc', components: { schemas: toJsonSchema(this.#schemas) } });
    this.operations = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item as unknown as Record<string, RawOperation>).map(([method, raw]) =>
        this.#operation(`${method.toUpperCase()} ${path.replace(prefix, '')}`, raw),
      ),
    );
  }

  /** What of an answer is not as documented; undocumented fields and statuses included. */
  faultsOf(line: string, status: number, body: unknown): string[] {
    const response = this.#raw.get(line)?.responses[String(status)];
    if (!response) return [`${status} is not documented`];
    const schema = response.content?.['application/json']?.schema;
    if (!schema) return body === undefined ? [] : ['a body is not documented'];
    const validate = this.#ajv.compile(toJsonSchema(schema));
    return validate(body) ? [] : (validate.errors ?? []).map(wordsOf);
  }

  /** Examples of fields that their own schema refuses. */
  wrongExamples(): string[] {
    return Object.entries(this.#schemas).flatMap(([name, schema]) =>
      Object.entries((schema['properties'] ?? {}) as Record<string, Json>)
        .filter(([, property]) => 'example' in property)
        .filter(([, property]) => !this.#ajv.compile(toJsonSchema(property))(property['example']))
        .map(([field]) => `${name}.${field}`),
    );
  }

  #operation(line: string, raw: RawOperation): DocumentedOperation {
    this.#raw.set(line, raw);
    const media = raw.requestBody?.content?.['application/json'];
    const given = Object.values(media?.examples ?? {}).map(({ value }) => value);
    const composed = media ? [media.example ?? this.#compose(media.schema ?? {})] : [];
    const statuses = Object.keys(raw.responses).map(Number);
    return {
      line,
      isSecured: (raw.security ?? []).length > 0,
      hasBody: media !== undefined,
      examples: given.length > 0 ? given : composed,
      errors: statuses
        .filter((status) => status >= 400)
        .flatMap((status) => codesIn(raw.responses[status]?.description).map((code) => ({ status, code }))),
      successes: statuses.filter((status) => status < 400),
      textTypes: Object.values(raw.responses)
        .flatMap(({ content }) => Object.keys(content ?? {}))
        .filter((type) => type !== 'application/json'),
    };
  }

  /** As Swagger UI shows it: the examples of all fields; of a field without one its first value, where it is required. */
  #compose(schema: Json): unknown {
    if ('example' in schema) return schema['example'];
    const ref = (schema['$ref'] ?? (schema['allOf'] as Json[] | undefined)?.[0]?.['$ref']) as
      | string
      | undefined;
    if (ref) return this.#compose(this.#schemas[ref.split('/').at(-1) ?? ''] ?? {});
    if (Array.isArray(schema['enum'])) return schema['enum'][0] as unknown;
    const required = new Set((schema['required'] ?? []) as string[]);
    return Object.fromEntries(
      Object.entries((schema['properties'] ?? {}) as Record<string, Json>)
        .filter(([name, property]) => 'example' in property || required.has(name))
        .map(([name, property]) => [name, this.#compose(property)]),
    );
  }
}

function codesIn(description = ''): ErrorCode[] {
  return ERROR_CODES.filter((code) => description.includes(`\`${code}\``));
}

function wordsOf({ instancePath, message, params }: ErrorObject): string {
  return `${instancePath} ${message} ${JSON.stringify(params)}`;
}

/** OpenAPI 3.0's dialect as JSON Schema, closed: a field that is not documented is a fault. */
function toJsonSchema<Value>(value: Value): Value {
  if (Array.isArray(value)) return value.map(toJsonSchema) as Value;
  if (typeof value !== 'object' || value === null) return value;
  const { nullable, ...schema } = value as Json;
  delete schema['example'];
  const converted: Json = Object.fromEntries(
    Object.entries(schema).map(([key, inner]) => [key, toJsonSchema(inner)]),
  );
  if (typeof converted['$ref'] === 'string')
    return { $ref: converted['$ref'].replace('#/', 'doc#/') } as Value;
  if (converted['type'] === 'object' && 'properties' in converted)
    converted['additionalProperties'] ??= false;
  return (nullable === true ? { anyOf: [{ type: 'null' }, converted] } : converted) as Value;
}
