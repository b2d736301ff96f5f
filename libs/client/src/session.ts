import { ChronosApiError, errorOf } from './chronos-api-error.js';
import type { TokenPairDto } from './schema.js';
import type { Tokens, TokenStore } from './token-store.js';

type Send = (request: Request) => Promise<Response>;

/**
 * A session that lives on by itself: a request refused with 401 is sent once more with fresh tokens. Requests that
 * are refused together wait for one and the same refresh.
 */
export class Session {
  #refreshing: Promise<Tokens | undefined> | undefined;

  constructor(
    private readonly store: TokenStore,
    private readonly refreshUrl: string,
    private readonly send: Send,
  ) {}

  /** @returns the answer; the 401 itself where the session is over */
  async fetch(request: Request): Promise<Response> {
    const tokens = await this.store.read();
    if (!tokens) return this.send(request);
    const again = request.clone();
    const response = await this.send(bearing(request, tokens.accessToken));
    if (response.status !== 401) return response;
    const fresh = await this.#refresh(tokens);
    if (!fresh) return response;
    await response.body?.cancel();
    return this.send(bearing(again, fresh.accessToken));
  }

  #refresh(refused: Tokens): Promise<Tokens | undefined> {
    this.#refreshing ??= this.#alone(() => this.#tradeIn(refused)).finally(() => {
      this.#refreshing = undefined;
    });
    return this.#refreshing;
  }

  #alone(work: () => Promise<Tokens | undefined>): Promise<Tokens | undefined> {
    return this.store.exclusively ? this.store.exclusively(work) : work();
  }

  async #tradeIn(refused: Tokens): Promise<Tokens | undefined> {
    const current = await this.store.read();
    if (current?.accessToken !== refused.accessToken) return current;
    const response = await this.send(
      new Request(this.refreshUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ refreshToken: refused.refreshToken }),
      }),
    );
    if (response.ok) {
      const { data } = (await response.json()) as { data: TokenPairDto };
      const tokens = { accessToken: data.accessToken, refreshToken: data.refreshToken };
      await this.store.write(tokens);
      return tokens;
    }
    const error = await errorOf(response);
    if (error.status !== 401) throw error;
    return this.#tokensOfWinner(refused, error);
  }

  /** Somebody who shares the store may have been quicker with the same token; else the session is over. */
  async #tokensOfWinner(refused: Tokens, error: ChronosApiError): Promise<Tokens | undefined> {
    const current = await this.store.read();
    if (current?.accessToken !== refused.accessToken) return current;
    if (error.code === 'INVALID_REFRESH_TOKEN') await this.store.write(undefined);
    return undefined;
  }
}

export function bearing(request: Request, token: string): Request {
  request.headers.set('authorization', `Bearer ${token}`);
  return request;
}
