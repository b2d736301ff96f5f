interface Waiter {
  wanted: number;
  give(slots: number): void;
}

/** The places of one job type on this worker: as many executions run at once as there are slots. First come, first served. */
export class SlotPool {
  #used = 0;
  #waiters: Waiter[] = [];
  #lastGivenBack = 0;

  constructor(readonly size: number) {}

  get free(): number {
    return this.size - this.#used;
  }

  giveBack(count = 1): void {
    if (count === 0) return;
    this.#used -= count;
    this.#lastGivenBack = performance.now();
    this.#serve();
  }

  /**
   * Takes up to `wanted` slots as soon as there is one and everybody who came before has been served.
   * @param stallMs gives up once no slot has come free for so long
   * @returns how many were taken; 0 when it gave up or `signal` was aborted
   */
  take(wanted: number, signal: AbortSignal, stallMs: number): Promise<number> {
    if (signal.aborted) return Promise.resolve(0);
    return new Promise((resolve) => {
      const cameAt = performance.now();
      const give = (slots: number) => {
        clearTimeout(timer);
        signal.removeEventListener('abort', giveUp);
        resolve(slots);
      };
      const waiter = { wanted, give };
      const giveUp = () => {
        this.#waiters = this.#waiters.filter((other) => other !== waiter);
        give(0);
      };
      const check = () => {
        const left = stallMs - (performance.now() - Math.max(cameAt, this.#lastGivenBack));
        if (left <= 0) giveUp();
        else timer = setTimeout(check, left);
      };
      let timer = setTimeout(check, stallMs);
      signal.addEventListener('abort', giveUp, { once: true });
      this.#waiters.push(waiter);
      this.#serve();
    });
  }

  #serve(): void {
    while (this.free > 0) {
      const waiter = this.#waiters.shift();
      if (!waiter) return;
      const slots = Math.min(waiter.wanted, this.free);
      this.#used += slots;
      waiter.give(slots);
    }
  }
}
