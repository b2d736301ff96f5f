import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { DataSource } from 'typeorm';
import { poolFigures } from '../figures/pool-figures.js';
import { CHRONOS_VERSION } from '../version.js';

/** Gauges the library names as if they were counters; promtool objects, and nobody misses them. */
const MISNAMED = [
  'nodejs_active_handles_total',
  'nodejs_active_requests_total',
  'nodejs_active_resources_total',
];

/**
 * The Prometheus metrics of one process, in a registry of its own, so that two applications in one process do not
 * share any. Others add theirs with `registers: [metrics.registry]`.
 */
@Injectable()
export class ProcessMetrics {
  readonly registry = new Registry();

  constructor(dataSource: DataSource) {
    collectDefaultMetrics({ register: this.registry });
    for (const name of MISNAMED) this.registry.removeSingleMetric(name);
    new Gauge({
      name: 'chronos_build_info',
      help: 'Always 1; the label names the running version.',
      labelNames: ['version'],
      registers: [this.registry],
    }).set({ version: CHRONOS_VERSION }, 1);
    this.registry.registerMetric(
      new Gauge({
        name: 'chronos_database_pool_connections',
        help: 'Open connections of this process to PostgreSQL.',
        labelNames: ['state'],
        registers: [],
        collect() {
          const { total, idle } = poolFigures(dataSource);
          this.set({ state: 'idle' }, idle);
          this.set({ state: 'in_use' }, total - idle);
        },
      }),
    );
    this.registry.registerMetric(
      new Gauge({
        name: 'chronos_database_pool_waiting_requests',
        help: 'Statements of this process that wait for a connection.',
        registers: [],
        collect() {
          this.set(poolFigures(dataSource).waiting);
        },
      }),
    );
  }

  /** The exposition format, version 0.0.4. */
  text(): Promise<string> {
    return this.registry.metrics();
  }

  get contentType(): string {
    return this.registry.contentType;
  }
}
