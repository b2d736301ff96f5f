import { createChronosClient } from '#client';
import { noteServerDate } from '../time/server-clock.js';
import { BrowserSession } from './session.js';

/** A busy page may run into the limit of its user: so long it waits by itself before it says so. */
const MAX_RATE_LIMIT_WAIT_MS = 3_000;

async function send(request: Request): Promise<Response> {
  const response = await fetch(request);
  noteServerDate(response.headers.get('date'));
  return response;
}

export const session = new BrowserSession();

/** Every route, as the user who is signed in; refreshes their tokens by itself. Types: `#client`. */
export const api = createChronosClient({
  baseUrl: location.origin,
  tokens: session,
  maxRateLimitWaitMs: MAX_RATE_LIMIT_WAIT_MS,
  fetch: send,
});

/** The same without a session: sign-in, registration, health. A rate limit is thrown at once. */
export const publicApi = createChronosClient({ baseUrl: location.origin, fetch: send });
