import { type CustomHandler, HANDLER_NAME, type JsonObject } from '#contracts';
import { compileDataSchema, type DataCheck } from './data-schema.js';

/** Something that claims to be a handler, and the class or file it comes from. */
export interface HandlerCandidate {
  source: string;
  definition: Partial<CustomHandler>;
}

/** A handler that can be run. */
export interface RegisteredHandler {
  source: string;
  definition: CustomHandler;
  check: DataCheck;
}

/** Takes a candidate for a handler, or says what keeps it from being one. */
export function registeredHandler({ source, definition }: HandlerCandidate): RegisteredHandler | string {
  const { name, description, schema, run } = definition;
  if (typeof name !== 'string' || !HANDLER_NAME.test(name)) {
    return `${source}: the name ${JSON.stringify(name)} must be a letter, then letters, digits, ".", "_" or "-", at most 100 characters`;
  }
  if (typeof run !== 'function') return `${source}: the handler "${name}" has no function run(data, context)`;
  if (description !== undefined && typeof description !== 'string') {
    return `${source}: the description of the handler "${name}" is not a text`;
  }
  if (schema === undefined) return { source, definition: definition as CustomHandler, check: () => [] };
  if (!isObject(schema)) return `${source}: the schema of the handler "${name}" is not a JSON Schema object`;
  try {
    return { source, definition: definition as CustomHandler, check: compileDataSchema(schema) };
  } catch (error) {
    return `${source}: the schema of the handler "${name}" cannot be used: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
