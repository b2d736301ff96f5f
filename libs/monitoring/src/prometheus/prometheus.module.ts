import { Module } from '@nestjs/common';
import { ExecutionMetrics } from './execution-metrics.service.js';
import { LedgerMetrics } from './ledger-metrics.service.js';
import { ProcessMetrics } from './process-metrics.service.js';

/** What each process tells of itself; import it once in an application. */
@Module({ providers: [LedgerMetrics, ProcessMetrics], exports: [LedgerMetrics, ProcessMetrics] })
export class ProcessMetricsModule {}

/** The same, with what a worker runs. */
@Module({
  imports: [ProcessMetricsModule],
  providers: [ExecutionMetrics],
  exports: [ExecutionMetrics, ProcessMetricsModule],
})
export class WorkerMetricsModule {}
