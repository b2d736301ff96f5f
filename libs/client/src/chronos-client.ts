import createClient, { type Client } from 'openapi-fetch';
import { ChronosUnreachableError, errorOf, unexpectedAnswer } from './chronos-api-error.js';
import { waitOutRateLimits } from './rate-limit.js';
import type { paths } from './schema.js';
import { bearing, Session } from './session.js';
import type { TokenStore } from './token-store.js';

export interface ChronosClientOptions {
  /** Where the server answers, without `/api/v1`: `https://chronos.example.com`. */
  baseUrl: string;
  /** An API key or an access token, sent as it is. */
  apiKey?: string;
  /** A session, refreshed when its access token has expired. Not together with `apiKey`. */
  tokens?: TokenStore;
  /**
   * Longest wait, in milliseconds, for a rate limit that says when to come again; the request is then repeated, since
   * it was not looked at. Default 0: the 429 is thrown.
   */
  maxRateLimitWaitMs?: number;
  /** Told before such a wait. */
  onRateLimitWait?: (waitMs: number) => void;
  /** Default: the platform's. */
  fetch?: (request: Request) => Promise<Response>;
}

/**
 * Every route of the API, typed by its path: `client.GET('/api/v1/jobs/{id}', { params: { path: { id } } })`. Every
 * call can be cancelled by `signal`.
 * @throws ChronosApiError for each answer that is no success, ChronosUnreachableError where none came
 */
export type ChronosClient = Client<paths>;

export function createChronosClient(options: ChronosClientOptions): ChronosClient {
  const baseUrl = options.baseUrl.replace(/\/+$/, '');
  const send = waitOutRateLimits(reaching(baseUrl, options.fetch ?? fetch), {
    maxWaitMs: options.maxRateLimitWaitMs ?? 0,
    onWait: options.onRateLimitWait,
  });
  const client = createClient<paths>({ baseUrl, fetch: authenticated(baseUrl, options, send) });
  client.use({
    async onResponse({ response }) {
      if (!response.ok) throw await errorOf(response);
      if (response.status !== 204 && !isOurs(response)) throw unexpectedAnswer(response);
    },
  });
  return client;
}

type Send = (request: Request) => Promise<Response>;

function authenticated(baseUrl: string, { apiKey, tokens }: ChronosClientOptions, send: Send): Send {
  if (apiKey !== undefined) return (request) => send(bearing(request, apiKey));
  if (!tokens) return send;
  const session = new Session(tokens, `${baseUrl}/api/v1/auth/refresh`, send);
  return (request) => session.fetch(request);
}

function reaching(baseUrl: string, send: Send): Send {
  return async (request) => {
    try {
      return await send(request);
    } catch (error) {
      if (request.signal.aborted) throw error;
      throw new ChronosUnreachableError(baseUrl, error);
    }
  };
}

function isOurs(response: Response): boolean {
  return /^(application\/(?:json|x-ndjson)|text\/(?:event-stream|csv))\b/.test(
    response.headers.get('content-type') ?? '',
  );
}
