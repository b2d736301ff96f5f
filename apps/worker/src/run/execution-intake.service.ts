import { Injectable, Logger } from '@nestjs/common';
import { ChronosConfig } from '#config';
import type { JobType } from '#contracts';
import { ClaimExecutions, DispatchExecutions } from '#executions';
import type { ExecutionMessage } from '#queue';
import { ExecutionRunner } from './execution-runner.service.js';
import { SlotPool } from './slot-pool.js';

/** What a message brings waits here while slots come free now and then; after so long without one it is handed back. */
const STALL_MS = 100;

/** Takes messages in: claims no more of what they carry than there are free slots, and starts it. */
@Injectable()
export class ExecutionIntake {
  readonly #logger = new Logger(ExecutionIntake.name);
  readonly #pools = new Map<JobType, SlotPool>();
  readonly #stop = new AbortController();

  constructor(
    private readonly config: ChronosConfig,
    private readonly claims: ClaimExecutions,
    private readonly runner: ExecutionRunner,
    private readonly dispatcher: DispatchExecutions,
  ) {}

  /**
   * Resolves when everything the message carries has begun or has been handed back. Until then this worker takes at
   * most a few further messages.
   */
  async take(type: JobType, messageId: string, message: ExecutionMessage): Promise<void> {
    const pool = this.#pool(type);
    let waiting = message.executionIds;
    while (waiting.length > 0) {
      const slots = await pool.take(waiting.length, this.#stop.signal, STALL_MS);
      if (slots === 0) return this.#handBack(type, messageId, waiting);
      await this.#begin(pool, waiting.slice(0, slots), message);
      waiting = waiting.slice(slots);
    }
  }

  /** Takes nothing more; what waits for a slot is handed back. */
  stop(): void {
    this.#stop.abort();
  }

  #pool(type: JobType): SlotPool {
    let pool = this.#pools.get(type);
    if (!pool) {
      pool = new SlotPool(this.config.worker.concurrency);
      this.#pools.set(type, pool);
    }
    return pool;
  }

  async #begin(
    pool: SlotPool,
    ids: string[],
    { scheduledFrom, scheduledTo }: ExecutionMessage,
  ): Promise<void> {
    const claimedAt = performance.now();
    let begun = 0;
    try {
      const claimed = await this.claims.claim({ executionIds: ids, scheduledFrom, scheduledTo });
      begun = await this.runner.start(claimed, claimedAt, () => pool.giveBack());
    } finally {
      pool.giveBack(ids.length - begun);
    }
  }

  async #handBack(type: JobType, messageId: string, ids: string[]): Promise<void> {
    const handedBack = await this.dispatcher.redispatch(ids, messageId);
    this.#logger.debug(`Handed back ${handedBack} of message ${messageId}: no free slots for ${type}.`);
  }
}
