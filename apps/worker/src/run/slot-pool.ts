/** The places of one job type on this worker: as many executions run at once as there are slots. */
export class SlotPool {
  #used = 0;
  #waiting: (() => void)[] = [];

  constructor(readonly size: number) {}

  get free(): number {
    return this.size - this.#used;
  }

  get used(): number {
    return this.#used;
  }

  /** Takes up to `wanted` slots, as many as are free. */
  take(wanted: number): number {
    const taken = Math.min(wanted, this.free);
    this.#used += taken;
    return taken;
  }

  giveBack(count = 1): void {
    this.#used -= count;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const wake of waiting) wake();
  }

  /**
   * Waits until a slot is free.
   * @returns false when `signal` was aborted or `timeoutMs` passed first
   */
  async waitForFree(signal: AbortSignal, timeoutMs = Infinity): Promise<boolean> {
    const until = performance.now() + timeoutMs;
    while (this.free === 0) {
      const left = until - performance.now();
      if (left <= 0 || signal.aborted) return false;
      await this.#nextChange(signal, left);
    }
    return !signal.aborted;
  }

  #nextChange(signal: AbortSignal, timeoutMs: number): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = Number.isFinite(timeoutMs) ? setTimeout(done, timeoutMs) : undefined;
      signal.addEventListener('abort', done, { once: true });
      this.#waiting.push(done);
    });
  }
}
