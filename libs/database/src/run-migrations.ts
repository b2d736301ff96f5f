import { DataSource } from 'typeorm';
import { dataSourceOptions } from './data-source-options.js';
import { ensurePartitions } from './partitions.js';

/** One key for all Chronos processes: two that start together must not migrate at once. */
const MIGRATION_LOCK = 4_020_517;

/**
 * Brings the schema up to date and makes the partitions of the weeks ahead. Safe to call from any number
 * of processes at once: one works, the others wait and find nothing left to do.
 * @returns the names of the migrations that ran
 */
export async function runMigrations(url: string): Promise<string[]> {
  const dataSource = await new DataSource(dataSourceOptions(url)).initialize();
  const lock = dataSource.createQueryRunner();
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const ran = await dataSource.runMigrations();
    await ensurePartitions(dataSource);
    return ran.map((migration) => migration.name);
  } finally {
    await lock.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => undefined);
    await lock.release();
    await dataSource.destroy();
  }
}
