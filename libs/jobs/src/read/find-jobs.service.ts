import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, type SelectQueryBuilder } from 'typeorm';
import {
  type Actor,
  canAccess,
  ChronosError,
  type ExecutionStatus,
  type JobStatus,
  type JobType,
  type ScheduleType,
} from '#contracts';
import { queryRows, type SqlRunner } from '#database';
import { PayloadSecrets } from '#secrets';
import { JobEntity } from '../entities/job.entity.js';
import { jobView, type JobView, type LastRun } from '../job-view.js';

/** Orders a list can have; a leading `-` turns it round. */
export const JOB_SORTS = [
  'createdAt',
  'updatedAt',
  'name',
  'nextRunAt',
  'status',
  'type',
  'priority',
] as const;
export type JobSort = (typeof JOB_SORTS)[number] | `-${(typeof JOB_SORTS)[number]}`;

export interface JobFilter {
  status?: JobStatus;
  type?: JobType;
  scheduleType?: ScheduleType;
  /** Part of the name or description, in any case. */
  search?: string;
  tag?: string;
  /** Administrators only: one owner's jobs. */
  owner?: string;
  /** Default `-createdAt`. */
  sort?: JobSort;
  page: number;
  limit: number;
}

@Injectable()
export class FindJobs {
  constructor(
    private readonly dataSource: DataSource,
    private readonly secrets: PayloadSecrets,
  ) {}

  /** @throws ChronosError NOT_FOUND when it is not there, deleted, or somebody else's */
  async get(actor: Actor, id: string): Promise<JobView> {
    return this.view(this.dataSource.manager, await this.#visible(actor, id));
  }

  /** @throws ChronosError NOT_FOUND as `get` */
  async assertVisible(actor: Actor, id: string): Promise<void> {
    await this.#visible(actor, id);
  }

  /** One page of the jobs the actor may see, and how many there are in all. */
  async list(actor: Actor, filter: JobFilter): Promise<{ items: JobView[]; total: number }> {
    const query = this.dataSource.manager.createQueryBuilder(JobEntity, 'job').where('job.deletedAt IS NULL');
    restrict(query, actor, filter);
    order(query, filter.sort ?? '-createdAt');
    const [jobs, total] = await query
      .skip((filter.page - 1) * filter.limit)
      .take(filter.limit)
      .getManyAndCount();
    const lastRuns = await findLastRuns(
      this.dataSource,
      jobs.map(({ id }) => id),
    );
    return { items: jobs.map((job) => this.#view(job, lastRuns)), total };
  }

  /** A job as its client sees it, read in the caller's transaction. */
  async view(manager: EntityManager, job: JobEntity): Promise<JobView> {
    return this.#view(job, await findLastRuns(manager, [job.id]));
  }

  #view(job: JobEntity, lastRuns: Map<string, LastRun>): JobView {
    return jobView(job, this.secrets.mask(job.payload), lastRuns.get(job.id));
  }

  async #visible(actor: Actor, id: string): Promise<JobEntity> {
    const job = await this.dataSource.manager.findOneBy(JobEntity, { id });
    if (!job || job.deletedAt || !canAccess(actor, job.ownerId)) throw ChronosError.notFound('job', id);
    return job;
  }
}

function restrict(query: SelectQueryBuilder<JobEntity>, actor: Actor, filter: JobFilter): void {
  const ownerId = actor.role === 'admin' ? filter.owner : actor.id;
  if (ownerId) query.andWhere('job.ownerId = :ownerId', { ownerId });
  if (filter.status) query.andWhere('job.status = :status', { status: filter.status });
  if (filter.type) query.andWhere('job.type = :type', { type: filter.type });
  if (filter.scheduleType)
    query.andWhere('job.scheduleType = :scheduleType', { scheduleType: filter.scheduleType });
  if (filter.tag) query.andWhere('job.tags @> ARRAY[:tag]::text[]', { tag: filter.tag });
  if (filter.search) {
    const pattern = `%${filter.search.replace(/[\\%_]/g, '\\$&')}%`;
    query.andWhere('(job.name ILIKE :pattern OR job.description ILIKE :pattern)', { pattern });
  }
}

function order(query: SelectQueryBuilder<JobEntity>, sort: JobSort): void {
  const direction = sort.startsWith('-') ? 'DESC' : 'ASC';
  query.orderBy(`job.${sort.replace(/^-/, '')}`, direction, 'NULLS LAST').addOrderBy('job.id', direction);
}

/** Computed, not stored: a counter that is stored drifts. One index look-up a job. */
async function findLastRuns(runner: SqlRunner, jobIds: string[]): Promise<Map<string, LastRun>> {
  if (jobIds.length === 0) return new Map();
  const rows = await queryRows<{ job_id: string; at: Date | null; status: ExecutionStatus }>(
    runner,
    `SELECT j.id AS job_id, e.started_at AS at, e.status
     FROM unnest($1::uuid[]) AS j(id)
     CROSS JOIN LATERAL (
       SELECT started_at, status FROM executions
       WHERE job_id = j.id AND status <> 'scheduled' ORDER BY scheduled_for DESC, id DESC LIMIT 1
     ) e`,
    [jobIds],
  );
  return new Map(rows.map(({ job_id, at, status }) => [job_id, { at, status }]));
}
