import { SYSTEM_HELD } from '#executions';
import { heldSql, runsNextAtSql } from '#jobs';
import { isoTime } from './iso-time.js';

/**
 * The dashboard's statements. Each takes the owner as `$1`, or covers all jobs where there is none; without the
 * owner the planner can use the indexes by time, with it those by job.
 */
type Scoped = (owner: string | null) => string;

/** Statuses that count as failed: it ran, and did not do what it was to do. */
const FAILED = `('failed', 'timed_out')`;
const ENDED = `('completed', 'failed', 'timed_out')`;
/** `date_part` counts in floats, `extract` in numerics that take four times as long to add up. */
const DURATION_MS = `date_part('epoch', finished_at - started_at) * 1000`;

const ofOwner: Scoped = (owner) =>
  owner === null ? '' : 'AND e.job_id IN (SELECT id FROM jobs WHERE owner_id = $1)';

export const JOBS: Scoped = (owner) => `
  SELECT status, type, count(*)::int AS count FROM jobs
  WHERE deleted_at IS NULL ${owner === null ? '' : 'AND owner_id = $1'}
  GROUP BY status, type`;

const LAST_DAY = `scheduled_for > now() - interval '24 hours' AND scheduled_for <= now()`;

export const DAY: Scoped = (owner) => `
  SELECT count(*)::int AS total,
    count(*) FILTER (WHERE status = 'completed')::int AS completed,
    count(*) FILTER (WHERE status IN ${FAILED})::int AS failed,
    round(avg(${DURATION_MS}) FILTER (WHERE status IN ${ENDED})) AS "avgDurationMs"
  FROM executions e WHERE ${LAST_DAY} ${ofOwner(owner)}`;

/**
 * Apart from the other figures, which several processes of PostgreSQL can add up together. The last parameter is the
 * share of executions to look at, in 1024ths, drawn by their ids: a hundred thousand tell as much as a million.
 */
export const PERCENTILE: Scoped = (owner) => `
  SELECT round(percentile_disc(0.95) WITHIN GROUP (ORDER BY ${DURATION_MS})) AS "p95DurationMs"
  FROM executions e
  WHERE ${LAST_DAY} AND status IN ${ENDED} AND uuid_hash(id) & 1023 < $${owner === null ? 1 : 2} ${ofOwner(owner)}`;

export const RUNNING: Scoped = (owner) => `
  SELECT count(*)::int AS count FROM executions e WHERE status = 'running' ${ofOwner(owner)}`;

export const PAUSED = `
  SELECT ${isoTime('p.since_at')} AS since, p.reason, u.name AS by
  FROM system_pauses p LEFT JOIN users u ON u.id = p.paused_by
  WHERE p.settled_at IS NULL ORDER BY p.since_at DESC LIMIT 1`;

export const CATCHUP: Scoped = (owner) => `
  SELECT count(DISTINCT job_id)::int AS jobs, count(*)::int AS executions
  FROM executions e WHERE ${heldSql('e')} ${ofOwner(owner)}`;

const RUNS_NEXT_AT = runsNextAtSql();

export const UPCOMING: Scoped = (owner) => `
  SELECT id AS "jobId", name, type, timezone, ${isoTime(RUNS_NEXT_AT)} AS "nextRunAt" FROM jobs
  WHERE status = 'active' AND ${RUNS_NEXT_AT} IS NOT NULL ${owner === null ? '' : 'AND owner_id = $1 AND deleted_at IS NULL'}
    AND NOT ${SYSTEM_HELD}
  ORDER BY ${RUNS_NEXT_AT}, id LIMIT 10`;

/** Failures are few and indexed; only for their jobs the newest execution is looked up. */
export const ATTENTION: Scoped = (owner) => `
  WITH failed AS (
    SELECT job_id, max(scheduled_for) AS at, count(*)::int AS failures FROM executions e
    WHERE status IN ${FAILED} ${ofOwner(owner)}
      AND scheduled_for >= date_trunc('day', now()) - ($${owner === null ? 1 : 2}::int - 1) * interval '1 day'
    GROUP BY job_id
  )
  SELECT j.id AS "jobId", j.name, j.type, j.status AS "jobStatus", last.id AS "executionId", last.status,
    ${isoTime('last.finished_at')} AS "failedAt", last.error, f.failures
  FROM failed f
  JOIN jobs j ON j.id = f.job_id AND j.deleted_at IS NULL
  CROSS JOIN LATERAL (
    SELECT id, status, finished_at, error FROM executions
    WHERE job_id = f.job_id AND scheduled_for >= f.at AND status IN ${ENDED}
    ORDER BY scheduled_for DESC, id DESC LIMIT 1
  ) last
  WHERE last.status IN ${FAILED}
  ORDER BY f.at DESC, j.id LIMIT 20`;

export const TREND: Scoped = (owner) => `
  SELECT to_char(scheduled_for, 'YYYY-MM-DD') AS date,
    count(*) FILTER (WHERE status = 'completed')::int AS completed,
    count(*) FILTER (WHERE status IN ${FAILED})::int AS failed
  FROM executions e
  WHERE scheduled_for >= date_trunc('day', now()) - ($${owner === null ? 1 : 2}::int - 1) * interval '1 day'
    AND scheduled_for <= now() ${ofOwner(owner)}
  GROUP BY 1`;
