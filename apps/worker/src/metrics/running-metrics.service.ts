import { Injectable } from '@nestjs/common';
import { Gauge } from 'prom-client';
import { ChronosConfig } from '#config';
import { ProcessMetrics } from '#monitoring';
import { ExecutionRunner } from '../run/execution-runner.service.js';

/** How full this worker is. */
@Injectable()
export class RunningMetrics {
  constructor({ registry }: ProcessMetrics, config: ChronosConfig, runner: ExecutionRunner) {
    const { concurrency, roles, types } = config.worker;
    registry.registerMetric(
      new Gauge({
        name: 'chronos_worker_running_executions',
        help: 'Executions this worker runs, those being settled included.',
        registers: [],
        collect() {
          this.set(runner.running.size);
        },
      }),
    );
    registry.registerMetric(
      new Gauge({
        name: 'chronos_worker_slots',
        help: 'Executions this worker may run at once, by type.',
        labelNames: ['type'],
        registers: [],
        collect() {
          for (const type of roles.includes('execute') ? types : []) this.set({ type }, concurrency);
        },
      }),
    );
  }
}
