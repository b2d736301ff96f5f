import { Injectable } from '@nestjs/common';
import { Counter } from 'prom-client';
import { DataSource } from 'typeorm';
import { type ExecutionReason, GAP_REASONS, JOB_TYPES, MISS_REASONS } from '#contracts';
import { watchLedger } from '#executions';
import { ProcessMetrics } from './process-metrics.service.js';

/** What a schedule itself, a calendar or an overlap policy leaves out; the others count from their first time on. */
const SKIP_REASONS = ['overlap', 'dst_gap', 'blackout'] as const satisfies ExecutionReason[];

/**
 * What this process put into the ledger, by how it ended; what ran, and what did not. A time that did not run is counted by
 * the process that wrote it down: a worker that plans, or an API process at an edit, a resume or an end of a job.
 */
@Injectable()
export class LedgerMetrics {
  readonly executions: Counter<'type' | 'outcome' | 'reason'>;

  constructor({ registry }: ProcessMetrics, dataSource: DataSource) {
    const registers = [registry];
    this.executions = new Counter({
      name: 'chronos_executions_total',
      help: 'Executions this process brought to their end or wrote down as not run, by how they ended and, for those, why.',
      labelNames: ['type', 'outcome', 'reason'],
      registers,
    });
    const gaps = new Counter({
      name: 'chronos_ledger_gap_occurrences_total',
      help: 'Nominal times this process wrote into gaps of the ledger: they did not run, and have no rows of their own.',
      labelNames: ['reason'],
      registers,
    });
    // A series that begins with its first event hides it from increase() and rate().
    for (const reason of GAP_REASONS) gaps.inc({ reason }, 0);
    for (const type of JOB_TYPES) {
      for (const reason of SKIP_REASONS) this.executions.inc({ type, outcome: 'skipped', reason }, 0);
      for (const reason of MISS_REASONS) this.executions.inc({ type, outcome: 'missed', reason }, 0);
    }
    watchLedger(dataSource, (counts) => {
      for (const count of counts) {
        if (count.kind === 'gap') gaps.inc({ reason: count.reason }, count.times);
        else this.executions.inc({ type: count.type, outcome: count.status, reason: count.reason });
      }
    });
  }
}
