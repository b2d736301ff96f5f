/** What a timer holds until its moment. */
interface Held {
  id: string;
  /** Epoch milliseconds, by the database's clock. */
  dueAt: number;
}

/** Node's timers fire at the end of a millisecond or just before it; one more keeps a start from being early. */
const TIMER_SLACK_MS = 1;
/** Longest sleep, so that a clock that is set is noticed. */
const MAX_SLEEP_MS = 1_000;

/**
 * Holds items and releases each at its due millisecond, all that are due at once. `now` is the clock the due times
 * are in.
 */
export class DueTimer<Item extends Held> {
  readonly #heap: Item[] = [];
  readonly #ids = new Set<string>();
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly now: () => number,
    private readonly release: (items: Item[]) => void,
  ) {}

  get size(): number {
    return this.#heap.length;
  }

  /** Takes in what it does not hold yet. */
  hold(items: Item[]): void {
    for (const item of items) {
      if (this.#ids.has(item.id)) continue;
      this.#ids.add(item.id);
      this.#push(item);
    }
    this.#arm();
  }

  /** Lets go of everything. */
  clear(): void {
    clearTimeout(this.#timer);
    this.#heap.length = 0;
    this.#ids.clear();
  }

  #arm(): void {
    clearTimeout(this.#timer);
    const [first] = this.#heap;
    if (!first) return;
    const wait = first.dueAt - this.now();
    this.#timer = setTimeout(
      () => this.#fire(),
      Math.max(0, Math.min(Math.ceil(wait) + TIMER_SLACK_MS, MAX_SLEEP_MS)),
    );
  }

  #fire(): void {
    const now = this.now();
    const due: Item[] = [];
    for (let first = this.#heap[0]; first && first.dueAt <= now; first = this.#heap[0]) {
      this.#pop();
      this.#ids.delete(first.id);
      due.push(first);
    }
    this.#arm();
    if (due.length > 0) this.release(due);
  }

  #push(item: Item): void {
    const heap = this.#heap;
    let index = heap.push(item) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (this.#at(parent).dueAt <= item.dueAt) break;
      heap[index] = this.#at(parent);
      index = parent;
    }
    heap[index] = item;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (!last || heap.length === 0) return;
    let index = 0;
    for (;;) {
      let child = index * 2 + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && this.#at(child + 1).dueAt < this.#at(child).dueAt) child += 1;
      if (last.dueAt <= this.#at(child).dueAt) break;
      heap[index] = this.#at(child);
      index = child;
    }
    heap[index] = last;
  }

  #at(index: number): Item {
    const item = this.#heap[index];
    if (!item) throw new Error(`The heap has no item ${index}.`);
    return item;
  }
}
