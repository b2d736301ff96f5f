import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { recordAudit } from '#audit';
import { ChronosConfig } from '#config';
import { type Actor, type BackfillOverlap, ChronosError, isRepeating } from '#contracts';
import { newId, wakePlanners } from '#database';
import { notifyChanges } from '#executions';
import { databaseNow, invalidState, lockJob } from '../commands/job-store.js';
import { BackfillEntity } from '../entities/backfill.entity.js';
import type { JobEntity } from '../entities/job.entity.js';
import { type IdempotencyRequest, runOnce } from '../idempotency/run-once.js';
import type { BackfillView } from './backfill-view.js';
import { FindBackfills } from './find-backfills.service.js';
import type { OccurrenceOutcome } from './occurrence-outcome.js';
import { type BackfillRange, type BackfillSurvey, surveyBackfill } from './survey-backfill.js';

export interface BackfillInput extends BackfillRange {
  /** Executions begun in a minute, at most. Left out: as fast as the overlap policy lets. */
  ratePerMinute?: number;
  /** Left out: side by side where the job's own policy is `allow_all`, else one after another. */
  overlapPolicy?: BackfillOverlap;
}

/** What a backfill would do, told without doing it. */
export interface BackfillForecast {
  jobId: string;
  from: string;
  to: string;
  mode: BackfillRange['mode'];
  /** How many executions it would make. */
  total: number;
  /** The first and last nominal time it would run. */
  first: string | null;
  last: string | null;
  /** The nominal times of the range by what has become of them. */
  found: Record<OccurrenceOutcome, number>;
  /** Nominal times the schedule itself leaves out. */
  excluded: number;
}

/** The most backfills of one job that may be under way. */
const MAX_AT_ONCE = 5;

/** Has a job run for times of the past. */
@Injectable()
export class StartBackfill {
  constructor(
    private readonly dataSource: DataSource,
    private readonly backfills: FindBackfills,
    private readonly config: ChronosConfig,
  ) {}

  /**
   * Chooses the nominal times and stores them; planners make their executions, oldest first, at the pace asked for. Once
   * this resolves they will be made, whatever process dies next.
   * @throws ChronosError NOT_FOUND, VALIDATION_FAILED on `from` or `to`, IDEMPOTENCY_KEY_REUSED, or INVALID_STATE for a job that
   *   was cancelled, does not repeat, or has too many backfills under way
   */
  start(
    actor: Actor,
    jobId: string,
    input: BackfillInput,
    idempotency?: IdempotencyRequest,
  ): Promise<BackfillView> {
    return this.dataSource.transaction(async (manager) => {
      const job = await lockJob(manager, actor, jobId);
      return runOnce(manager, actor.id, idempotency, async () => {
        assertBackfillable(job);
        await assertNotTooMany(manager, job);
        const now = await databaseNow(manager);
        const survey = await this.#survey(manager, job, input, now);
        const backfill = await store(manager, actor, job, input, survey, now);
        await recordAudit(manager, {
          action: 'job.backfill',
          target: { type: 'job', id: job.id },
          jobId: job.id,
          ownerId: job.ownerId,
          after: {
            backfillId: backfill.id,
            from: survey.from.toISOString(),
            to: survey.to.toISOString(),
            mode: input.mode,
            ratePerMinute: backfill.ratePerMinute,
            overlapPolicy: backfill.overlapPolicy,
            includeBlackouts: backfill.includeBlackouts,
            total: survey.times.length,
          },
        });
        await wakePlanners(manager);
        await notifyChanges(manager, [
          { kind: 'backfill', id: backfill.id, jobId: job.id, status: backfill.status },
        ]);
        return this.backfills.view(manager, backfill, job);
      });
    });
  }

  /**
   * Says what `start` would do, and does nothing.
   * @throws ChronosError as `start`
   */
  forecast(actor: Actor, jobId: string, input: BackfillInput): Promise<BackfillForecast> {
    return this.dataSource.transaction(async (manager) => {
      const job = await lockJob(manager, actor, jobId);
      assertBackfillable(job);
      const { times, ...survey } = await this.#survey(manager, job, input, await databaseNow(manager));
      return {
        jobId,
        from: survey.from.toISOString(),
        to: survey.to.toISOString(),
        mode: input.mode,
        total: times.length,
        first: isoOf(times[0]),
        last: isoOf(times.at(-1)),
        found: survey.found,
        excluded: survey.excluded,
      };
    });
  }

  #survey(
    manager: EntityManager,
    job: JobEntity,
    range: BackfillRange,
    now: number,
  ): Promise<BackfillSurvey> {
    return surveyBackfill(manager, job, range, { now, keptDays: this.config.retention.days });
  }
}

async function store(
  manager: EntityManager,
  actor: Actor,
  job: JobEntity,
  { mode, ratePerMinute, overlapPolicy, includeBlackouts = false }: BackfillInput,
  { from, to, times }: BackfillSurvey,
  now: number,
): Promise<BackfillEntity> {
  const isEmpty = times.length === 0;
  const backfill = manager.create(BackfillEntity, {
    id: newId(),
    jobId: job.id,
    fromAt: from,
    toAt: to,
    mode,
    ratePerMinute: ratePerMinute ?? null,
    overlapPolicy: overlapPolicy ?? (job.overlapPolicy === 'allow_all' ? 'allow_all' : 'buffer_all'),
    includeBlackouts,
    status: isEmpty ? 'completed' : 'running',
    nextAt: new Date(now),
    createdBy: actor.id,
    createdAt: new Date(now),
    finishedAt: isEmpty ? new Date(now) : null,
  });
  await manager.insert(BackfillEntity, backfill);
  await manager.query(INSERT_OCCURRENCES, [backfill.id, times.map((at) => new Date(at))]);
  return backfill;
}

function assertBackfillable(job: JobEntity): void {
  if (job.status === 'cancelled')
    throw invalidState('The job was cancelled for good; create a new one instead.');
  if (!isRepeating(job.scheduleType)) {
    throw invalidState(
      `Only a job that repeats has times to fill in; this one is ${job.scheduleType}. Run it with POST /jobs/${job.id}/trigger.`,
    );
  }
}

async function assertNotTooMany(manager: EntityManager, job: JobEntity): Promise<void> {
  const underWay = await manager.countBy(BackfillEntity, { jobId: job.id, status: 'running' });
  if (underWay < MAX_AT_ONCE) return;
  throw new ChronosError(
    'INVALID_STATE',
    `The job has ${underWay} backfills under way, which is the most; wait for one of them, or cancel one.`,
  );
}

function isoOf(at: number | undefined): string | null {
  return at === undefined ? null : new Date(at).toISOString();
}

const INSERT_OCCURRENCES = `
  INSERT INTO backfill_occurrences (backfill_id, scheduled_for) SELECT $1, t FROM unnest($2::timestamptz[]) AS t`;
