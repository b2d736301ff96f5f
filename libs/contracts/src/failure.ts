import type { Outcome } from '#contracts';
import { storableText } from './storable-json.js';

/** The failed member of `Outcome`. */
export type Failure = Extract<Outcome, { status: 'failed' }>;

/** Longest error message that is kept, in UTF-16 units. What is longer belongs into the result or the logs. */
const MAX_MESSAGE = 2_000;

/** A failed outcome whose texts can be stored; the message is cut at 2,000 characters. */
export function failure(
  code: string,
  message: string,
  options: { retryable: boolean } & Partial<Failure>,
): Failure {
  const { retryable, ...rest } = options;
  return {
    ...rest,
    status: 'failed',
    error: { code: storableText(code), message: cut(storableText(message)), retryable },
  };
}

/**
 * What a throw means: a retryable failure with the thrown message, coded by the error's own `code` where that
 * is an upper-case word (`ECONNREFUSED`) and as `fallback` says otherwise. A `PermanentError`, known by its
 * name, is not retried.
 */
export function failureOf(thrown: unknown, fallback = 'EXECUTOR_THREW'): Failure {
  const { name, message, code } = partsOf(thrown);
  const permanent = name === 'PermanentError';
  const known = typeof code === 'string' && /^[A-Z][A-Z0-9_]{1,63}$/.test(code);
  return failure(known ? code : permanent ? 'PERMANENT' : fallback, message || name, {
    retryable: !permanent,
  });
}

function partsOf(thrown: unknown): { name: string; message: string; code: unknown } {
  if (typeof thrown !== 'object' || thrown === null) {
    return { name: typeof thrown, message: String(thrown), code: undefined };
  }
  const { name, message, code } = thrown as { name?: unknown; message?: unknown; code?: unknown };
  return {
    name: typeof name === 'string' ? name : 'Error',
    message: typeof message === 'string' ? message : '',
    code,
  };
}

function cut(message: string): string {
  return message.length <= MAX_MESSAGE ? message : `${message.slice(0, MAX_MESSAGE - 1)}…`;
}
