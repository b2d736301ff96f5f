import type { DataSource } from 'typeorm';
import { PARTITION_LOCK, WEEK_MS } from './partitions.js';
import { queryRows, type SqlRunner } from './query-rows.js';

/** How long history is kept, in days. */
export interface RetentionPeriods {
  /**
   * Executions with their attempts, backfills, notifications, gaps, deleted jobs that have none of these left, and former
   * rules of calendars.
   */
  days: number;
  /** Log lines of jobs. */
  logDays: number;
  /** Events of the audit trail. */
  auditDays: number;
}

/** What a sweep took away: dropped partitions, and rows by table where there were any. */
export interface RetentionReport {
  partitions: string[];
  rows: Record<string, number>;
}

const BATCH = 5_000;
/** Dropping waits for readers, and everybody else waits behind it: rather not this time than for long. */
const LOCK_TIMEOUT = '3s';
const LIVE = `('scheduled', 'queued', 'running', 'retrying')`;
/** Their nominal times are old when they are made; what a backfill says of itself is counted from them. */
const OF_BACKFILL = (execution: string) =>
  `${execution}.backfill_id IS NOT NULL AND EXISTS (SELECT 1 FROM backfills b WHERE b.id = ${execution}.backfill_id)`;

/**
 * Takes away what is older than the retention periods, by the database's clock: whole weekly partitions by dropping
 * them, everything else in batches. What is not over stays, however old, and what a backfill made as long as the backfill. Any number of processes may call it: they take turns
 * at partitions and batches.
 */
export async function sweepExpired(
  dataSource: DataSource,
  periods: RetentionPeriods,
): Promise<RetentionReport> {
  const { days, logDays, auditDays } = periods;
  const partitions = [
    ...(await dropPartitions(dataSource, 'executions', days)),
    ...(await dropPartitions(dataSource, 'execution_attempts', days)),
    ...(await dropPartitions(dataSource, 'job_logs', logDays)),
  ];
  const rows: Record<string, number> = {};
  for (const { table, where, keptDays } of expiredRows(days, logDays)) {
    const count = await inBatches(() => deleteBatch(dataSource, table, where, keptDays));
    if (count > 0) rows[table] = count;
  }
  const auditEvents = await inBatches(() => deleteAuditBatch(dataSource, auditDays));
  if (auditEvents > 0) rows['audit_events'] = auditEvents;
  return { partitions, rows };
}

/** In this order: attempts go after their execution, executions after their backfill, a job after its executions. `$1` is the number of days. */
function expiredRows(days: number, logDays: number): { table: string; where: string; keptDays: number }[] {
  const cutoff = `now() - $1 * interval '1 day'`;
  return [
    { table: 'backfills', where: `finished_at < ${cutoff}`, keptDays: days },
    {
      table: 'executions_default',
      where: `scheduled_for < ${cutoff} AND status NOT IN ${LIVE} AND NOT (${OF_BACKFILL('t')})`,
      keptDays: days,
    },
    {
      table: 'execution_attempts_default',
      where: `scheduled_for < ${cutoff} AND NOT EXISTS (SELECT 1 FROM executions e
        WHERE e.id = t.execution_id AND e.scheduled_for = t.scheduled_for)`,
      keptDays: days,
    },
    { table: 'job_logs_default', where: `logged_at < ${cutoff}`, keptDays: logDays },
    { table: 'notifications', where: `created_at < ${cutoff} AND status <> 'pending'`, keptDays: days },
    { table: 'catchup_reviews', where: `decided_at < ${cutoff}`, keptDays: days },
    { table: 'schedule_gaps', where: `to_at < ${cutoff}`, keptDays: days },
    { table: 'calendar_versions', where: `until_at < ${cutoff}`, keptDays: days },
    {
      table: 'calendars',
      where: `deleted_at < ${cutoff} AND NOT EXISTS (SELECT 1 FROM calendar_versions v WHERE v.calendar_id = t.id)`,
      keptDays: days,
    },
    { table: 'idempotency_keys', where: `created_at < ${cutoff}`, keptDays: 1 },
    { table: 'sessions', where: `expires_at < ${cutoff}`, keptDays: 0 },
    {
      table: 'jobs',
      where: `deleted_at < ${cutoff} AND NOT EXISTS (SELECT 1 FROM executions e WHERE e.job_id = t.id)`,
      keptDays: days,
    },
  ];
}

async function dropPartitions(dataSource: DataSource, table: string, keptDays: number): Promise<string[]> {
  const candidates = await queryRows<{ name: string; suffix: string }>(dataSource, EXPIRED_PARTITIONS, [
    table,
    keptDays,
    WEEK_MS,
  ]);
  const dropped: string[] = [];
  for (const { name, suffix } of candidates) {
    const isDropped = await dataSource.transaction(async (manager) => {
      await manager.query(`SET LOCAL lock_timeout = '${LOCK_TIMEOUT}'`);
      await manager.query('SELECT pg_advisory_xact_lock($1)', [PARTITION_LOCK]);
      if (await isNeeded(manager, table, name, suffix)) return false;
      await manager.query(`DROP TABLE IF EXISTS ${name}`);
      return true;
    });
    if (isDropped) dropped.push(name);
  }
  return dropped;
}

/** Executions that are not over stay, those of backfills that are kept, and attempts as long as the executions of their week do. */
async function isNeeded(runner: SqlRunner, table: string, name: string, suffix: string): Promise<boolean> {
  if (table === 'job_logs') return false;
  const kept = table === 'executions' ? name : `executions_${suffix}`;
  const [found] = await queryRows<{ found: boolean }>(runner, 'SELECT to_regclass($1) IS NOT NULL AS found', [
    kept,
  ]);
  if (table === 'execution_attempts') return found?.found ?? false;
  if (!found?.found) return true;
  const [live] = await queryRows<{ live: boolean }>(
    runner,
    `SELECT EXISTS (SELECT 1 FROM ${name} WHERE status IN ${LIVE})
       OR EXISTS (SELECT 1 FROM ${name} e WHERE ${OF_BACKFILL('e')}) AS live`,
  );
  return live?.live ?? true;
}

async function inBatches(deleteNext: () => Promise<number>): Promise<number> {
  let total = 0;
  for (;;) {
    const count = await deleteNext();
    total += count;
    if (count < BATCH) return total;
  }
}

/** The trail is append-only but for a transaction that says how many days it keeps; its trigger checks each row. */
function deleteAuditBatch(dataSource: DataSource, keptDays: number): Promise<number> {
  return dataSource.transaction(async (manager) => {
    await manager.query(`SELECT set_config('chronos.audit_retention_days', $1, true)`, [String(keptDays)]);
    return deleteBatch(manager, 'audit_events', `occurred_at < now() - $1 * interval '1 day'`, keptDays);
  });
}

async function deleteBatch(
  runner: SqlRunner,
  table: string,
  where: string,
  keptDays: number,
): Promise<number> {
  const gone = await queryRows<{ gone: number }>(
    runner,
    `WITH old AS MATERIALIZED (
       SELECT ctid FROM ${table} t WHERE ${where} LIMIT ${BATCH} FOR UPDATE SKIP LOCKED
     ), deleted AS (DELETE FROM ${table} d USING old WHERE d.ctid = old.ctid RETURNING 1)
     SELECT count(*)::int AS gone FROM deleted`,
    [keptDays],
  );
  return gone[0]?.gone ?? 0;
}

/** Weekly partitions are named by their first day; the end of the week must have passed the cutoff. */
const EXPIRED_PARTITIONS = `
  SELECT c.relname AS name, right(c.relname, 8) AS suffix
  FROM pg_inherits i
  JOIN pg_class c ON c.oid = i.inhrelid
  WHERE i.inhparent = to_regclass($1) AND c.relname ~ ('^' || $1 || '_[0-9]{8}$')
    AND to_timestamp(right(c.relname, 8) || ' UTC', 'YYYYMMDD TZ') + $3 * interval '1 ms'
      <= now() - $2 * interval '1 day'
  ORDER BY 1`;
