import {
  type CustomPayload,
  customPayloadSchema,
  type ExecutionContext,
  type Executor,
  failure,
  failureOf,
  type JsonValue,
  type Outcome,
} from '#contracts';
import { JobExecutor } from '../registry/job-executor.decorator.js';
import { HandlerCatalog } from './handler-catalog.service.js';

/** How many names a message lists. */
const NAMES_TOLD = 20;

/**
 * Runs the handler that the payload names, with data that its schema has accepted (`null` where there is none).
 * What it returns is the result, what it throws a failure that is retried, a `PermanentError` one that is not. A
 * handler that does not obey `context.signal` is abandoned by `runAttempt` after the grace: it cannot be killed.
 */
@JobExecutor('custom')
export class CustomExecutor implements Executor<CustomPayload> {
  readonly schema = customPayloadSchema;

  constructor(private readonly catalog: HandlerCatalog) {}

  async execute({ handler: name, data = null }: CustomPayload, context: ExecutionContext): Promise<Outcome> {
    const handler = this.catalog.get(name);
    if (!handler) {
      return failure('HANDLER_NOT_FOUND', `This worker has no handler "${name}". ${this.known()}`, {
        retryable: false,
      });
    }
    const faults = handler.check(data);
    if (faults.length > 0) {
      const message = faults.map((fault) => `${fault.field} ${fault.message}`).join('; ');
      return failure('INVALID_PAYLOAD', message, { retryable: false });
    }
    try {
      const result = await handler.definition.run(data, context);
      // Held to what JSON can carry by `runAttempt`, as every result.
      return { status: 'completed', result: result as JsonValue };
    } catch (error) {
      if (context.signal.aborted) throw error;
      return failureOf(error, 'HANDLER_THREW');
    }
  }

  private known(): string {
    const names = this.catalog.list().map((handler) => handler.name);
    if (names.length === 0) return 'It has none: set CUSTOM_HANDLERS_DIR or provide one.';
    const more = names.length > NAMES_TOLD ? ` and ${names.length - NAMES_TOLD} more` : '';
    return `It has ${names.slice(0, NAMES_TOLD).join(', ')}${more}.`;
  }
}
