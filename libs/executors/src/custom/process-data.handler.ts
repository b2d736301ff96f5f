import { createHash } from 'node:crypto';
import type { CustomHandler as Handler, ExecutionContext, JsonValue } from '#contracts';
import { CustomHandler } from './custom-handler.decorator.js';

interface ProcessData {
  input: JsonValue;
}

/**
 * The sample handler: says what it was given, by its JSON type, its size (characters, items or fields; 1 for anything
 * else) and the SHA-256 of its JSON text, by which two runs can be told to have had the same input.
 */
@CustomHandler('processData', {
  description: 'Sample: describes its input by type, size and checksum.',
  schema: {
    type: 'object',
    properties: { input: { description: 'Any JSON value.' } },
    required: ['input'],
    additionalProperties: false,
  },
})
export class ProcessDataHandler implements Omit<Handler<ProcessData>, 'name'> {
  run({ input }: ProcessData, { logger }: ExecutionContext): JsonValue {
    const type = typeOf(input);
    const size = sizeOf(input);
    logger.info(`Processing ${type === 'object' || type === 'array' ? 'an' : 'a'} ${type} of size ${size}.`);
    return { type, size, sha256: createHash('sha256').update(JSON.stringify(input)).digest('hex') };
  }
}

function typeOf(value: JsonValue): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

function sizeOf(value: JsonValue): number {
  if (typeof value === 'string') return value.length;
  if (Array.isArray(value)) return value.length;
  return typeof value === 'object' && value !== null ? Object.keys(value).length : 1;
}
