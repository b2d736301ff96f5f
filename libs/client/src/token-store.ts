/** What a session is carried on with. */
export interface Tokens {
  accessToken: string;
  refreshToken: string;
}

/**
 * Where the tokens of a session are kept. It may be shared: a refresh token works once, and one used again ends the
 * session, so tokens are read anew before each refresh and written before they are used.
 */
export interface TokenStore {
  /** The tokens as they are now; undefined when nobody is signed in. */
  read(): Promise<Tokens | undefined>;
  /** Undefined when the session is over. */
  write(tokens: Tokens | undefined): Promise<void>;
  /**
   * Runs the work while nobody else who shares the store runs theirs. A store that others share should have it: without it two
   * that refresh at once are told apart by the server only, and the loser waits for nothing.
   */
  exclusively?<Result>(work: () => Promise<Result>): Promise<Result>;
}

/** Tokens of this process only. */
export function tokensInMemory(tokens?: Tokens): TokenStore {
  let kept = tokens;
  return {
    read: () => Promise.resolve(kept),
    write: (next) => {
      kept = next;
      return Promise.resolve();
    },
  };
}
