import { Injectable, Logger } from '@nestjs/common';
import { ChronosConfig } from '#config';
import { WorkerIdentity, WorkerRegistry } from '#executions';
import { HandlerCatalog } from '#executors';
import { CHRONOS_VERSION } from '#monitoring';
import { ExecutionRunner } from '../run/execution-runner.service.js';

const BEAT_EVERY_MS = 5_000;

/** Tells every few seconds that this worker lives, what it can run and how much it runs. */
@Injectable()
export class Heartbeat {
  readonly #logger = new Logger(Heartbeat.name);
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly config: ChronosConfig,
    private readonly identity: WorkerIdentity,
    private readonly registry: WorkerRegistry,
    private readonly runner: ExecutionRunner,
    private readonly handlers: HandlerCatalog,
  ) {}

  async start(): Promise<void> {
    await this.#beat();
    this.#timer = setInterval(() => void this.#beat(), BEAT_EVERY_MS);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.registry.stop(this.identity.id);
  }

  async #beat(): Promise<void> {
    const { concurrency, roles, types } = this.config.worker;
    const isExecuting = roles.includes('execute');
    try {
      await this.registry.beat({
        id: this.identity.id,
        host: this.identity.host,
        pid: this.identity.pid,
        startedAt: this.identity.startedAt,
        version: CHRONOS_VERSION,
        types: isExecuting ? types : [],
        roles,
        concurrency,
        running: this.runner.running.size,
        handlers: this.handlers.list(),
      });
    } catch (error) {
      this.#logger.warn(`The heartbeat could not be written: ${String(error)}`);
    }
  }
}
