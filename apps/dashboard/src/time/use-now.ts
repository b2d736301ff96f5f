import { useSyncExternalStore } from 'react';
import { serverNow } from './server-clock.js';

/** One timer for all that tick: a hundred countdowns cost one wake-up a second, and they change together. */
class Ticker {
  readonly #watchers = new Set<() => void>();
  #timer: ReturnType<typeof setInterval> | undefined;
  #now = serverNow();

  readonly now = (): number => this.#now;

  readonly watch = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher);
    if (this.#watchers.size === 1) this.#start();
    return () => {
      this.#watchers.delete(watcher);
      if (this.#watchers.size === 0) clearInterval(this.#timer);
    };
  };

  #start(): void {
    this.#now = serverNow();
    this.#timer = setInterval(() => {
      if (document.hidden) return;
      this.#now = serverNow();
      for (const watcher of this.#watchers) watcher();
    }, 1_000);
  }
}

const ticker = new Ticker();

/** Now in milliseconds, by the server's clock, renewed every second while the page is seen. */
export function useNow(): number {
  return useSyncExternalStore(ticker.watch, ticker.now);
}

const dateFormats = new Map<string, Intl.DateTimeFormat>();

function dateFormat(zone: string): Intl.DateTimeFormat {
  const format =
    dateFormats.get(zone) ?? new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' });
  dateFormats.set(zone, format);
  return format;
}

/** Today by the clocks of a zone, `2030-12-24`; whoever asks is drawn anew when it changes, not every second. */
export function useToday(zone: string): string {
  return useSyncExternalStore(ticker.watch, () => dateFormat(zone).format(ticker.now()));
}
