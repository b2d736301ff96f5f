import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CHANNELS, type SqlRunner } from '#database';
import { type Change, encodeChanges } from './change.js';

/** Changes within this time travel together, and an execution's last status counts. */
const GATHER_MS = 100;

/**
 * Tells changes within the caller's transaction: they are heard if and when it commits. For commands of people. The
 * engine's own, thousands a second, go through `ChangePublisher`.
 */
export async function notifyChanges(runner: SqlRunner, changes: Change[]): Promise<void> {
  for (const note of encodeChanges(changes)) {
    await runner.query(`SELECT pg_notify('${CHANNELS.changes}', $1)`, [note]);
  }
}

/**
 * Tells what the engine has changed, after it has: never within its transactions, because PostgreSQL lets one
 * transaction with a NOTIFY commit at a time, and the engine lives from committing side by side. A NOTIFY alone writes
 * no WAL and waits for no disk. Best effort: what is lost with a process or a database that is away, listeners find
 * by looking.
 */
@Injectable()
export class ChangePublisher implements OnApplicationShutdown {
  readonly #logger = new Logger(ChangePublisher.name);
  #waiting = new Map<string, Change>();
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly dataSource: DataSource) {}

  /** Returns at once; never throws. */
  publish(changes: Change[]): void {
    for (const change of changes) this.#waiting.set(keyOf(change), change);
    if (this.#waiting.size > 0) this.#timer ??= setTimeout(() => void this.#send(), GATHER_MS).unref();
  }

  async #send(): Promise<void> {
    const changes = [...this.#waiting.values()];
    this.#waiting = new Map();
    this.#timer = undefined;
    try {
      await notifyChanges(this.dataSource, changes);
    } catch (error) {
      this.#logger.debug(`${changes.length} changes could not be told: ${String(error)}`);
    }
  }

  onApplicationShutdown(): void {
    clearTimeout(this.#timer);
  }
}

function keyOf(change: Change): string {
  if (change.kind === 'execution' || change.kind === 'backfill') return change.id;
  return change.kind === 'job' ? `job ${change.jobId}` : change.kind;
}
