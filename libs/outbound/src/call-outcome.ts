import { type Failure, failure, type JsonObject, type JsonValue, type Outcome } from '#contracts';
import { AddressBlockedError } from './address-guard.js';
import { BodyDecodingError } from './body-reader.js';
import type { HttpRequest, HttpResponse } from './http-message.js';
import { RedirectError } from './redirect.js';
import { retryAfterMs } from './retry-after.js';

/** What a network error's code means to a person. */
const NETWORK_WORDS: Record<string, string> = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was reset',
  EPIPE: 'the connection was closed',
  UND_ERR_SOCKET: 'the connection was closed',
  ENOTFOUND: 'the name cannot be resolved',
  EAI_AGAIN: 'the name cannot be resolved at the moment',
  ETIMEDOUT: 'connecting took too long',
  UND_ERR_CONNECT_TIMEOUT: 'connecting took too long',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
  CERT_HAS_EXPIRED: 'the certificate has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'the certificate is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'the certificate chain is self-signed',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'the certificate cannot be verified',
  ERR_TLS_CERT_ALTNAME_INVALID: 'the certificate is for another name',
  UND_ERR_HEADERS_OVERFLOW: 'the response headers are too large',
};

/** An answer's part of the result, as API.md names it. */
export function callResult(response: HttpResponse, extra: JsonObject = {}): JsonObject {
  const { statusCode, headers, body, bodyTruncated, durationMs } = response;
  return { statusCode, headers: headers as JsonObject, body, bodyTruncated, durationMs, ...extra };
}

/**
 * The outcome of an answer. One that is not a success is a failure of code `HTTP_STATUS` that still carries the
 * result; 408, 425, 429 and 5xx are retried, after the answer's `Retry-After` where it has one.
 */
export function statusOutcome(response: HttpResponse, isSuccess: boolean, result: JsonValue): Outcome {
  if (isSuccess) return { status: 'completed', result };
  const { statusCode, statusText, headers, request } = response;
  const wait = retryAfterMs(headers['retry-after'], Date.now());
  return failure('HTTP_STATUS', `${nameOf(request)} answered ${statusCode} ${statusText}`.trimEnd(), {
    retryable: statusCode >= 500 || [408, 425, 429].includes(statusCode),
    result,
    ...(wait !== undefined && { retryAfterMs: wait }),
  });
}

/**
 * The outcome of a call that brought no answer: a network error is retried, what another attempt would meet again
 * is not. An abort is not a failure: its reason is thrown on.
 */
export function callFailure(error: unknown, request: HttpRequest, signal: AbortSignal): Failure {
  if (signal.aborted) throw signal.reason;
  const call = nameOf(request);
  if (error instanceof AddressBlockedError) {
    return failure(error.code, `${call}: ${error.message}`, { retryable: false });
  }
  if (error instanceof RedirectError) {
    return failure(error.code, `${call} ${error.message}`, { retryable: false });
  }
  if (error instanceof BodyDecodingError) {
    return failure('BODY_UNREADABLE', `${call}: the body cannot be decoded: ${error.message}`, {
      retryable: true,
    });
  }
  const code = codeOf(error);
  if (code === 'UND_ERR_INVALID_ARG' || code === 'UND_ERR_NOT_SUPPORTED') {
    return failure('INVALID_REQUEST', `${call}: ${(error as Error).message}`, { retryable: false });
  }
  if (code === undefined) throw error;
  return failure('NETWORK', `${call}: ${NETWORK_WORDS[code] ?? 'the call failed'} (${code})`, {
    retryable: true,
  });
}

/** Method and origin. Path and query stay out of messages, which travel further than results: they hold tokens. */
function nameOf(request: HttpRequest): string {
  return `${request.method} ${request.url.origin}`;
}

/** The first code of an error, of those it collects (several addresses tried), or of its cause. */
function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const { code, errors, cause } = error as { code?: unknown; errors?: unknown[]; cause?: unknown };
  if (typeof code === 'string') return code;
  return codeOf(errors?.[0]) ?? codeOf(cause);
}
