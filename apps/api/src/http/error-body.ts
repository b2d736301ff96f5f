import type { ChronosError, ErrorCode, FieldFault } from '#contracts';

/** The body of every error answer. */
export interface ErrorBody {
  success: false;
  error: { code: ErrorCode; message: string; details: FieldFault[]; requestId: string };
}

export function errorBody({ code, message, details }: ChronosError, requestId: string): ErrorBody {
  return { success: false, error: { code, message, details, requestId } };
}

/** Headers that go with an error: when to come back, and how to sign in. */
export function errorHeaders({ code, retryAfterMs }: ChronosError): Record<string, string> {
  const headers: Record<string, string> = {};
  if (retryAfterMs !== undefined)
    headers['retry-after'] = String(Math.max(1, Math.ceil(retryAfterMs / 1_000)));
  // RFC 6750, section 3: a 401 names the scheme, and says when it was the token that failed.
  if (code === 'UNAUTHENTICATED') headers['www-authenticate'] = 'Bearer realm="chronos"';
  return headers;
}
