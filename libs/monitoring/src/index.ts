export type { AppName } from './app-name.js';
export type {
  AttentionFigures,
  CatchupFigures,
  DashboardFigures,
  DayFigures,
  PauseFigures,
  TrendFigures,
  UpcomingRun,
} from './figures/dashboard-figures.js';
export { DashboardFiguresService } from './figures/dashboard-figures.service.js';
export { FiguresModule } from './figures/figures.module.js';
export type {
  DatabaseFigures,
  LatenessFigures,
  PoolFigures,
  ProcessFigures,
  QueueDepth,
  SystemFigures,
  ThroughputFigures,
  WorkerFigures,
} from './figures/system-figures.js';
export { SystemFiguresService } from './figures/system-figures.service.js';
export { loggerParams, ProcessLogger } from './logging.js';
export { DatabaseIndicator } from './probes/database.indicator.js';
export { HealthProbes } from './probes/health-probes.service.js';
export { ProbeFilter } from './probes/probe.filter.js';
export { ProbesModule } from './probes/probes.module.js';
export { QueueIndicator } from './probes/queue.indicator.js';
export type { ReadinessIndicator } from './probes/readiness.js';
export { ExecutionMetrics, type SettledAttempt } from './prometheus/execution-metrics.service.js';
export { LedgerMetrics } from './prometheus/ledger-metrics.service.js';
export { assertMayScrape } from './prometheus/metrics-access.js';
export { ProcessMetrics } from './prometheus/process-metrics.service.js';
export { ProcessMetricsModule, WorkerMetricsModule } from './prometheus/prometheus.module.js';
export { SystemMetrics } from './prometheus/system-metrics.service.js';
export { startFailure } from './start-failure.js';
export { stopOnSignals } from './stop-on-signals.js';
export { CHRONOS_VERSION } from './version.js';
