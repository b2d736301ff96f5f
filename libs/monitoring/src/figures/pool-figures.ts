import type { DataSource } from 'typeorm';
import type { PoolFigures } from './system-figures.js';

interface CountedPool {
  totalCount: number;
  idleCount: number;
  waitingCount: number;
}

/** The state of a data source's connection pool. TypeORM keeps the driver's pool as `driver.master`. */
export function poolFigures({ driver }: DataSource): PoolFigures {
  const pool = 'master' in driver ? (driver.master as CountedPool | undefined) : undefined;
  return {
    total: pool?.totalCount ?? 0,
    idle: pool?.idleCount ?? 0,
    waiting: pool?.waitingCount ?? 0,
  };
}
