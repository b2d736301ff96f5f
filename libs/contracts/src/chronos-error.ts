/** One fault of an input: the path of the field as the client wrote it, and what to do about it. */
export interface FieldFault {
  field: string;
  message: string;
}

/**
 * Every error code a client can meet. Codes are stable: a client may branch on them, so one is
 * never renamed. The HTTP status of each is decided in one place, the API's error filter.
 */
export const ERROR_CODES = [
  'VALIDATION_FAILED',
  'MALFORMED_JSON',
  'UNAUTHENTICATED',
  'INVALID_CREDENTIALS',
  'INVALID_REFRESH_TOKEN',
  'ACCOUNT_DISABLED',
  'FORBIDDEN',
  'REGISTRATION_CLOSED',
  'NOT_FOUND',
  'METHOD_NOT_ALLOWED',
  'EMAIL_TAKEN',
  'SECRET_EXISTS',
  'SECRET_IN_USE',
  'CALENDAR_EXISTS',
  'CALENDAR_IN_USE',
  'JOB_IN_USE',
  'INVALID_STATE',
  'ALREADY_RUNNING',
  'SYSTEM_PAUSED',
  'VERSION_CONFLICT',
  'IDEMPOTENCY_KEY_REUSED',
  'PAYLOAD_TOO_LARGE',
  'UNSUPPORTED_MEDIA_TYPE',
  'RATE_LIMITED',
  'ACCOUNT_LOCKED',
  'DEPENDENCY_DOWN',
  'INTERNAL',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

export interface ChronosErrorOptions {
  /** Would the same call succeed later, unchanged? */
  retryable?: boolean;
  /** Per-field faults, for `VALIDATION_FAILED`. */
  details?: FieldFault[];
  /** How long to wait before the same call can succeed, in milliseconds (`RATE_LIMITED`, `ACCOUNT_LOCKED`). */
  retryAfterMs?: number;
  cause?: unknown;
}

/** The one error family of the services. Services throw it; the API maps it to the wire envelope. */
export class ChronosError extends Error {
  override readonly name = 'ChronosError';
  readonly retryable: boolean;
  readonly details: FieldFault[];
  readonly retryAfterMs: number | undefined;

  constructor(
    readonly code: ErrorCode,
    message: string,
    options: ChronosErrorOptions = {},
  ) {
    super(message, { cause: options.cause });
    this.retryable = options.retryable ?? false;
    this.details = options.details ?? [];
    this.retryAfterMs = options.retryAfterMs;
  }

  /** A `VALIDATION_FAILED` error of one field. */
  static invalid(field: string, message: string): ChronosError {
    return new ChronosError('VALIDATION_FAILED', message, { details: [{ field, message }] });
  }

  /** A `NOT_FOUND` error; also the answer for what belongs to somebody else. */
  static notFound(what: string, id: string): ChronosError {
    return new ChronosError('NOT_FOUND', `There is no ${what} ${id} that you can see.`);
  }
}
