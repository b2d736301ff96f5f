import { Injectable } from '@nestjs/common';
import { Counter, Histogram } from 'prom-client';
import type { ExecutionStatus, JobType } from '#contracts';
import { LedgerMetrics } from './ledger-metrics.service.js';
import { ProcessMetrics } from './process-metrics.service.js';

/** An attempt this worker has settled. */
export interface SettledAttempt {
  type: JobType;
  /** What the execution became: `retrying` where it is tried again. */
  status: ExecutionStatus;
  durationMs: number;
  /** How much later than due the first attempt began; undefined for later attempts. */
  latenessMs: number | undefined;
}

/** From a no-op to the longest time-outs. */
const DURATION_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1_800];
/** Punctual is tens of milliseconds; an hour is an outage. */
const LATENESS_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 15, 60, 300, 3_600];

/** What a worker ran, as Prometheus counts it. Recording is arithmetic in memory. */
@Injectable()
export class ExecutionMetrics {
  readonly #attempts: Counter<'type' | 'outcome'>;
  readonly #duration: Histogram<'type'>;
  readonly #lateness: Histogram<'type'>;

  constructor(
    { registry }: ProcessMetrics,
    private readonly ledger: LedgerMetrics,
  ) {
    const registers = [registry];
    this.#attempts = new Counter({
      name: 'chronos_execution_attempts_total',
      help: 'Attempts this worker settled; outcome retrying: the execution is tried again.',
      labelNames: ['type', 'outcome'],
      registers,
    });
    this.#duration = new Histogram({
      name: 'chronos_execution_duration_seconds',
      help: 'How long attempts took, from their start to the result.',
      labelNames: ['type'],
      buckets: DURATION_SECONDS,
      registers,
    });
    this.#lateness = new Histogram({
      name: 'chronos_execution_lateness_seconds',
      help: 'Start of the first attempt minus the moment it was due.',
      labelNames: ['type'],
      buckets: LATENESS_SECONDS,
      registers,
    });
  }

  settled({ type, status, durationMs, latenessMs }: SettledAttempt): void {
    this.#attempts.inc({ type, outcome: status });
    if (status !== 'retrying') this.ledger.executions.inc({ type, outcome: status });
    this.#duration.observe({ type }, durationMs / 1_000);
    if (latenessMs !== undefined) this.#lateness.observe({ type }, Math.max(0, latenessMs) / 1_000);
  }
}
