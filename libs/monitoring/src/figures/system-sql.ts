import { SYSTEM_HELD } from '#executions';
import { heldSql, runsNextAtSql } from '#jobs';
import { isoTime } from './iso-time.js';

/** Each count has a partial index of its own: only what is live is read. */
export const QUEUES = `
  SELECT type, sum(waiting)::int AS waiting, sum(active)::int AS active,
    CASE WHEN min(oldest) IS NOT NULL
      THEN greatest(0, round(extract(epoch FROM now() - min(oldest)) * 1000)) END::float8 AS "oldestWaitMs"
  FROM (
    SELECT type, count(*) AS waiting, 0 AS active, min(queued_at) AS oldest
    FROM executions WHERE status = 'queued' GROUP BY type
    UNION ALL
    SELECT type, 0, count(*), NULL FROM executions WHERE status = 'running' GROUP BY type
  ) live
  GROUP BY type`;

export const WORKERS = `
  SELECT id, host, pid, version, types, roles, concurrency, running,
    coalesce(held.by_type, '{}') AS "runningByType", ${isoTime('started_at')} AS "startedAt",
    ${isoTime('heartbeat_at')} AS "heartbeatAt",
    CASE WHEN heartbeat_at > now() - interval '20 seconds' THEN 'alive' ELSE 'silent' END AS state
  FROM workers LEFT JOIN (
    SELECT worker_id, jsonb_object_agg(type, count) AS by_type FROM (
      SELECT worker_id, type, count(*) FROM executions WHERE status = 'running' GROUP BY worker_id, type
    ) counted WHERE worker_id IS NOT NULL GROUP BY worker_id
  ) held ON held.worker_id = workers.id
  WHERE stopped_at IS NULL AND heartbeat_at > now() - interval '1 hour'
  ORDER BY host, started_at, id`;

export const THROUGHPUT = `
  SELECT count(*) FILTER (WHERE finished_at > now() - interval '1 minute' AND status = 'completed')::int AS completed1,
    count(*) FILTER (WHERE finished_at > now() - interval '1 minute' AND status IN ('failed', 'timed_out'))::int AS failed1,
    count(*) FILTER (WHERE status = 'completed')::int AS completed15,
    count(*) FILTER (WHERE status IN ('failed', 'timed_out'))::int AS failed15
  FROM executions WHERE finished_at > now() - interval '15 minutes'`;

export const LATENESS = `
  SELECT percentile_disc(ARRAY[0.5, 0.95, 0.99]) WITHIN GROUP (
    ORDER BY round(date_part('epoch', started_at - effective_at) * 1000)) AS shares
  FROM executions
  WHERE scheduled_for > now() - interval '1 hour' AND scheduled_for <= now() AND started_at IS NOT NULL`;

export const PLANNER_LAG = `
  SELECT CASE WHEN ${SYSTEM_HELD} THEN 0 ELSE greatest(0, round(extract(epoch FROM now() - least(
    (SELECT min(${runsNextAtSql()}) FROM jobs WHERE status = 'active'),
    (SELECT min(due_at) FROM executions WHERE status IN ('scheduled', 'retrying') AND buffered_at IS NULL AND due_at < 'infinity')
  )) * 1000)) END::float8 AS "lagMs"`;

export const HELD = `
  SELECT count(*)::int AS held FROM executions e WHERE ${heldSql('e')}`;

export const DATABASE = `
  SELECT current_setting('server_version') AS version,
    pg_database_size(current_database())::float8 AS "sizeBytes",
    (SELECT count(*)::int FROM pg_stat_activity WHERE backend_type = 'client backend') AS connections,
    current_setting('max_connections')::int AS "maxConnections",
    (SELECT coalesce(sum(greatest(c.reltuples, 0)), 0)::float8
      FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
      WHERE i.inhparent = 'executions'::regclass) AS "executionsEstimated"`;
