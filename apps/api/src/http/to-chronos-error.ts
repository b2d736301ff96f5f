import { STATUS_CODES } from 'node:http';
import { HttpException } from '@nestjs/common';
import { ChronosError } from '#contracts';
import { isDatabaseDown } from '#database';
import { codeOfStatus, ERROR_STATUS } from './error-status.js';

/** An error as the wire will tell it. `isFault`: ours to mend, so it must be logged with its cause. */
export interface WireError {
  status: number;
  error: ChronosError;
  isFault: boolean;
}

/** Any thrown value as a wire error. What a client must not learn is replaced, never passed on. */
export function toWireError(thrown: unknown): WireError {
  if (thrown instanceof ChronosError && thrown.code !== 'INTERNAL') {
    return { status: ERROR_STATUS[thrown.code], error: thrown, isFault: thrown.code === 'DEPENDENCY_DOWN' };
  }
  if (isDatabaseDown(thrown)) {
    const error = new ChronosError(
      'DEPENDENCY_DOWN',
      'PostgreSQL cannot be reached at the moment. Nothing was lost; try again shortly.',
      { retryable: true, retryAfterMs: 1_000, cause: thrown },
    );
    return { status: 503, error, isFault: true };
  }
  if (thrown instanceof HttpException && thrown.getStatus() < 500) return ofFramework(thrown);
  if (isClientFault(thrown)) return ofFramework(new HttpException(thrown.message, thrown.statusCode));
  const error = new ChronosError('INTERNAL', 'Something went wrong on our side. Quote the requestId.', {
    cause: thrown,
  });
  return { status: 500, error, isFault: true };
}

function ofFramework(exception: HttpException): WireError {
  const status = exception.getStatus();
  const code = codeOfStatus(status);
  const message = MESSAGES[code] ?? (exception.message || (STATUS_CODES[status] ?? 'Bad request'));
  return { status, error: new ChronosError(code, message, { cause: exception }), isFault: false };
}

/** Plain sentences for what the framework words in its own terms. */
const MESSAGES: Partial<Record<ChronosError['code'], string>> = {
  UNSUPPORTED_MEDIA_TYPE: 'The body must be JSON. Send "Content-Type: application/json".',
  PAYLOAD_TOO_LARGE: 'The body is larger than 256 KB.',
};

function isClientFault(thrown: unknown): thrown is Error & { statusCode: number } {
  return (
    thrown instanceof Error &&
    thrown.name === 'FastifyError' &&
    'statusCode' in thrown &&
    typeof thrown.statusCode === 'number' &&
    thrown.statusCode < 500
  );
}
