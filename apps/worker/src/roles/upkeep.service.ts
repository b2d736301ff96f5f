import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ChronosConfig } from '#config';
import { ensurePartitions, sweepExpired } from '#database';
import { ReconcileExecutions, WorkerRegistry } from '#executions';
import { FollowZoneData, ScheduleUpkeep } from '#jobs';

const PARTITIONS_EVERY_MS = 3_600_000;
const SWEEP_EVERY_MS = 3_600_000;
/** Enough for the schedules of some ten thousand jobs. */
const PREPARE_MS = 10_000;
const ADOPT_ZONE_DATA_EVERY_MS = 3_600_000;

/** What keeps the ledger in order over time: reconciling, schedules that end, partitions for the weeks ahead, retention, forgetting dead workers. */
@Injectable()
export class Upkeep {
  readonly #logger = new Logger(Upkeep.name);
  readonly #chores: Chore[];

  constructor(
    config: ChronosConfig,
    dataSource: DataSource,
    reconciler: ReconcileExecutions,
    schedules: ScheduleUpkeep,
    private readonly zones: FollowZoneData,
    workers: WorkerRegistry,
  ) {
    this.#chores = [
      new Chore('reconcile executions', config.worker.reconcileIntervalMs, () => reconciler.reconcile()),
      new Chore('end schedules', config.worker.reconcileIntervalMs, () => schedules.run()),
      new Chore('take up zone data', ADOPT_ZONE_DATA_EVERY_MS, () => zones.adopt()),
      new Chore('move schedules to new zone data', config.worker.reconcileIntervalMs, () => zones.move()),
      new Chore('make partitions', PARTITIONS_EVERY_MS, () => ensurePartitions(dataSource)),
      new Chore('sweep what is past retention', SWEEP_EVERY_MS, () => this.#sweep(config, dataSource)),
      new Chore('forget dead workers', PARTITIONS_EVERY_MS, () => workers.prune()),
    ];
  }

  async #sweep({ retention }: ChronosConfig, dataSource: DataSource): Promise<void> {
    const { partitions, rows } = await sweepExpired(dataSource, retention);
    const taken = [...partitions, ...Object.entries(rows).map(([table, count]) => `${count} of ${table}`)];
    if (taken.length > 0) this.#logger.log(`Past retention and gone: ${taken.join(', ')}.`);
  }

  /** What is better done before the first look for due jobs; what it does not get done, the chores do. */
  async prepare(): Promise<void> {
    const end = performance.now() + PREPARE_MS;
    try {
      await this.zones.adopt();
      while ((await this.zones.move()) && performance.now() < end);
    } catch (error) {
      this.#logger.warn(`Could not take up zone data; it will be tried again: ${String(error)}`);
    }
  }

  start(): void {
    for (const chore of this.#chores) {
      chore.start((error) =>
        this.#logger.warn(`Could not ${chore.name}; it will be tried again: ${String(error)}`),
      );
    }
  }

  async stop(): Promise<void> {
    await Promise.all(this.#chores.map((chore) => chore.stop()));
  }
}

/** Something done at once and then again and again, never twice at a time. */
class Chore {
  #timer: NodeJS.Timeout | undefined;
  #current: Promise<void> | undefined;

  constructor(
    readonly name: string,
    private readonly everyMs: number,
    private readonly work: () => Promise<unknown>,
  ) {}

  start(onError: (error: unknown) => void): void {
    const run = () => {
      this.#current ??= this.work()
        .then(() => undefined, onError)
        .finally(() => (this.#current = undefined));
    };
    this.#timer = setInterval(run, this.everyMs);
    run();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#current;
  }
}
