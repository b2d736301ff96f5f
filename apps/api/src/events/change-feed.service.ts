import { randomBytes } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { DataSource } from 'typeorm';
import { CHANNELS, PgNotifications, queryRows } from '#database';
import { type Change, decodeChanges } from '#executions';

/** A change with its place in the feed and, unless it concerns all, the owner of the job. */
export interface FedChange {
  id: string;
  change: Change;
  ownerId: string | undefined;
}

/** How many a client that comes again can be told of. */
const KEPT = 2_000;
const OWNERS_KEPT = 50_000;

/**
 * What changes anywhere in the installation, as PostgreSQL's NOTIFY tells it, in order. A change of kind `many` says
 * that changes may have passed unseen: the listening connection was away, or there were too many to tell.
 */
@Injectable()
export class ChangeFeed {
  readonly #logger = new Logger(ChangeFeed.name);
  /** Another process, or this one started again, has other ids: none is taken for one of ours. */
  readonly #epoch = randomBytes(6).toString('base64url');
  readonly #listeners = new Set<(change: FedChange) => void>();
  readonly #owners = new LRUCache<string, string>({ max: OWNERS_KEPT });
  readonly #kept: FedChange[] = [];
  #count = 0;
  #last: Promise<void> = Promise.resolve();

  constructor(
    private readonly dataSource: DataSource,
    notifications: PgNotifications,
  ) {
    notifications.on(CHANNELS.changes, (payload) => {
      const changes: Change[] = payload === undefined ? [{ kind: 'many' }] : decodeChanges(payload);
      // One after the other, so that they keep their order while owners are looked up.
      this.#last = this.#last.then(() => this.#take(changes));
    });
  }

  /** The id of the newest change. */
  get position(): string {
    return this.#idOf(this.#count);
  }

  /** Calls back for each change until `signal` aborts. */
  listen(listener: (change: FedChange) => void, signal: AbortSignal): void {
    this.#listeners.add(listener);
    signal.addEventListener('abort', () => this.#listeners.delete(listener), { once: true });
  }

  /** What came after the change of that id; undefined where that cannot be told any more. */
  since(id: string): FedChange[] | undefined {
    const number = this.#numberOf(id);
    const first = this.#count - this.#kept.length;
    if (number === undefined || number < first || number > this.#count) return undefined;
    return this.#kept.slice(number - first);
  }

  #idOf(number: number): string {
    return `${this.#epoch}.${number}`;
  }

  #numberOf(id: string): number | undefined {
    const [epoch, number] = id.split('.');
    return epoch === this.#epoch && /^\d{1,15}$/.test(number ?? '') ? Number(number) : undefined;
  }

  async #take(changes: Change[]): Promise<void> {
    try {
      await this.#findOwners(changes);
      for (const change of changes) this.#feed(change);
    } catch (error) {
      this.#logger.warn(`Owners of ${changes.length} changes could not be read: ${String(error)}`);
      this.#feed({ kind: 'many' });
    }
  }

  #feed(change: Change): void {
    this.#count += 1;
    const ownerId = 'jobId' in change ? this.#owners.get(change.jobId) : undefined;
    const fed: FedChange = { id: this.#idOf(this.#count), change, ownerId };
    this.#kept.push(fed);
    if (this.#kept.length > KEPT) this.#kept.shift();
    for (const listener of this.#listeners) listener(fed);
  }

  async #findOwners(changes: Change[]): Promise<void> {
    const jobIds = new Set(changes.flatMap((change) => ('jobId' in change ? [change.jobId] : [])));
    const unknown = [...jobIds].filter((jobId) => !this.#owners.has(jobId));
    if (unknown.length === 0) return;
    const rows = await queryRows<{ id: string; ownerId: string }>(
      this.dataSource,
      'SELECT id, owner_id AS "ownerId" FROM jobs WHERE id = ANY($1::uuid[])',
      [unknown],
    );
    for (const { id, ownerId } of rows) this.#owners.set(id, ownerId);
  }
}
