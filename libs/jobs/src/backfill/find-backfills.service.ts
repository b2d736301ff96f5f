import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, LessThan } from 'typeorm';
import { type Actor, canAccess, ChronosError } from '#contracts';
import { BackfillEntity } from '../entities/backfill.entity.js';
import { JobEntity } from '../entities/job.entity.js';
import { type BackfillProgress, backfillView, type BackfillView } from './backfill-view.js';
import { readProgress } from './read-progress.js';

export interface BackfillFilter {
  page: number;
  limit: number;
  /** Starts after the backfill of this id instead of at `page`. */
  afterId?: string;
}

export interface BackfillList {
  items: BackfillView[];
  /** How many there are in all, whatever the page. */
  total: number;
  /** The id of the last one of this page, or null where no other follows. */
  lastId: string | null;
}

const NOTHING: BackfillProgress = {
  total: 0,
  dispatched: 0,
  pending: 0,
  running: 0,
  completed: 0,
  failed: 0,
  cancelled: 0,
  skipped: 0,
};

/** Backfills and how far they have come, for those who may see the job; also of a deleted one. */
@Injectable()
export class FindBackfills {
  constructor(private readonly dataSource: DataSource) {}

  /** @throws ChronosError NOT_FOUND when there is no such backfill, or its job is somebody else's */
  async get(actor: Actor, id: string): Promise<BackfillView> {
    const { manager } = this.dataSource;
    const backfill = await manager.findOneBy(BackfillEntity, { id });
    const job = backfill && (await visibleJob(manager, actor, backfill.jobId));
    if (!backfill || !job) throw ChronosError.notFound('backfill', id);
    return this.view(manager, backfill, job);
  }

  /**
   * Of one job, newest first.
   * @throws ChronosError NOT_FOUND when there never was such a job, or it is somebody else's
   */
  async listOfJob(actor: Actor, jobId: string, filter: BackfillFilter): Promise<BackfillList> {
    const { manager } = this.dataSource;
    const job = await visibleJob(manager, actor, jobId);
    if (!job) throw ChronosError.notFound('job', jobId);
    const { page, limit, afterId } = filter;
    const found = await manager.find(BackfillEntity, {
      where: { jobId, ...(afterId !== undefined && { id: LessThan(afterId) }) },
      order: { id: 'DESC' },
      skip: afterId === undefined ? (page - 1) * limit : 0,
      take: limit + 1,
    });
    const backfills = found.slice(0, limit);
    const progress = await readProgress(
      manager,
      backfills.map(({ id }) => id),
    );
    return {
      items: backfills.map((one) => backfillView(one, progress.get(one.id) ?? NOTHING, job.status)),
      total: await manager.countBy(BackfillEntity, { jobId }),
      lastId: found.length > limit ? (backfills.at(-1)?.id ?? null) : null,
    };
  }

  /** A backfill as its client sees it, read in the caller's transaction. */
  async view(manager: EntityManager, backfill: BackfillEntity, job: JobEntity): Promise<BackfillView> {
    const progress = await readProgress(manager, [backfill.id]);
    return backfillView(backfill, progress.get(backfill.id) ?? NOTHING, job.status);
  }
}

async function visibleJob(manager: EntityManager, actor: Actor, id: string): Promise<JobEntity | undefined> {
  const job = await manager.findOneBy(JobEntity, { id });
  return job && canAccess(actor, job.ownerId) ? job : undefined;
}
