import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { JOB_TYPES, type JobType } from '#contracts';
import { queryRows, type SqlRunner } from '#database';
import { isSystemHeld } from '#executions';
import { CHRONOS_VERSION } from '../version.js';
import { poolFigures } from './pool-figures.js';
import type {
  DatabaseFigures,
  LatenessFigures,
  ProcessFigures,
  QueueDepth,
  SystemFigures,
  ThroughputFigures,
  WorkerFigures,
} from './system-figures.js';
import { DATABASE, HELD, LATENESS, PLANNER_LAG, QUEUES, THROUGHPUT, WORKERS } from './system-sql.js';

/** The live state of the queues, as PostgreSQL has it; it is right whichever backend delivers. */
export type QueueFigures = SystemFigures['queues'];

const NOTHING: QueueDepth = { waiting: 0, active: 0, oldestWaitMs: null };

/** The figures of the system as a whole, for admins and for scrapes. Each is computed when it is asked for. */
@Injectable()
export class SystemFiguresService {
  constructor(private readonly dataSource: DataSource) {}

  /** @throws what the database throws */
  async all(): Promise<SystemFigures> {
    const runner = this.dataSource.createQueryRunner();
    try {
      return {
        queues: await this.queues(runner),
        workers: await this.workers(runner),
        throughput: await throughput(runner),
        latenessMs: await lateness(runner),
        planner: { lagMs: await this.plannerLagMs(runner) },
        process: processFigures(),
        database: await this.#database(runner),
      };
    } finally {
      await runner.release();
    }
  }

  /** Every type is there, also where nothing waits. */
  async queues(runner: SqlRunner = this.dataSource): Promise<QueueFigures> {
    const rows = await queryRows<QueueDepth & { type: JobType }>(runner, QUEUES);
    const byType = new Map(rows.map(({ type, ...depth }) => [type, depth]));
    return Object.fromEntries(JOB_TYPES.map((type) => [type, byType.get(type) ?? NOTHING])) as QueueFigures;
  }

  /** Those that have not said goodbye, unless they have been silent for an hour. */
  async workers(runner: SqlRunner = this.dataSource): Promise<WorkerFigures[]> {
    const workers = await queryRows<WorkerFigures>(runner, WORKERS);
    for (const worker of workers) {
      const { types, runningByType } = worker;
      worker.runningByType = Object.fromEntries(types.map((type) => [type, runningByType[type] ?? 0]));
    }
    return workers;
  }

  async plannerLagMs(runner: SqlRunner = this.dataSource): Promise<number> {
    const [row] = await queryRows<{ lagMs: number }>(runner, PLANNER_LAG);
    return row?.lagMs ?? 0;
  }

  /** Whether an admin has paused everything. */
  isPaused(runner: SqlRunner = this.dataSource): Promise<boolean> {
    return isSystemHeld(runner);
  }

  /** Misfires that wait for a review. */
  async heldMisfires(runner: SqlRunner = this.dataSource): Promise<number> {
    const [row] = await queryRows<{ held: number }>(runner, HELD);
    return row?.held ?? 0;
  }

  async #database(runner: SqlRunner): Promise<DatabaseFigures> {
    const [row] = await queryRows<Omit<DatabaseFigures, 'pool'>>(runner, DATABASE);
    if (!row) throw new Error('PostgreSQL did not tell of itself.');
    return { ...row, pool: poolFigures(this.dataSource) };
  }
}

async function throughput(runner: SqlRunner): Promise<ThroughputFigures> {
  const [row] = await queryRows<{
    completed1: number;
    failed1: number;
    completed15: number;
    failed15: number;
  }>(runner, THROUGHPUT);
  const { completed1 = 0, failed1 = 0, completed15 = 0, failed15 = 0 } = row ?? {};
  return {
    lastMinute: { completed: completed1, failed: failed1 },
    last15Minutes: { completed: completed15, failed: failed15 },
    perSecond: Math.round(((completed1 + failed1) / 60) * 100) / 100,
  };
}

async function lateness(runner: SqlRunner): Promise<LatenessFigures> {
  const [row] = await queryRows<{ shares: number[] | null }>(runner, LATENESS);
  const [p50 = null, p95 = null, p99 = null] = row?.shares ?? [];
  return { p50, p95, p99 };
}

function processFigures(): ProcessFigures {
  const memory = process.memoryUsage();
  const cpu = process.cpuUsage();
  return {
    pid: process.pid,
    version: CHRONOS_VERSION,
    nodeVersion: process.versions.node,
    uptimeMs: Math.round(process.uptime() * 1_000),
    memoryRssBytes: memory.rss,
    heapUsedBytes: memory.heapUsed,
    cpuSeconds: (cpu.user + cpu.system) / 1_000_000,
  };
}
