import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

export interface DatedFileOptions {
  /** The path for a day, given as `YYYY-MM-DD` in UTC. */
  pathOf: (date: string) => string;
  /** Called whenever a file of a new day has been opened. */
  onDay?: () => void;
  /** Epoch milliseconds; for tests. */
  now?: () => number;
}

const DAY_MS = 86_400_000;
/** After a fault the file is tried again this much later: a full disk must not cost a system call a line. */
const RETRY_MS = 10_000;

/**
 * Appends lines to the file of the day, the first line after midnight UTC to the next one. What is written in one
 * turn of the event loop goes out in one `write` on a file opened for appending, so the lines of several processes of
 * one machine do not mix. A file that cannot be written costs its lines, never the process: standard output has them.
 */
export class DatedFile {
  readonly #options: DatedFileOptions;
  readonly #now: () => number;
  #pending: string[] = [];
  #isScheduled = false;
  #descriptor: number | undefined;
  #dayEndsAt = -Infinity;
  #retryAt = -Infinity;
  readonly #flushAtExit = () => this.flush();

  constructor(options: DatedFileOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
    process.on('exit', this.#flushAtExit);
  }

  /** Whole lines only, each with its line feed. */
  write(lines: string): void {
    this.#pending.push(lines);
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    setImmediate(() => this.flush());
  }

  /** Writes what waits. Never throws. */
  flush(): void {
    this.#isScheduled = false;
    if (this.#pending.length === 0) return;
    const bytes = Buffer.from(this.#pending.join(''));
    this.#pending = [];
    const now = this.#now();
    if (now < this.#retryAt) return;
    try {
      const descriptor = this.#open(now);
      for (let written = 0; written < bytes.length;) {
        written += writeSync(descriptor, bytes, written);
      }
    } catch (error) {
      this.#retryAt = now + RETRY_MS;
      this.#close();
      process.stderr.write(`A log file cannot be written: ${String(error)}\n`);
    }
  }

  close(): void {
    this.flush();
    this.#close();
    process.off('exit', this.#flushAtExit);
  }

  #open(now: number): number {
    if (this.#descriptor !== undefined && now < this.#dayEndsAt) return this.#descriptor;
    this.#close();
    const path = this.#options.pathOf(new Date(now).toISOString().slice(0, 10));
    mkdirSync(dirname(path), { recursive: true });
    this.#descriptor = openSync(path, 'a', 0o640);
    this.#dayEndsAt = (Math.floor(now / DAY_MS) + 1) * DAY_MS;
    this.#options.onDay?.();
    return this.#descriptor;
  }

  #close(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
  }
}
