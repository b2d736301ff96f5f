import type { ErrorCode, ErrorEnvelopeDto, FieldFaultDto } from './schema.js';

/** `UNEXPECTED_ANSWER`: whoever answered is not Chronos, or a proxy before it that speaks for itself. */
export type ApiErrorCode = ErrorCode | 'UNEXPECTED_ANSWER';

/** An answer other than success. Branch on `code`, which is stable; `message` is for people. */
export class ChronosApiError extends Error {
  override readonly name = 'ChronosApiError';

  constructor(
    readonly code: ApiErrorCode,
    /** HTTP status. */
    readonly status: number,
    message: string,
    /** The fields at fault and what to send instead; empty unless the input was at fault. */
    readonly details: FieldFaultDto[] = [],
    /** What the operator of the server finds this request by. */
    readonly requestId?: string,
    /** When to come again, in milliseconds from the answer, where the server says so. */
    readonly retryAfterMs?: number,
  ) {
    super(message);
  }
}

/** No answer at all: nobody listens there, the name is unknown, the connection broke. */
export class ChronosUnreachableError extends Error {
  override readonly name = 'ChronosUnreachableError';

  constructor(
    readonly baseUrl: string,
    cause: unknown,
  ) {
    super(`${baseUrl} cannot be reached: ${reasonOf(cause)}`, { cause });
  }
}

/** Reads the error envelope of an answer; what is no envelope becomes `UNEXPECTED_ANSWER`. */
export async function errorOf(response: Response): Promise<ChronosApiError> {
  const body: unknown = await response.json().catch(() => undefined);
  if (!isErrorEnvelope(body)) return unexpectedAnswer(response);
  const { code, message, details, requestId } = body.error;
  return new ChronosApiError(code, response.status, message, details, requestId, retryAfterOf(response));
}

/** `Retry-After` in seconds, as Chronos sends it; the form with a date is for others. */
function retryAfterOf({ headers }: Response): number | undefined {
  const header = headers.get('retry-after');
  return header !== null && /^\d+$/.test(header) ? Number(header) * 1_000 : undefined;
}

export function unexpectedAnswer({ status, statusText, url }: Response): ChronosApiError {
  const said = `${status} ${statusText}`.trim();
  return new ChronosApiError(
    'UNEXPECTED_ANSWER',
    status,
    `${url} answered ${said}, not as Chronos does. Is this the address of a Chronos server?`,
  );
}

function isErrorEnvelope(body: unknown): body is ErrorEnvelopeDto {
  if (typeof body !== 'object' || body === null || !('error' in body)) return false;
  const { error } = body;
  return typeof error === 'object' && error !== null && 'code' in error && 'message' in error;
}

/** `fetch failed` says nothing; what it was caused by does. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors[0]);
  return error.cause === undefined ? error.message : reasonOf(error.cause);
}
