/** How items gather before they are handled together. */
export interface MicroBatcherOptions<Item, Result> {
  /** The longest an item waits for company, in milliseconds. */
  maxWaitMs: number;
  /** A full batch does not wait. */
  maxItems: number;
  /** Batches under way at once; while all are, items gather. */
  maxInFlight: number;
  /** Handles a batch; answers one result per item, in order. A throw rejects every item of the batch. */
  flush: (items: Item[]) => Promise<Result[]>;
}

interface Pending<Item, Result> {
  item: Item;
  resolve: (result: Result) => void;
  reject: (error: unknown) => void;
}

/**
 * Gathers single calls into batches: one statement instead of fifty. PostgreSQL commits 2,500 one-row
 * transactions a second on one connection; rows that share a statement share its cost.
 */
export class MicroBatcher<Item, Result> {
  #pending: Pending<Item, Result>[] = [];
  #timer: NodeJS.Timeout | undefined;
  #inFlight = 0;

  constructor(private readonly options: MicroBatcherOptions<Item, Result>) {}

  /** Settles when the item's batch has. */
  add(item: Item): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#pending.push({ item, resolve, reject });
      this.#schedule();
    });
  }

  /** Handles what has gathered without waiting for company any longer. */
  hurry(): void {
    this.#flush();
  }

  #schedule(): void {
    if (this.#pending.length === 0 || this.#inFlight >= this.options.maxInFlight) return;
    if (this.#pending.length >= this.options.maxItems) {
      this.#flush();
    } else {
      this.#timer ??= setTimeout(() => this.#flush(), this.options.maxWaitMs);
    }
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#pending.length === 0 || this.#inFlight >= this.options.maxInFlight) return;
    const batch = this.#pending.splice(0, this.options.maxItems);
    this.#inFlight += 1;
    void this.#run(batch).finally(() => {
      this.#inFlight -= 1;
      this.#schedule();
    });
    this.#schedule();
  }

  async #run(batch: Pending<Item, Result>[]): Promise<void> {
    try {
      const results = await this.options.flush(batch.map(({ item }) => item));
      batch.forEach(({ resolve }, index) => resolve(results[index] as Result));
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }
}
