import { readdir, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { DatedFile } from './dated-file.js';

export interface LogFilesOptions {
  dir: string;
  /** Files of days longer ago than this are removed. */
  keepDays: number;
  /** Epoch milliseconds; for tests. */
  now?: () => number;
}

const DAY_MS = 86_400_000;
const LOG_FILE = /^(?:chronos|error|jobs)-(\d{4}-\d{2}-\d{2})\.log$/;
/** As pino writes them: the level stands first, quotes within strings are escaped. */
const IS_ERROR = /^\{"level":"(?:error|fatal)"/;
const IS_OF_JOB = /"(?:executionId|jobId)":"/;

/**
 * The three dated files of the requirements ("Logging"): `chronos-` all lines, `error-` those of level error and
 * above, `jobs-` those that name a job or an execution. Any number of processes of one machine may share the folder.
 */
export class LogFiles {
  readonly #options: LogFilesOptions;
  readonly #all: DatedFile;
  readonly #errors: DatedFile;
  readonly #jobs: DatedFile;

  constructor(options: LogFilesOptions) {
    this.#options = options;
    const pathOf = (kind: string) => (date: string) => join(options.dir, `${kind}-${date}.log`);
    const { now } = options;
    this.#all = new DatedFile({ pathOf: pathOf('chronos'), onDay: () => void this.removeOld(), now });
    this.#errors = new DatedFile({ pathOf: pathOf('error'), now });
    this.#jobs = new DatedFile({ pathOf: pathOf('jobs'), now });
  }

  /** One line as pino made it. */
  write(line: string): void {
    this.#all.write(line);
    if (IS_ERROR.test(line)) this.#errors.write(line);
    if (IS_OF_JOB.test(line)) this.#jobs.write(line);
  }

  /** Removes the files of days past keeping; done by itself at start and at midnight. Never throws. */
  async removeOld(): Promise<void> {
    const { dir, keepDays, now = Date.now } = this.#options;
    const oldest = new Date(now() - keepDays * DAY_MS).toISOString().slice(0, 10);
    try {
      const names = await readdir(dir);
      const old = names.filter((name) => (LOG_FILE.exec(name)?.[1] ?? oldest) < oldest);
      // Another process may have been quicker.
      await Promise.allSettled(old.map((name) => unlink(join(dir, name))));
    } catch (error) {
      process.stderr.write(`Old log files could not be removed: ${String(error)}\n`);
    }
  }

  close(): void {
    for (const file of [this.#all, this.#errors, this.#jobs]) file.close();
  }
}
