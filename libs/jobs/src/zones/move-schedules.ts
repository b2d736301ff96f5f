import type { DataSource, EntityManager } from 'typeorm';
import type { JobStatus } from '#contracts';
import { newId, queryRows, type SqlRunner, wakePlanners } from '#database';
import { notifyChanges } from '#executions';
import { localTimeOf, recordedTimeline, zoneDataVersion, type ZoneTimeline } from '#scheduling';
import { PLANNED_JOB_COLUMNS, type PlannedJobRow } from '../planning/planned-job.js';
import { moveSchedule, type ScheduleMove } from './move-schedule.js';
import { recordOf, ZONE_DATA_COLUMNS, type ZoneDataRow } from './zone-data.js';

const PER_BATCH = 500;

/** A zone all whose schedules have been looked at. */
export interface SettledZone {
  timezone: string;
  versionBefore: string;
  versionAfter: string;
  /** How many schedules the new data make a difference to. */
  moved: number;
}

/**
 * Moves the schedules of a few hundred jobs to what the clocks of their zone do by the newest data, and reports those it
 * makes a difference to. Any number of processes may do it at once, and one may die at it: how far a zone has come is kept
 * with it, in the same transaction.
 * @returns undefined where nothing is left to do, or others do it; `settled` when this was the last of a zone, for the
 * first time
 */
export async function moveSchedules(
  dataSource: DataSource,
): Promise<{ settled: SettledZone | undefined } | undefined> {
  return dataSource.transaction(async (manager) => {
    const [zone] = await queryRows<UnsettledRow>(manager, UNSETTLED, [zoneDataVersion()]);
    if (!zone) return undefined;
    const [former] = await queryRows<ZoneDataRow>(manager, FORMER, [zone.timezone, zone.adopted_at]);
    const jobs = former
      ? await queryRows<MovableRow>(manager, JOBS, [zone.timezone, zone.moved_up_to, PER_BATCH])
      : [];
    if (former) await moveJobs(manager, zone, former, jobs);
    if (former && jobs.length === PER_BATCH) {
      await manager.query(GO_ON, [zone.timezone, zone.adopted_at, jobs.at(-1)?.id]);
      return { settled: undefined };
    }
    await manager.query(SETTLE, [zone.timezone, zone.adopted_at]);
    const isNews = former !== undefined && zone.settled_at === null;
    return { settled: isNews ? await settledZone(manager, zone, former) : undefined };
  });
}

interface UnsettledRow extends ZoneDataRow {
  moved_up_to: string | null;
  settled_at: Date | null;
}

interface MovableRow extends PlannedJobRow {
  status: JobStatus;
  runs_done: number;
  effective_at: Date;
}

async function moveJobs(
  manager: EntityManager,
  zone: ZoneDataRow,
  former: ZoneDataRow,
  jobs: MovableRow[],
): Promise<void> {
  const timeline = recordedTimeline(recordOf(former));
  const moves = jobs.flatMap((job) => {
    const move = moveSchedule({
      job,
      former: timeline,
      knownFrom: former.from_at.getTime(),
      knownUntil: former.until_at.getTime(),
      effectiveAt: job.effective_at.getTime(),
      adoptedAt: zone.adopted_at.getTime(),
      runsLeft: job.max_runs === null ? Infinity : job.max_runs - job.runs_done,
    });
    return move ? [{ job, move }] : [];
  });
  if (moves.length === 0) return;
  await manager.query(REPORT, [JSON.stringify(moves.map((one) => changeOf(zone, former, timeline, one)))]);
  const corrected = moves.filter(({ job, move }) => move.nextRunAt !== job.next_run_at.getTime());
  if (corrected.length === 0) return;
  await manager.query(CORRECT, [
    corrected.map(({ job }) => job.id),
    corrected.map(({ move }) => instant(move.nextRunAt)),
  ]);
  await notifyChanges(
    manager,
    corrected.map(({ job }) => ({ kind: 'job', jobId: job.id, status: job.status })),
  );
  await wakePlanners(manager);
}

function changeOf(
  zone: ZoneDataRow,
  former: ZoneDataRow,
  timeline: ZoneTimeline,
  { job, move }: { job: PlannedJobRow; move: ScheduleMove },
) {
  const { before, after } = move.moved ?? {};
  const local = (at: number | undefined, clocks?: ZoneTimeline) =>
    at === undefined ? null : localTimeOf(new Date(at), zone.timezone, clocks);
  return {
    id: newId(),
    job_id: job.id,
    timezone: zone.timezone,
    adopted_at: zone.adopted_at,
    version_before: former.tz_version,
    version_after: zone.tz_version,
    until_at: instant(move.untilAt),
    effective_at: instant(move.effectiveAt),
    next_run_before: job.next_run_at,
    next_run_after: instant(move.nextRunAt),
    moved_from: instant(before),
    moved_from_local: local(before, timeline),
    moved_to: instant(after),
    moved_to_local: local(after),
  };
}

function instant(at: number | undefined): Date | null {
  return at === undefined ? null : new Date(at);
}

async function settledZone(
  runner: SqlRunner,
  { timezone, adopted_at, tz_version }: ZoneDataRow,
  former: ZoneDataRow,
): Promise<SettledZone> {
  const [row] = await queryRows<{ moved: number }>(runner, COUNT, [timezone, adopted_at]);
  return {
    timezone,
    versionBefore: former.tz_version,
    versionAfter: tz_version,
    moved: row?.moved ?? 0,
  };
}

/** A process with other data leaves it to those who know what is on record. */
const UNSETTLED = `
  SELECT ${ZONE_DATA_COLUMNS}, moved_up_to, settled_at FROM zone_data
  WHERE (settled_at IS NULL OR moved_up_to IS NOT NULL) AND tz_version = $1
  ORDER BY timezone, adopted_at LIMIT 1 FOR UPDATE SKIP LOCKED`;

const FORMER = `
  SELECT ${ZONE_DATA_COLUMNS} FROM zone_data WHERE timezone = $1 AND adopted_at < $2 ORDER BY adopted_at DESC LIMIT 1`;

const JOBS = `
  SELECT ${PLANNED_JOB_COLUMNS}, status, runs_done,
    (SELECT max(v.effective_at) FROM job_versions v WHERE v.job_id = jobs.id) AS effective_at
  FROM jobs
  WHERE timezone = $1 AND schedule_type = 'recurring' AND status IN ('active', 'paused') AND deleted_at IS NULL
    AND next_run_at IS NOT NULL AND id > coalesce($2::uuid, '00000000-0000-0000-0000-000000000000')
  ORDER BY id LIMIT $3
  FOR NO KEY UPDATE`;

const GO_ON = 'UPDATE zone_data SET moved_up_to = $3 WHERE timezone = $1 AND adopted_at = $2';

const SETTLE = `
  UPDATE zone_data SET moved_up_to = NULL, settled_at = coalesce(settled_at, clock_timestamp())
  WHERE timezone = $1 AND adopted_at = $2`;

/** Looked at for a second time, only a job that was moved once more has anything new to tell. */
const REPORT = `
  INSERT INTO zone_changes (id, job_id, timezone, adopted_at, version_before, version_after, until_at, effective_at,
    next_run_before, next_run_after, moved_from, moved_from_local, moved_to, moved_to_local)
  SELECT c.* FROM json_to_recordset($1) AS c(id uuid, job_id uuid, timezone text, adopted_at timestamptz,
    version_before text, version_after text, until_at timestamptz, effective_at timestamptz,
    next_run_before timestamptz, next_run_after timestamptz, moved_from timestamptz, moved_from_local text,
    moved_to timestamptz, moved_to_local text)
  ON CONFLICT (job_id, adopted_at) DO UPDATE SET until_at = excluded.until_at, effective_at = excluded.effective_at,
    next_run_before = excluded.next_run_before, next_run_after = excluded.next_run_after
  WHERE excluded.next_run_after IS DISTINCT FROM excluded.next_run_before`;

const CORRECT = `
  UPDATE jobs j SET next_run_at = m.next_run_at
  FROM unnest($1::uuid[], $2::timestamptz[]) AS m(id, next_run_at)
  WHERE j.id = m.id`;

const COUNT = `
  SELECT count(*) FILTER (WHERE coalesce(moved_from, moved_to) IS NOT NULL)::int AS moved
  FROM zone_changes WHERE timezone = $1 AND adopted_at = $2`;
