import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { ChronosConfig } from '#config';
import { PgNotifications } from '#database';
import { Planner } from '#jobs';
import { ExecutionQueues } from '#queue';
import type { ExecutionProcessor } from './processors/execution.processor.js';
import { Heartbeat } from './roles/heartbeat.service.js';
import { LeaseKeeper } from './roles/lease-keeper.service.js';
import { Notifier } from './roles/notifier.service.js';
import { Upkeep } from './roles/upkeep.service.js';
import { ExecutionIntake } from './run/execution-intake.service.js';
import { ExecutionRunner } from './run/execution-runner.service.js';

/** Injection token of the processors this worker consumes with. */
export const PROCESSORS = Symbol('PROCESSORS');

/** How long a start waits for the queue before it plans without it. */
const QUEUE_PATIENCE_MS = 5_000;

/** What an attempt that was told to end may take to do so. */
const ABORT_GRACE_MS = 6_000;

/** Starts what the configured roles call for, and ends it in order: nothing new, finish, hand back, say goodbye. */
@Injectable()
export class WorkerRoles implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #logger = new Logger(WorkerRoles.name);
  readonly #isPlanning: boolean;
  readonly #isNotifying: boolean;

  constructor(
    private readonly config: ChronosConfig,
    private readonly notifications: PgNotifications,
    private readonly queues: ExecutionQueues,
    private readonly planner: Planner,
    private readonly upkeep: Upkeep,
    private readonly notifier: Notifier,
    private readonly leases: LeaseKeeper,
    private readonly heartbeat: Heartbeat,
    private readonly intake: ExecutionIntake,
    private readonly runner: ExecutionRunner,
    @Inject(PROCESSORS) private readonly processors: ExecutionProcessor[],
  ) {
    this.#isPlanning = config.worker.roles.includes('plan');
    this.#isNotifying = config.worker.roles.includes('notify');
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.heartbeat.start();
    this.leases.start();
    for (const processor of this.processors) processor.start();
    if (this.#isPlanning) {
      await this.queues.whenReady(QUEUE_PATIENCE_MS);
      await this.upkeep.prepare();
      this.planner.start();
      this.upkeep.start();
    }
    if (this.#isNotifying) this.notifier.start();
    await this.notifications.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    if (this.#isPlanning) await Promise.all([this.planner.stop(), this.upkeep.stop()]);
    this.intake.stop();
    await Promise.all(this.processors.map((processor) => processor.stop()));
    await this.#drain();
    // After the drain: what has just ended may be sent from here still.
    if (this.#isNotifying) await this.notifier.stop();
    await this.leases.stop();
    await this.heartbeat.stop().catch((error: unknown) => {
      this.#logger.warn(`The last heartbeat could not be written: ${String(error)}`);
    });
  }

  /** Lets running work finish for the grace period; hands back what is left, to be run again at once elsewhere. */
  async #drain(): Promise<void> {
    const { running } = this.runner;
    if (running.size === 0) return;
    this.#logger.log(
      `Waiting up to ${this.config.worker.shutdownGraceMs} ms for ${running.size} executions.`,
    );
    await allDone(running.all(), this.config.worker.shutdownGraceMs);
    const left = running.all();
    if (left.length === 0) return;
    this.#logger.warn(`Handing back ${left.length} executions that did not finish in time.`);
    for (const { id } of left) running.abort(id, 'shutdown');
    await allDone(left, ABORT_GRACE_MS);
  }
}

async function allDone(attempts: { done: Promise<void> }[], withinMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeUp = new Promise<void>((resolve) => (timer = setTimeout(resolve, withinMs)));
  await Promise.race([Promise.all(attempts.map(({ done }) => done)), timeUp]);
  clearTimeout(timer);
}
