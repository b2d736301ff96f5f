import type { HttpRequest } from './http-message.js';

/** A redirect that is not followed; the message says why. No retry mends it. */
export class RedirectError extends Error {
  override readonly name = 'RedirectError';

  constructor(
    readonly code: 'REDIRECT_REFUSED' | 'TOO_MANY_REDIRECTS',
    message: string,
  ) {
    super(message);
  }
}

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** Credentials are for the origin they were written for; the names match what payloads keep secret. */
const CREDENTIAL_HEADER = /^(proxy-)?authorization$|^cookie$|api-?key|token|secret/i;
const BODY_HEADER = /^content-/i;

/** Does this answer send the client elsewhere? */
export function isRedirect(statusCode: number, location: string | undefined): location is string {
  return REDIRECTS.has(statusCode) && location !== undefined;
}

/**
 * The request that follows a redirect, as Fetch prescribes ("HTTP-redirect fetch"): 303, and POST on 301 and
 * 302, become GET without a body; another origin gets no credentials.
 *
 * @throws RedirectError when `location` is no http(s) URL or holds a user name or password.
 */
export function redirected(request: HttpRequest, statusCode: number, location: string): HttpRequest {
  const url = URL.canParse(location, request.url.href) ? new URL(location, request.url) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol) || url.username || url.password) {
    throw new RedirectError(
      'REDIRECT_REFUSED',
      `answered ${statusCode} with a location that is not an http(s) URL without credentials`,
    );
  }
  const becomesGet =
    (statusCode === 303 && request.method !== 'GET' && request.method !== 'HEAD') ||
    ((statusCode === 301 || statusCode === 302) && request.method === 'POST');
  const sameOrigin = url.origin === request.url.origin;
  const headers = Object.entries(request.headers).filter(
    ([name]) => !(becomesGet && BODY_HEADER.test(name)) && (sameOrigin || !CREDENTIAL_HEADER.test(name)),
  );
  return {
    url,
    method: becomesGet ? 'GET' : request.method,
    headers: Object.fromEntries(headers),
    body: becomesGet ? undefined : request.body,
  };
}
