import type { ExecutionContext } from './executor.js';
import type { JsonObject, JsonValue } from './json.js';

/** A handler for jobs of type `custom`. What `run` returns is the execution's result. */
export interface CustomHandler<Data = JsonValue> {
  /** What jobs name in `payload.handler`: a letter, then letters, digits, `.`, `_` or `-`, at most 100. */
  name: string;
  description?: string;
  /** JSON Schema of `payload.data`. Checked before every run and published at `GET /handlers`. */
  schema?: JsonObject;
  /**
   * Runs once per attempt. A throw is a retryable failure, a `PermanentError` ends the execution.
   * Must obey `context.signal`.
   */
  run(data: Data, context: ExecutionContext): Promise<JsonValue | void> | JsonValue | void;
}

/** Identity with types: `export default defineHandler({ name, schema, run })` in `CUSTOM_HANDLERS_DIR`. */
export function defineHandler<Data = JsonValue>(handler: CustomHandler<Data>): CustomHandler<Data> {
  return handler;
}

/**
 * Thrown by a handler for a failure that no retry can mend. Recognised by `name`, so that a handler
 * module outside this repository may throw any error with `error.name = 'PermanentError'`.
 */
export class PermanentError extends Error {
  override readonly name = 'PermanentError';
}
