import type { QueryClient, QueryKey } from '@tanstack/react-query';
import type { ChangeEvent } from '#client';
import { keys } from '../query-keys.js';

/** One thing is read again soon after it changed; figures and lists, which cost the server more, less often. */
const ONE_EVERY_MS = 500;
const MANY_EVERY_MS = 2_000;
/** Changes come in bursts: a run is queued, started and ended within milliseconds. */
const GATHER_MS = 150;

/** The data that may have changed with an event. */
export function keysOf(event: ChangeEvent): QueryKey[] {
  const figures = [keys.dashboard(), keys.system(), keys.jobs.lists()];
  switch (event.event) {
    case 'execution':
      return [
        ...figures,
        keys.executions.lists(),
        keys.executions.one(event.data.id),
        keys.jobs.one(event.data.jobId),
      ];
    case 'job':
      return [...figures, keys.catchUp(), keys.jobs.one(event.data.id)];
    // What is to come is shown otherwise while everything is paused.
    case 'system':
      return [...figures, keys.systemPause(), keys.jobs.all()];
    case 'backfill':
      return [keys.jobs.one(event.data.jobId)];
    case 'ready':
    case 'reset':
      return [
        keys.dashboard(),
        keys.system(),
        keys.systemPause(),
        keys.catchUp(),
        keys.jobs.all(),
        keys.executions.all(),
      ];
    case 'end':
      return [];
  }
}

/**
 * Keeps what is on screen as the server has it: what an event says is put in place at once, the rest is read again, gathered
 * and no more often than the eye can follow. A hidden page reads nothing until it is looked at.
 */
export class LiveUpdates {
  readonly #due = new Map<string, { key: QueryKey; at: number }>();
  readonly #last = new Map<string, number>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly client: QueryClient,
    private readonly now: () => number = Date.now,
    private readonly isHidden: () => boolean = () => document.hidden,
  ) {}

  take(event: ChangeEvent): void {
    this.#patch(event);
    for (const key of keysOf(event)) this.#plan(key);
    this.#arm();
  }

  /** The page is looked at again. */
  wake(): void {
    this.#arm();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#due.clear();
  }

  #plan(key: QueryKey): void {
    const name = JSON.stringify(key);
    if (this.#due.has(name)) return;
    const every = key.includes('one') ? ONE_EVERY_MS : MANY_EVERY_MS;
    const at = Math.max(this.now() + GATHER_MS, (this.#last.get(name) ?? 0) + every);
    this.#due.set(name, { key, at });
  }

  #arm(): void {
    clearTimeout(this.#timer);
    if (this.#due.size === 0 || this.isHidden()) return;
    const first = Math.min(...[...this.#due.values()].map(({ at }) => at));
    this.#timer = setTimeout(() => this.#flush(), Math.max(0, first - this.now()));
  }

  #flush(): void {
    const now = this.now();
    for (const [name, { key, at }] of this.#due) {
      if (at > now) continue;
      // What is being read may have been asked for before the change; cutting it off again and again would never end.
      if (this.client.isFetching({ queryKey: key }) > 0) {
        this.#due.set(name, { key, at: now + ONE_EVERY_MS });
        continue;
      }
      this.#due.delete(name);
      this.#last.set(name, now);
      void this.client.invalidateQueries({ queryKey: key });
    }
    for (const [name, at] of this.#last) if (now - at > MANY_EVERY_MS) this.#last.delete(name);
    this.#arm();
  }

  #patch(event: ChangeEvent): void {
    if (event.event !== 'execution' && event.event !== 'job') return;
    const { id, status } = event.data;
    // Not a status that a job is shown with: lists are read again without it, and its page says that it is gone.
    if (status === 'deleted') return;
    const all = event.event === 'job' ? keys.jobs : keys.executions;
    this.client.setQueriesData({ queryKey: all.lists() }, (data) => withStatus(data, id, status));
    this.client.setQueryData(all.one(id), (data) => (isOne(data, id) ? { ...data, status } : data));
  }
}

interface One {
  id: string;
  status: string;
}

function isOne(data: unknown, id: string): data is One {
  return typeof data === 'object' && data !== null && 'id' in data && data.id === id;
}

/** A list whose item of that id has that status; the very same list where it has not got it, or had it already. */
function withStatus(data: unknown, id: string, status: string): unknown {
  if (typeof data !== 'object' || data === null || !('items' in data)) return data;
  const items = data.items as One[];
  const at = items.findIndex((item) => item.id === id);
  if (at === -1 || items[at]?.status === status) return data;
  return { ...data, items: items.map((item, index) => (index === at ? { ...item, status } : item)) };
}
