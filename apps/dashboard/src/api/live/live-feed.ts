import { type ChangeEvent, followChanges } from '#client';
import { api, session } from '../client.js';
import { inOneTab } from '../tab-lock.js';

export type LiveState =
  /** Not open yet, for the first time. */
  | { kind: 'connecting' }
  | { kind: 'live' }
  /** Lost, and being opened again; `since` by this computer's clock. */
  | { kind: 'reconnecting'; since: number }
  | { kind: 'paused'; since: number };

type Listener = (event: ChangeEvent) => void;
type TabMessage = { event: ChangeEvent } | { state: LiveState } | { ask: true };

/** Before a stream that was refused is tried again. */
const REFUSED_WAIT_MS = 5_000;

/**
 * What changes on the server, in all tabs over one connection: browsers allow six to a host on HTTP/1.1, so only one tab reads
 * the stream and passes it on. Pausing concerns one tab: it neither hears nor asks anything until it is resumed.
 */
class LiveFeed {
  readonly #channel = new BroadcastChannel('chronos.live');
  readonly #listeners = new Set<Listener>();
  readonly #watchers = new Set<() => void>();
  #shared: LiveState = { kind: 'connecting' };
  #state: LiveState = this.#shared;
  #pausedSince: number | undefined;
  #running: AbortController | undefined;
  #isLeader = false;

  get isPaused(): boolean {
    return this.#pausedSince !== undefined;
  }

  /** The same object until it changes. */
  readonly state = (): LiveState => this.#state;

  /** Calls back whenever the state changes; answers what ends that. */
  readonly watch = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  };

  /** Calls back for each event while not paused; answers what ends that. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Takes part until the answer is called. */
  start(): () => void {
    const running = new AbortController();
    this.#running?.abort();
    this.#running = running;
    this.#share({ kind: 'connecting' }, false);
    this.#channel.addEventListener('message', this.#hear);
    this.#channel.postMessage({ ask: true } satisfies TabMessage);
    void inOneTab('chronos.live', () => this.#lead(running.signal), running.signal).catch(
      (error: unknown) => {
        if (!running.signal.aborted) throw error;
      },
    );
    return () => {
      running.abort();
      this.#channel.removeEventListener('message', this.#hear);
    };
  }

  pause(): void {
    this.#pausedSince = Date.now();
    this.#settle();
  }

  /** Goes on, with a `reset` for what was not heard. */
  resume(): void {
    this.#pausedSince = undefined;
    this.#settle();
    this.#tell({ event: 'reset', data: {} });
  }

  async #lead(signal: AbortSignal): Promise<void> {
    this.#isLeader = true;
    const onOpened = () => this.#share({ kind: 'live' });
    const onLost = () => this.#share({ kind: 'reconnecting', since: this.#lostSince() });
    try {
      while (!signal.aborted && session.state().status === 'signed-in') {
        try {
          for await (const event of followChanges(api, { signal, onOpened, onLost })) {
            if (event.event === 'end') onLost();
            else this.#pass(event);
          }
        } catch {
          // Refused. Where the session is over, the page says so; any other reason may pass.
          onLost();
        }
        await wait(REFUSED_WAIT_MS, signal);
      }
    } finally {
      this.#isLeader = false;
    }
  }

  #lostSince(): number {
    return this.#shared.kind === 'reconnecting' ? this.#shared.since : Date.now();
  }

  #pass(event: ChangeEvent): void {
    this.#channel.postMessage({ event } satisfies TabMessage);
    this.#tell(event);
  }

  #tell(event: ChangeEvent): void {
    if (this.isPaused) return;
    for (const listener of this.#listeners) listener(event);
  }

  readonly #hear = ({ data }: MessageEvent<TabMessage>) => {
    if ('event' in data) this.#tell(data.event);
    else if ('state' in data) this.#share(data.state, false);
    else if (this.#isLeader) this.#channel.postMessage({ state: this.#shared } satisfies TabMessage);
  };

  #share(state: LiveState, isOurs = true): void {
    this.#shared = state;
    if (isOurs) this.#channel.postMessage({ state } satisfies TabMessage);
    this.#settle();
  }

  #settle(): void {
    this.#state =
      this.#pausedSince === undefined ? this.#shared : { kind: 'paused', since: this.#pausedSince };
    for (const watcher of this.#watchers) watcher();
  }
}

export const liveFeed = new LiveFeed();

function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}
