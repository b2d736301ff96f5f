import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { ChronosConfig } from '#config';
import type { BackfillMode, BackfillOverlap, JobType } from '#contracts';
import { queryRows } from '#database';
import { insertExecutions, notifyChanges } from '#executions';
import { isWanted } from './occurrence-outcome.js';
import { paceBackfill } from './pace-backfill.js';
import { outcomesAt } from './read-outcomes.js';

/** Held by whoever feeds, so that what may be under way at once is counted by one at a time. */
const FEED_LOCK = 4_207_849_487;
const BACKFILLS_PER_TURN = 100;
const OCCURRENCES_PER_READ = 200;
/** What one turn looks at of one backfill; the next turn goes on. */
const READS_PER_TURN = 5;
/** Runs of one job side by side under `allow_all`, where `maxConcurrency` does not bound them more. */
const SIDE_BY_SIDE = 10;
/** Below every job's: what is due by a schedule is taken from the queue first. */
const PRIORITY = -1;

interface BackfillRow {
  id: string;
  job_id: string;
  mode: BackfillMode;
  rate_per_minute: number | null;
  overlap_policy: BackfillOverlap;
  next_at: Date;
  now: Date;
  type: JobType;
  max_retries: number;
  max_concurrency: number | null;
}

/**
 * Makes the executions of backfills: oldest nominal time first, at their pace, no more at once than the overlap policy
 * lets and `BACKFILL_CONCURRENCY` allows for all of them. A nominal time and its execution are stored in one
 * transaction, so a planner that dies leaves nothing doubled or lost. Any number of planners may call it: one feeds at a
 * time, and what others hold is passed over until the next turn.
 */
@Injectable()
export class FeedBackfills {
  constructor(
    private readonly dataSource: DataSource,
    private readonly config: ChronosConfig,
  ) {}

  /** @returns how many executions it made; they are due at once */
  async feed(): Promise<number> {
    const found = await queryRows<{ id: string }>(this.dataSource, READY, [SIDE_BY_SIDE, BACKFILLS_PER_TURN]);
    if (found.length === 0) return 0;
    return this.dataSource.transaction(async (manager) => {
      const [lock] = await queryRows<{ taken: boolean }>(manager, TRY_LOCK, [FEED_LOCK]);
      if (!lock?.taken) return 0;
      const ids = found.map(({ id }) => id);
      await manager.query(LOCK_JOBS, [ids]);
      const backfills = await queryRows<BackfillRow>(manager, LOCK_BACKFILLS, [ids]);
      const [live] = await queryRows<{ count: number }>(manager, ALL_LIVE);
      let room = Math.max(0, this.config.jobs.backfillConcurrency - (live?.count ?? 0));
      let made = 0;
      for (const backfill of backfills) {
        const started = await feedOne(manager, backfill, room);
        room -= started;
        made += started;
      }
      return made;
    });
  }
}

async function feedOne(manager: EntityManager, backfill: BackfillRow, room: number): Promise<number> {
  const [live] = await queryRows<{ of_job: number; own: number }>(manager, LIVE, [
    backfill.job_id,
    backfill.id,
  ]);
  const pace = paceBackfill(backfill.rate_per_minute, backfill.next_at.getTime(), backfill.now.getTime());
  const wanted = Math.max(0, Math.min(room, pace.allowed, sideBySide(backfill) - (live?.of_job ?? 0)));
  const { times, isAtEnd } = await take(manager, backfill, wanted);
  if (times.length > 0) {
    await makeExecutions(manager, backfill, times);
    await manager.query(MOVE_ON, [backfill.id, new Date(pace.nextAt(times.length))]);
  } else if (isAtEnd && live?.own === 0) {
    await manager.query(FINISH, [backfill.id]);
    const { id, job_id: jobId } = backfill;
    await notifyChanges(manager, [{ kind: 'backfill', id, jobId, status: 'completed' }]);
  }
  return times.length;
}

function sideBySide({ overlap_policy, max_concurrency }: BackfillRow): number {
  return overlap_policy === 'buffer_all' ? 1 : Math.min(max_concurrency ?? SIDE_BY_SIDE, SIDE_BY_SIDE);
}

/**
 * The next nominal times, at most `wanted`. Those that something else has run meanwhile, or is about to, are left out on the
 * way.
 */
async function take(
  manager: EntityManager,
  { id, job_id, mode }: BackfillRow,
  wanted: number,
): Promise<{ times: Date[]; isAtEnd: boolean }> {
  const times: Date[] = [];
  for (let reads = 0; reads < READS_PER_TURN; reads += 1) {
    const next = await readWaiting(manager, id, times.at(-1));
    if (next.length === 0) return { times, isAtEnd: true };
    if (times.length >= wanted) break;
    const outcomes = await outcomesAt(manager, job_id, next);
    const leftOut: Date[] = [];
    for (const at of next) {
      if (times.length >= wanted) break;
      if (isWanted(mode, outcomes.get(at.getTime()) ?? 'missing')) times.push(at);
      else leftOut.push(at);
    }
    if (leftOut.length > 0) await manager.query(LEAVE_OUT, [id, leftOut]);
    if (times.length >= wanted) break;
  }
  return { times, isAtEnd: false };
}

async function readWaiting(manager: EntityManager, id: string, after: Date | undefined): Promise<Date[]> {
  const rows = await queryRows<{ scheduled_for: Date }>(manager, WAITING, [
    id,
    after ?? '-infinity',
    OCCURRENCES_PER_READ,
  ]);
  return rows.map(({ scheduled_for }) => scheduled_for);
}

async function makeExecutions(manager: EntityManager, backfill: BackfillRow, times: Date[]): Promise<void> {
  const executions = await insertExecutions(
    manager,
    times.map((at) => ({
      jobId: backfill.job_id,
      type: backfill.type,
      trigger: 'backfill',
      status: 'scheduled',
      scheduledFor: at.getTime(),
      // Lateness is counted from when it was asked for, not from a time long past.
      effectiveAt: backfill.now.getTime(),
      priority: PRIORITY,
      maxAttempts: backfill.max_retries + 1,
      overlapPolicy: backfill.overlap_policy,
      backfillId: backfill.id,
    })),
  );
  await manager.query(ASSIGN, [
    backfill.id,
    executions.map(({ scheduledFor }) => new Date(scheduledFor)),
    executions.map(({ id }) => id),
  ]);
}

const LIVE_OF_BACKFILLS = `backfill_id IS NOT NULL AND status IN ('scheduled', 'queued', 'running', 'retrying')`;

/** Those whose pace allows a start, or that may be over, and whose job has room; those fed longest ago first. */
const READY = `
  SELECT b.id FROM backfills b JOIN jobs j ON j.id = b.job_id
  WHERE b.status = 'running' AND j.status <> 'paused' AND j.deleted_at IS NULL
    AND (b.next_at <= clock_timestamp() OR NOT EXISTS (
      SELECT 1 FROM backfill_occurrences o
      WHERE o.backfill_id = b.id AND o.execution_id IS NULL AND NOT o.is_left_out))
    AND (SELECT count(*) FROM executions e WHERE e.job_id = b.job_id AND ${LIVE_OF_BACKFILLS})
      < CASE b.overlap_policy WHEN 'buffer_all' THEN 1 ELSE least(coalesce(j.max_concurrency, $1::int), $1::int) END
  ORDER BY b.next_at, b.id LIMIT $2`;

const TRY_LOCK = 'SELECT pg_try_advisory_xact_lock($1) AS taken';

/** Jobs are locked before all else of theirs, each by id, as everywhere. */
const LOCK_JOBS = `
  SELECT id FROM jobs WHERE id IN (SELECT job_id FROM backfills WHERE id = ANY($1::uuid[]))
  ORDER BY id FOR NO KEY UPDATE SKIP LOCKED`;

const LOCK_BACKFILLS = `
  SELECT b.id, b.job_id, b.mode, b.rate_per_minute, b.overlap_policy, b.next_at, j.type, j.max_retries,
    j.max_concurrency, clock_timestamp()::timestamptz(3) AS now
  FROM backfills b JOIN jobs j ON j.id = b.job_id
  WHERE b.id = ANY($1::uuid[]) AND b.status = 'running' AND j.status <> 'paused' AND j.deleted_at IS NULL
  ORDER BY b.next_at, b.id FOR NO KEY UPDATE OF b, j SKIP LOCKED`;

const ALL_LIVE = `SELECT count(*)::int AS count FROM executions WHERE ${LIVE_OF_BACKFILLS}`;

const LIVE = `
  SELECT count(*)::int AS of_job, count(*) FILTER (WHERE backfill_id = $2)::int AS own
  FROM executions WHERE job_id = $1 AND ${LIVE_OF_BACKFILLS}`;

const WAITING = `
  SELECT scheduled_for FROM backfill_occurrences
  WHERE backfill_id = $1 AND scheduled_for > $2 AND execution_id IS NULL AND NOT is_left_out
  ORDER BY scheduled_for LIMIT $3`;

const LEAVE_OUT = `
  UPDATE backfill_occurrences SET is_left_out = true
  WHERE backfill_id = $1 AND scheduled_for = ANY($2::timestamptz[])`;

const ASSIGN = `
  UPDATE backfill_occurrences o SET execution_id = m.id
  FROM unnest($2::timestamptz[], $3::uuid[]) AS m(scheduled_for, id)
  WHERE o.backfill_id = $1 AND o.scheduled_for = m.scheduled_for`;

const MOVE_ON = 'UPDATE backfills SET next_at = $2 WHERE id = $1';

const FINISH = `UPDATE backfills SET status = 'completed', finished_at = clock_timestamp() WHERE id = $1`;
