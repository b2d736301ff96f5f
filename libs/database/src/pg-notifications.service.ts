import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Client } from 'pg';
import { ChronosConfig } from '#config';
import type { SqlRunner } from './query-rows.js';

/** Channels of PostgreSQL's NOTIFY that processes use to wake each other. A hint only: each listener also polls. */
export const CHANNELS = {
  /** Something became due, or a schedule changed: planners look now. No payload. */
  wake: 'chronos_wake',
  /** An execution is to be cancelled; the payload is its id. */
  cancel: 'chronos_cancel',
  /** An execution has been ended for its worker, who is to kill it; the payload is its id. */
  terminate: 'chronos_terminate',
  /** Executions and jobs changed their status; the payload says which (`#executions`, `decodeChanges`). */
  changes: 'chronos_changes',
  /** A session ended. No payload. */
  sessions: 'chronos_sessions',
  /** The outbox has something to send: notifiers look now. No payload. */
  outbox: 'chronos_outbox',
} as const;

type Channel = (typeof CHANNELS)[keyof typeof CHANNELS];

/** Lets planners look at once when the transaction has been committed. */
export async function wakePlanners(runner: SqlRunner): Promise<void> {
  await runner.query(`SELECT pg_notify('${CHANNELS.wake}', '')`);
}

/** Lets notifiers look at once when the transaction has been committed. */
export async function wakeNotifiers(runner: SqlRunner): Promise<void> {
  await runner.query(`SELECT pg_notify('${CHANNELS.outbox}', '')`);
}

const RECONNECT_MS = 1_000;

/**
 * Listens on one connection of its own and reconnects by itself. What was sent while it was away is lost, so each
 * listener is called once, without a payload, whenever the connection has been (re)made.
 */
@Injectable()
export class PgNotifications implements OnApplicationShutdown {
  readonly #logger = new Logger(PgNotifications.name);
  readonly #listeners = new Map<Channel, ((payload: string | undefined) => void)[]>();
  #client: Client | undefined;
  #reconnect: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(private readonly config: ChronosConfig) {}

  on(channel: Channel, listener: (payload: string | undefined) => void): void {
    this.#listeners.set(channel, [...(this.#listeners.get(channel) ?? []), listener]);
  }

  /** Connects and listens to what `on` has named so far. Does not wait for a database that is away. */
  async start(): Promise<void> {
    await this.#connect().catch((error: unknown) => this.#retry(asError(error)));
  }

  async #connect(): Promise<void> {
    const client = new Client({ connectionString: this.config.database.url, keepAlive: true });
    client.on('error', (error) => this.#retry(error));
    client.on('end', () => this.#retry(undefined));
    client.on('notification', ({ channel, payload }) => {
      for (const listener of this.#listeners.get(channel as Channel) ?? []) listener(payload || undefined);
    });
    this.#client = client;
    await client.connect();
    for (const [channel, listeners] of this.#listeners) {
      await client.query(`LISTEN ${channel}`);
      for (const listener of listeners) listener(undefined);
    }
  }

  #retry(error: Error | undefined): void {
    if (this.#isClosed || this.#reconnect) return;
    if (error) this.#logger.warn(`Listening connection lost, reconnecting: ${error.message}`);
    this.#client?.removeAllListeners().on('error', () => undefined);
    this.#reconnect = setTimeout(() => {
      this.#reconnect = undefined;
      void this.start();
    }, RECONNECT_MS);
  }

  async onApplicationShutdown(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#reconnect);
    await this.#client?.end();
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
