import { Injectable, Logger } from '@nestjs/common';
import { Gauge } from 'prom-client';
import { SystemFiguresService } from '../figures/system-figures.service.js';
import { ProcessMetrics } from './process-metrics.service.js';

/** Scrapers that come within this time share the answer: each replica of Prometheus scrapes on its own. */
const FRESH_MS = 2_000;

/**
 * What the whole installation looks like from PostgreSQL. Every API process answers the same: use `max`, not `sum`,
 * over replicas. While PostgreSQL is away these have no values and `chronos_database_up` is 0.
 */
@Injectable()
export class SystemMetrics {
  readonly #logger = new Logger(SystemMetrics.name);
  readonly #up: Gauge;
  readonly #queue: Gauge<'type' | 'state'>;
  readonly #workers: Gauge<'state'>;
  readonly #plannerLag: Gauge;
  readonly #paused: Gauge;
  readonly #held: Gauge;
  #readAt = -Infinity;
  #reading: Promise<void> | undefined;

  constructor(
    { registry }: ProcessMetrics,
    private readonly figures: SystemFiguresService,
  ) {
    const registers = [registry];
    // One metric of the set collects for all: they are read together, and a registry collects all before it prints.
    const collect = () => this.#refresh();
    this.#up = new Gauge({
      name: 'chronos_database_up',
      help: '1 if PostgreSQL answered this scrape.',
      registers,
      collect,
    });
    this.#queue = new Gauge({
      name: 'chronos_queue_executions',
      help: 'Executions that wait for a worker or run, in the whole installation.',
      labelNames: ['type', 'state'],
      registers,
      collect,
    });
    this.#workers = new Gauge({
      name: 'chronos_workers',
      help: 'Workers that have not ended in good order, in the whole installation.',
      labelNames: ['state'],
      registers,
      collect,
    });
    this.#plannerLag = new Gauge({
      name: 'chronos_planner_lag_seconds',
      help: 'How long the earliest thing that is due has been waiting to be dispatched; 0 while everything is paused.',
      registers,
      collect,
    });
    this.#paused = new Gauge({
      name: 'chronos_system_paused',
      help: '1 while an administrator has paused everything.',
      registers,
      collect,
    });
    this.#held = new Gauge({
      name: 'chronos_catchup_held_executions',
      help: 'Misfires that wait for an administrator to release or drop them.',
      registers,
      collect,
    });
  }

  #refresh(): Promise<void> {
    if (performance.now() - this.#readAt < FRESH_MS) return Promise.resolve();
    this.#reading ??= this.#read().finally(() => {
      this.#readAt = performance.now();
      this.#reading = undefined;
    });
    return this.#reading;
  }

  async #read(): Promise<void> {
    try {
      const queues = await this.figures.queues();
      const workers = await this.figures.workers();
      const lagMs = await this.figures.plannerLagMs();
      const held = await this.figures.heldMisfires();
      for (const [type, { waiting, active }] of Object.entries(queues)) {
        this.#queue.set({ type, state: 'waiting' }, waiting);
        this.#queue.set({ type, state: 'active' }, active);
      }
      for (const state of ['alive', 'silent'] as const) {
        this.#workers.set({ state }, workers.filter((worker) => worker.state === state).length);
      }
      this.#plannerLag.set(lagMs / 1_000);
      this.#paused.set((await this.figures.isPaused()) ? 1 : 0);
      this.#held.set(held);
      this.#up.set(1);
    } catch (error) {
      this.#logger.warn(`The figures for a scrape could not be read: ${String(error)}`);
      this.#queue.reset();
      this.#workers.reset();
      this.#plannerLag.remove();
      this.#paused.remove();
      this.#held.remove();
      this.#up.set(0);
    }
  }
}
