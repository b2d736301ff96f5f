import type { DataSource, EntityManager } from 'typeorm';

/** Tables cut by time, each with the column that cuts it. */
const PARTITIONED = [
  { table: 'executions', column: 'scheduled_for' },
  { table: 'execution_attempts', column: 'scheduled_for' },
  { table: 'job_logs', column: 'logged_at' },
] as const;

export const WEEK_MS = 7 * 86_400_000;
/** 1970-01-05 was the first Monday: weeks are cut there. */
const FIRST_MONDAY_MS = 4 * 86_400_000;
const WEEKS_AHEAD = 4;
/** Held by whoever makes or drops partitions. */
export const PARTITION_LOCK = 4_020_518;

/**
 * Makes the weekly partitions from last week to four weeks ahead, where missing. Rows the default partition
 * took in for such a week move along. Call it at start and at least weekly; concurrent calls wait for each other.
 * @returns the names of the partitions made
 */
export async function ensurePartitions(dataSource: DataSource, now = new Date()): Promise<string[]> {
  const made: string[] = [];
  for (const { table, column } of PARTITIONED) {
    for (let week = -1; week <= WEEKS_AHEAD; week += 1) {
      const from = weekStart(now.getTime() + week * WEEK_MS);
      const name = `${table}_${new Date(from).toISOString().slice(0, 10).replaceAll('-', '')}`;
      if (await exists(dataSource.manager, name)) continue;
      await dataSource.transaction((manager) => makePartition(manager, table, column, name, from));
      made.push(name);
    }
  }
  return made;
}

/**
 * The first and the last millisecond of the weeks that some instants (epoch milliseconds; at least one) lie in, as
 * statement parameters: PostgreSQL plans for the partitions concerned and leaves out all others. Whole weeks, because a
 * narrow range tempts it into reading a backlog that shares one moment instead of looking up ids.
 */
export function partitionBounds(instants: number[]): [Date, Date] {
  return [
    new Date(weekStart(Math.min(...instants))),
    new Date(weekStart(Math.max(...instants)) + WEEK_MS - 1),
  ];
}

function weekStart(ms: number): number {
  return Math.floor((ms - FIRST_MONDAY_MS) / WEEK_MS) * WEEK_MS + FIRST_MONDAY_MS;
}

async function makePartition(
  manager: EntityManager,
  table: string,
  column: string,
  name: string,
  fromMs: number,
): Promise<void> {
  await manager.query('SELECT pg_advisory_xact_lock($1)', [PARTITION_LOCK]);
  if (await exists(manager, name)) return;
  const from = new Date(fromMs).toISOString();
  const to = new Date(fromMs + WEEK_MS).toISOString();
  await manager.query(`CREATE TABLE ${name} (LIKE ${table} INCLUDING DEFAULTS INCLUDING CONSTRAINTS)`);
  await manager.query(`LOCK TABLE ${table}_default IN ACCESS EXCLUSIVE MODE`);
  await manager.query(
    `WITH moved AS (DELETE FROM ${table}_default WHERE ${column} >= $1 AND ${column} < $2 RETURNING *)
     INSERT INTO ${name} SELECT * FROM moved`,
    [from, to],
  );
  await manager.query(
    `ALTER TABLE ${table} ATTACH PARTITION ${name} FOR VALUES FROM ('${from}') TO ('${to}')`,
  );
}

async function exists(manager: EntityManager, table: string): Promise<boolean> {
  const [row] = await manager.query<{ found: boolean }[]>('SELECT to_regclass($1) IS NOT NULL AS found', [
    table,
  ]);
  return row?.found ?? false;
}
