import type { Tokens, TokenStore, UserDto } from '#client';
import { inOneTab } from './tab-lock.js';

const KEY = 'chronos.session';
/** What is kept when the server has ended the session: other than by signing out, the page stays as it is. */
const ENDED = 'ended';

interface KeptSession extends Tokens {
  user: UserDto;
}

export type SessionState =
  | { status: 'signed-in'; user: UserDto }
  | { status: 'signed-out'; user?: undefined }
  /** It expired or was revoked; nobody meant to leave. `user`: who was signed in, where this page still knows. */
  | { status: 'ended'; user: UserDto | undefined };

/**
 * Who is signed in in this browser. Kept in localStorage, so that a reload and a second tab need no new sign-in and
 * sign-out reaches every tab. A script that ran in this page could read it, wherever it were kept: the policy of the
 * page lets none run but our own (no inline scripts, no foreign hosts), and a refresh token works once.
 */
export class BrowserSession implements TokenStore {
  readonly #listeners = new Set<() => void>();
  #text: string | null = null;
  #tokens: Tokens | undefined;
  #state: SessionState = { status: 'signed-out' };

  constructor() {
    this.#load();
    // Told to the other tabs only, which is what we need.
    addEventListener('storage', ({ key }) => {
      if (key === KEY || key === null) this.#load();
    });
  }

  /** The same object until it changes. */
  readonly state = (): SessionState => this.#state;

  /** Calls back after each sign-in, sign-out and change of the user, in whichever tab; answers what ends that. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  signIn({ accessToken, refreshToken, user }: KeptSession): void {
    this.#save(JSON.stringify({ accessToken, refreshToken, user }));
  }

  signOut(): void {
    this.#save(null);
  }

  /** Shows the user as the server has just told them to be. */
  updateUser(user: UserDto): void {
    this.#load();
    // Not without need: the tokens are written with it, and what another tab has just written may not have come over yet.
    if (!this.#tokens || JSON.stringify(user) === JSON.stringify(this.#state.user)) return;
    this.#save(JSON.stringify({ ...this.#tokens, user }));
  }

  /** Asks the storage each time: another tab may have been quicker than its event. */
  read(): Promise<Tokens | undefined> {
    this.#load();
    return Promise.resolve(this.#tokens);
  }

  write(tokens: Tokens | undefined): Promise<void> {
    this.#load();
    if (this.#state.status === 'signed-in') {
      this.#save(tokens ? JSON.stringify({ ...tokens, user: this.#state.user }) : ENDED);
    }
    return Promise.resolve();
  }

  exclusively<Result>(work: () => Promise<Result>): Promise<Result> {
    return inOneTab('chronos.refresh', work);
  }

  #load(): void {
    const text = localStorage.getItem(KEY);
    if (text === this.#text) return;
    this.#text = text;
    const kept = parse(text);
    this.#tokens = kept && { accessToken: kept.accessToken, refreshToken: kept.refreshToken };
    const next: SessionState = kept
      ? { status: 'signed-in', user: kept.user }
      : text === ENDED
        ? { status: 'ended', user: this.#state.user }
        : { status: 'signed-out' };
    if (JSON.stringify(next) === JSON.stringify(this.#state)) return;
    this.#state = next;
    for (const listener of this.#listeners) listener();
  }

  #save(text: string | null): void {
    if (text === null) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, text);
    this.#load();
  }
}

/** What is kept may be of another release, or somebody else's at this address. */
function parse(text: string | null): KeptSession | undefined {
  if (text === null || text === ENDED) return undefined;
  try {
    const kept = JSON.parse(text) as Partial<KeptSession> | null;
    return kept?.accessToken && kept.refreshToken && kept.user ? (kept as KeptSession) : undefined;
  } catch {
    return undefined;
  }
}
