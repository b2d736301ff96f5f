import { errorOf } from './chronos-api-error.js';
import { pause } from './pause.js';

type Send = (request: Request) => Promise<Response>;

/** Waits so often for one request before it gives up. */
const MAX_WAITS = 5;

interface RateLimitOptions {
  maxWaitMs: number;
  onWait: ((waitMs: number) => void) | undefined;
}

/** Sends requests again that a rate limit refused, as `ChronosClientOptions.maxRateLimitWaitMs` says. */
export function waitOutRateLimits(send: Send, { maxWaitMs, onWait }: RateLimitOptions): Send {
  if (maxWaitMs <= 0) return send;
  return async (request) => {
    for (let waits = 0; ; waits += 1) {
      const response = await send(request.clone());
      const waitMs = await waitOf(response);
      if (waitMs === undefined || waitMs > maxWaitMs || waits === MAX_WAITS) return response;
      onWait?.(waitMs);
      await pause(waitMs, request.signal);
    }
  };
}

/** `Retry-After` of a rate limit. An account that is locked says so as well, but waiting is not for us to decide. */
async function waitOf(response: Response): Promise<number | undefined> {
  if (response.status !== 429) return undefined;
  const { code, retryAfterMs } = await errorOf(response.clone());
  return code === 'RATE_LIMITED' ? retryAfterMs : undefined;
}
