import { isIP } from 'node:net';
import type { Readable } from 'node:stream';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Agent, type Dispatcher } from 'undici';
import { ChronosConfig } from '#config';
import { AddressGuard } from './address-guard.js';
import { readBody } from './body-reader.js';
import { guardedLookup } from './guarded-lookup.js';
import type { HttpRequest, HttpResponse } from './http-message.js';
import { isRedirect, redirected, RedirectError } from './redirect.js';

export interface SendOptions {
  /** Ends the call at any point with its reason. There is no other time limit but that for connecting. */
  signal: AbortSignal;
  /** 0: a redirect is an answer like any other. */
  maxRedirects: number;
  /** Answers taken as they are although they redirect. */
  isFinal?: (statusCode: number) => boolean;
}

/** To tell a dead address from a slow one early; the deadline of the attempt covers everything else. */
const CONNECT_TIMEOUT_MS = 10_000;

/** What a family of addresses gets before the other is tried. Node's 250 ms is less than a far-away handshake. */
const FAMILY_ATTEMPT_MS = 1_000;

/**
 * Calls the world for jobs, with pooled connections. Each connection goes to an address that `AddressGuard` lets
 * through, redirects included; proxies named by the environment are not used. A body is read as far as
 * `readBody` does.
 */
@Injectable()
export class OutboundClient implements OnApplicationShutdown {
  private readonly guard: AddressGuard;
  private readonly agent: Agent;

  constructor(config: ChronosConfig) {
    this.guard = new AddressGuard(config.outbound.allowedCidrs);
    this.agent = new Agent({
      connect: {
        lookup: guardedLookup(this.guard),
        timeout: CONNECT_TIMEOUT_MS,
        autoSelectFamily: true,
        autoSelectFamilyAttemptTimeout: FAMILY_ATTEMPT_MS,
      },
      headersTimeout: 0,
      bodyTimeout: 0,
    });
  }

  /**
   * Sends the request and reads the answer, whatever its status.
   *
   * @throws AddressBlockedError, RedirectError, BodyDecodingError, a network error, or the signal's reason.
   */
  async send(first: HttpRequest, options: SendOptions): Promise<HttpResponse> {
    const startedAt = performance.now();
    let request = first;
    for (let redirects = 0; ; redirects += 1) {
      const response = await this.dispatch(request, options.signal);
      const { statusCode, headers } = response;
      const location = typeof headers['location'] === 'string' ? headers['location'] : undefined;
      const isFinal = options.maxRedirects === 0 || options.isFinal?.(statusCode);
      if (isFinal || !isRedirect(statusCode, location)) {
        const content = await readBody(response.body, {
          encoding: textOf(headers['content-encoding']),
          type: textOf(headers['content-type']),
        });
        const durationMs = Math.round(performance.now() - startedAt);
        return { request, statusCode, statusText: response.statusText, headers, ...content, durationMs };
      }
      discard(response.body);
      if (redirects === options.maxRedirects) {
        throw new RedirectError('TOO_MANY_REDIRECTS', `redirects more than ${options.maxRedirects} times`);
      }
      request = redirected(request, statusCode, location);
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await this.agent.destroy();
  }

  private dispatch(request: HttpRequest, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
    const { url, headers, body } = request;
    const literal = url.hostname.replace(/^\[|\]$/g, '');
    // Sockets resolve names through the guarded lookup, but take a literal address as it is.
    if (isIP(literal)) this.guard.assertAllowed(literal);
    return this.agent.request({
      origin: url.origin,
      path: `${url.pathname}${url.search}`,
      method: request.method,
      headers,
      body,
      signal,
    });
  }
}

/** Not read to its end, which may never come: a redirect says all there is to say in its head. */
function discard(body: Readable): void {
  body.on('error', () => {});
  body.destroy();
}

function textOf(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header.join(', ') : header;
}
