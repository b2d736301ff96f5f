import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ChronosConfig } from '#config';
import { CHANNELS, PgNotifications } from '#database';
import { renewLeases } from '#executions';
import { ExecutionRunner } from '../run/execution-runner.service.js';

/**
 * Holds what this worker runs: renews all leases together, three times in a lease; aborts what has been cancelled; and
 * aborts, before anyone else may take it over, what it could not renew in time by its own monotonic clock.
 */
@Injectable()
export class LeaseKeeper {
  readonly #logger = new Logger(LeaseKeeper.name);
  readonly #leaseMs: number;
  #timer: NodeJS.Timeout | undefined;
  #renewing: Promise<void> | undefined;

  constructor(
    config: ChronosConfig,
    private readonly dataSource: DataSource,
    private readonly notifications: PgNotifications,
    private readonly runner: ExecutionRunner,
  ) {
    this.#leaseMs = config.worker.leaseMs;
  }

  start(): void {
    this.notifications.on(CHANNELS.cancel, (executionId) => {
      if (executionId) this.runner.running.abort(executionId, 'cancelled');
      // The connection was away and may have missed one: the next renewal tells.
      else this.#renewing ??= this.#renew();
    });
    this.notifications.on(CHANNELS.terminate, (executionId) => {
      if (executionId) this.runner.running.abort(executionId, 'terminated');
    });
    this.#timer = setInterval(() => {
      this.#dropOverdue();
      this.#renewing ??= this.#renew();
    }, this.#leaseMs / 3);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#renewing;
  }

  async #renew(): Promise<void> {
    const held = this.runner.running.all();
    const askedAt = performance.now();
    try {
      const renewed = new Map(
        (await renewLeases(this.dataSource, held, this.#leaseMs)).map((lease) => [lease.id, lease]),
      );
      for (const attempt of held) {
        const lease = renewed.get(attempt.id);
        if (!lease) this.runner.running.abort(attempt.id, 'lease_lost');
        else if (lease.isCancelRequested) this.runner.running.abort(attempt.id, 'cancelled');
        if (lease) attempt.leaseEndsAt = askedAt + this.#leaseMs;
      }
    } catch (error) {
      this.#logger.warn(`Leases of ${held.length} executions could not be renewed: ${String(error)}`);
    } finally {
      this.#renewing = undefined;
    }
  }

  #dropOverdue(): void {
    const margin = this.#leaseMs / 3;
    for (const attempt of this.runner.running.all()) {
      if (performance.now() > attempt.leaseEndsAt - margin)
        this.runner.running.abort(attempt.id, 'lease_lost');
    }
  }
}
