import { ChronosError } from '#contracts';
import { inputFault } from './input-fault.js';

export const MAX_BODY_BYTES = 256 * 1024;
export const MAX_BODY_DEPTH = 20;

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * A request body as an object, or undefined for an empty one.
 * @throws ChronosError MALFORMED_JSON, or VALIDATION_FAILED where it is JSON nobody should have to handle: nested
 * deeper than 20 levels, not an object, or holding keys or characters refused by `inputFault`
 */
export function parseJsonBody(bytes: Buffer): Record<string, unknown> | undefined {
  if (bytes.length === 0) return undefined;
  const text = decode(bytes);
  refuseDeepNesting(text);
  const body = parse(text);
  if (body === null || typeof body !== 'object' || Array.isArray(body)) {
    throw ChronosError.invalid('body', 'must be a JSON object');
  }
  const fault = inputFault(body);
  if (fault) throw ChronosError.invalid(fault.field, fault.message);
  return body as Record<string, unknown>;
}

function decode(bytes: Buffer): string {
  try {
    return utf8.decode(bytes);
  } catch (cause) {
    throw new ChronosError('MALFORMED_JSON', 'The body is not valid UTF-8.', { cause });
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.replace(/ "[^]*$/, '') : 'unreadable';
    throw new ChronosError('MALFORMED_JSON', `The body is not valid JSON: ${reason}.`, { cause });
  }
}

/** Counts brackets outside strings before anything is parsed, so that depth never costs memory or stack. */
function refuseDeepNesting(text: string): void {
  let depth = 0;
  let isInString = false;
  for (let index = 0; index < text.length; index += 1) {
    const char = text.charCodeAt(index);
    if (isInString) {
      if (char === BACKSLASH) index += 1;
      else if (char === QUOTE) isInString = false;
    } else if (char === QUOTE) {
      isInString = true;
    } else if (char === OPEN_BRACE || char === OPEN_BRACKET) {
      depth += 1;
      if (depth > MAX_BODY_DEPTH) {
        throw ChronosError.invalid('body', `must not be nested deeper than ${MAX_BODY_DEPTH} levels`);
      }
    } else if (char === CLOSE_BRACE || char === CLOSE_BRACKET) {
      depth -= 1;
    }
  }
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
