import type { JobType, WorkerRole } from '#contracts';

/** How the whole system is. Times are ISO 8601, durations milliseconds. */
export interface SystemFigures {
  /** Executions, not messages: a message carries many. */
  queues: Record<JobType, QueueDepth>;
  workers: WorkerFigures[];
  throughput: ThroughputFigures;
  latenessMs: LatenessFigures;
  planner: {
    /** How long the earliest thing that is due has been waiting to be dispatched; 0: nothing is overdue. */
    lagMs: number;
  };
  process: ProcessFigures;
  database: DatabaseFigures;
}

export interface QueueDepth {
  waiting: number;
  active: number;
  /** How long the one that has waited longest has been in the queue; null: nothing waits. */
  oldestWaitMs: number | null;
}

export interface WorkerFigures {
  id: string;
  host: string;
  pid: number;
  version: string;
  types: JobType[];
  roles: WorkerRole[];
  /** Executions of each type it runs at once. */
  concurrency: number;
  /** At its last heartbeat. */
  running: number;
  /** What it holds now, by each type it runs. */
  runningByType: Partial<Record<JobType, number>>;
  startedAt: string;
  heartbeatAt: string;
  /** silent: no heartbeat for 20 s; it has died or lost its database. */
  state: 'alive' | 'silent';
}

/** Executions that ended. */
export interface ThroughputFigures {
  lastMinute: { completed: number; failed: number };
  last15Minutes: { completed: number; failed: number };
  /** Over the last minute. */
  perSecond: number;
}

/** Start of the first attempt minus the moment it was due, of executions due in the last hour; null: none began. */
export interface LatenessFigures {
  p50: number | null;
  p95: number | null;
  p99: number | null;
}

/** Of the API process that answers. */
export interface ProcessFigures {
  pid: number;
  version: string;
  nodeVersion: string;
  uptimeMs: number;
  memoryRssBytes: number;
  heapUsedBytes: number;
  cpuSeconds: number;
}

export interface DatabaseFigures {
  version: string;
  sizeBytes: number;
  /** Of the whole server, not of this process. */
  connections: number;
  maxConnections: number;
  /** Connections of the process that answers. */
  pool: PoolFigures;
  /** As the statistics have it, for all days kept. */
  executionsEstimated: number;
}

export interface PoolFigures {
  /** Open connections. */
  total: number;
  idle: number;
  /** Statements that wait for a connection. */
  waiting: number;
}
