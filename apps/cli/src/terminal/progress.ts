import type { OutputStream } from './output.js';

/** Where nobody watches, a line now and then is enough. */
const QUIET_INTERVAL_MS = 5_000;

/** How far long work has come, on standard error: one line that counts on a terminal, a line every 5 s elsewhere. */
export class Progress {
  #done = 0;
  #saidAt = performance.now();

  constructor(
    private readonly stream: OutputStream,
    private readonly what: string,
    private readonly total: number,
  ) {}

  step(): void {
    this.reach(this.#done + 1);
  }

  reach(done: number): void {
    this.#done = done;
    const text = `${this.what} ${this.#done}/${this.total}`;
    if (this.stream.isTTY) {
      this.stream.write(`\r${text}\u001b[K`);
    } else if (performance.now() - this.#saidAt >= QUIET_INTERVAL_MS) {
      this.#saidAt = performance.now();
      this.stream.write(`${text}\n`);
    }
  }

  /** Clears the line. */
  end(): void {
    if (this.stream.isTTY && this.#done > 0) this.stream.write('\r\u001b[K');
  }
}
