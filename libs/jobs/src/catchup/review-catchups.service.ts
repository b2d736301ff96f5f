import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, IsNull } from 'typeorm';
import { recordAudit } from '#audit';
import { ChronosConfig } from '#config';
import { type Actor, ChronosError, groupBy, type JobStatus, type JobType, type JsonObject } from '#contracts';
import { queryRows, wakePlanners } from '#database';
import { countInLedger, notifyChanges } from '#executions';
import { databaseNow, invalidState } from '../commands/job-store.js';
import { JobEntity } from '../entities/job.entity.js';
import { paceCatchUp } from '../planning/pace-catch-up.js';
import { waitingCatchUps } from '../planning/catch-up-queue.js';
import { heldSql } from './held.js';

export interface ReleaseInput {
  /** Of each job, at most; left out: one a second. */
  ratePerMinute?: number;
}

export interface DropInput {
  /** Kept with the review, and shown in the ledger. */
  reason?: string;
}

/** What a decision did. */
export interface CatchupDecision {
  jobs: number;
  /** Executions that will run, or will not. */
  executions: number;
  /** Jobs left as they are because they are paused: what is released must run. */
  paused: number;
}

interface HeldRow {
  id: string;
  job_id: string;
  type: JobType;
  scheduled_for: Date;
}

interface LockedJob {
  id: string;
  owner_id: string;
  status: JobStatus;
}

interface Wave {
  jobs: LockedJob[];
  held: Map<string, HeldRow[]>;
}

type Verdict = 'released' | 'dropped';

/** Jobs decided about in one transaction. */
const JOBS_PER_TURN = 200;

/**
 * Decides about misfires that were held for a review. For administrators; whether it is one is the caller's question. A
 * decision about all jobs is made a few hundred at a time: should it break off, what was decided stays so, and the rest
 * waits as before.
 */
@Injectable()
export class ReviewCatchups {
  constructor(
    private readonly dataSource: DataSource,
    private readonly config: ChronosConfig,
  ) {}

  /**
   * Lets what is held run, oldest first, each under its own nominal time and under the job's overlap policy.
   * @param jobId of one job; left out: of all that are not paused
   * @throws ChronosError NOT_FOUND, or INVALID_STATE where nothing of the job waits, or it is paused
   */
  release(actor: Actor, { ratePerMinute }: ReleaseInput, jobId?: string): Promise<CatchupDecision> {
    const details = { ratePerMinute: ratePerMinute ?? null };
    return this.#decide(actor, 'released', jobId, details, async (manager, { held }) => {
      const groups = [...held.values()];
      const dueTimes = paceCatchUp(
        groups.map((rows) => rows.map(({ scheduled_for }) => scheduled_for.getTime())),
        {
          now: await databaseNow(manager),
          waiting: await waitingCatchUps(manager),
          perSecond: this.config.jobs.catchupPerSecond,
          spacingMs: ratePerMinute && 60_000 / ratePerMinute,
        },
      );
      await manager.query(RELEASE, [
        groups.flatMap((rows) => rows.map(({ id }) => id)),
        dueTimes.flatMap((times) => times.map((at) => new Date(at))),
      ]);
    });
  }

  /**
   * Has what is held stay undone: `missed`, reason `review`. A job that was to run once ends with it.
   * @param jobId of one job; left out: of all
   * @throws ChronosError NOT_FOUND, or INVALID_STATE where nothing of the job waits
   */
  drop(actor: Actor, { reason }: DropInput, jobId?: string): Promise<CatchupDecision> {
    return this.#decide(
      actor,
      'dropped',
      jobId,
      { reason: reason ?? null },
      async (manager, { jobs, held }) => {
        const rows = [...held.values()].flat();
        await manager.query(DROP, [rows.map(({ id }) => id)]);
        countInLedger(
          manager,
          rows.map(({ type }) => ({ kind: 'execution', type, status: 'missed', reason: 'review' })),
        );
        const ended = await queryRows<{ id: string; status: JobStatus }>(manager, END_ONE_OFFS, [
          jobs.map(({ id }) => id),
        ]);
        await notifyChanges(manager, [
          ...rows.map(({ id, job_id }) => ({
            kind: 'execution' as const,
            id,
            jobId: job_id,
            status: 'missed' as const,
          })),
          ...ended.map(({ id, status }) => ({ kind: 'job' as const, jobId: id, status })),
        ]);
      },
    );
  }

  async #decide(
    actor: Actor,
    verdict: Verdict,
    jobId: string | undefined,
    details: JsonObject,
    work: (manager: EntityManager, wave: Wave) => Promise<void>,
  ): Promise<CatchupDecision> {
    const decision: CatchupDecision = { jobs: 0, executions: 0, paused: 0 };
    const isWanted = ({ status }: LockedJob) => verdict === 'dropped' || status !== 'paused';
    let after: string | null = null;
    do {
      const from: string | null = after;
      after = await this.dataSource.transaction(async (manager) => {
        const locked: LockedJob[] = await queryRows<LockedJob>(manager, LOCK_JOBS, [
          jobId ?? null,
          from,
          JOBS_PER_TURN,
        ]);
        const jobs = locked.filter(isWanted);
        const wave = { jobs, held: await readHeld(manager, jobs) };
        if (jobId !== undefined && wave.held.size === 0) throw await whyNothing(manager, jobId, locked);
        await notifyChanges(
          manager,
          jobs.map(({ id, status }) => ({ kind: 'job', jobId: id, status })),
        );
        await work(manager, wave);
        // Of what was dropped, other jobs may have waited for the end.
        await wakePlanners(manager);
        await close(manager, actor, verdict, details, wave);
        decision.jobs += wave.held.size;
        decision.executions += [...wave.held.values()].flat().length;
        decision.paused += locked.length - jobs.length;
        return locked.length === JOBS_PER_TURN ? (locked.at(-1)?.id ?? null) : null;
      });
    } while (after !== null);
    return decision;
  }
}

/** Why nothing of a job could be decided about. */
async function whyNothing(manager: EntityManager, jobId: string, locked: LockedJob[]): Promise<ChronosError> {
  if (locked.some(({ status }) => status === 'paused')) {
    return invalidState('The job is paused: resume it first, then release what waits.');
  }
  const known = await manager.existsBy(JobEntity, { id: jobId, deletedAt: IsNull() });
  return known
    ? invalidState('Nothing of this job waits for a review.')
    : ChronosError.notFound('job', jobId);
}

async function readHeld(manager: EntityManager, jobs: LockedJob[]): Promise<Map<string, HeldRow[]>> {
  const rows = await queryRows<HeldRow>(manager, HELD, [jobs.map(({ id }) => id)]);
  return groupBy(rows, ({ job_id }) => job_id);
}

/** Puts on record who decided what: in the review, and on the trail of each job. */
async function close(
  manager: EntityManager,
  actor: Actor,
  verdict: Verdict,
  details: JsonObject,
  { jobs, held }: Wave,
): Promise<void> {
  const reason = typeof details['reason'] === 'string' ? details['reason'] : null;
  await manager.query(CLOSE, [jobs.map(({ id }) => id), verdict, actor.id, reason]);
  for (const { id, owner_id } of jobs) {
    const rows = held.get(id) ?? [];
    const [first, last] = [rows[0], rows.at(-1)];
    if (!first || !last) continue;
    await recordAudit(manager, {
      action: verdict === 'released' ? 'catchup.release' : 'catchup.drop',
      target: { type: 'job', id },
      jobId: id,
      ownerId: owner_id,
      after: {
        executions: rows.length,
        from: first.scheduled_for.toISOString(),
        to: last.scheduled_for.toISOString(),
        ...details,
      },
    });
  }
}

/** Jobs are locked before their executions, each by id, as everywhere. */
const LOCK_JOBS = `
  SELECT j.id, j.owner_id, j.status FROM jobs j
  WHERE ($1::uuid IS NULL OR j.id = $1) AND ($2::uuid IS NULL OR j.id > $2) AND j.deleted_at IS NULL
    AND EXISTS (SELECT 1 FROM catchup_reviews r WHERE r.job_id = j.id AND r.status = 'open')
    AND EXISTS (SELECT 1 FROM executions e WHERE e.job_id = j.id AND ${heldSql('e')})
  ORDER BY j.id LIMIT $3
  FOR NO KEY UPDATE`;

const HELD = `
  SELECT e.id, e.job_id, e.type, e.scheduled_for FROM executions e
  WHERE e.job_id = ANY($1::uuid[]) AND ${heldSql('e')} ORDER BY e.job_id, e.scheduled_for`;

const RELEASE = `
  UPDATE executions e SET due_at = i.due_at FROM unnest($1::uuid[], $2::timestamptz[]) AS i(id, due_at)
  WHERE e.id = i.id AND ${heldSql('e')}`;

const DROP = `
  UPDATE executions e SET status = 'missed', reason = 'review', due_at = effective_at, finished_at = clock_timestamp()
  WHERE e.id = ANY($1::uuid[]) AND ${heldSql('e')}`;

const END_ONE_OFFS = `
  UPDATE jobs j SET status = 'failed', updated_at = clock_timestamp(),
    status_reason = 'its time passed while no scheduler ran, and a review dropped it; reschedule it, or trigger a run'
  WHERE j.id = ANY($1::uuid[]) AND j.schedule_type = 'scheduled' AND j.status = 'active' AND j.next_run_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM executions e WHERE e.job_id = j.id
      AND e.status IN ('scheduled', 'queued', 'running', 'retrying'))
  RETURNING j.id, j.status`;

const CLOSE = `
  UPDATE catchup_reviews SET status = $2, decided_at = clock_timestamp(), decided_by = $3,
    decided_by_email = (SELECT email FROM users WHERE id = $3), reason = $4
  WHERE job_id = ANY($1::uuid[]) AND status = 'open'`;
