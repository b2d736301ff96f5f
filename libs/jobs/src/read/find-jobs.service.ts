import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, In, type SelectQueryBuilder } from 'typeorm';
import {
  type Actor,
  canAccess,
  ChronosError,
  type ExecutionStatus,
  type JobStatus,
  type JobType,
  type ScheduleType,
} from '#contracts';
import { containing, queryRows, type SqlRunner } from '#database';
import { isSystemHeld } from '#executions';
import { PayloadSecrets } from '#secrets';
import { JobEntity } from '../entities/job.entity.js';
import { jobView, type JobView, type LastRun } from '../job-view.js';
import { runsNextAt } from '../schedule/next-run.js';

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

/** Which jobs, of those the actor may see. */
export interface JobSelection {
  status?: JobStatus;
  type?: JobType;
  scheduleType?: ScheduleType;
  /** Part of the name or description, in any case. */
  search?: string;
  tag?: string;
  /** A calendar they name. */
  calendar?: string;
  /** One owner's jobs, of those the actor may see. */
  owner?: string;
}

export interface JobFilter extends JobSelection {
  /** Default `-createdAt`. */
  sort?: JobSort;
  page: number;
  limit: number;
  /** Starts after this job instead of at `page`, in the same order. */
  after?: JobPosition;
}

/** Where a job stands in a list: the value it is sorted by, and its id. */
export interface JobPosition {
  value: Date | string | number | null;
  id: string;
}

export interface JobList {
  items: JobView[];
  /** How many there are in all, whatever the page. */
  total: number;
  /** The last job of this page, or null where no other follows. */
  last: JobPosition | null;
}

@Injectable()
export class FindJobs {
  constructor(
    private readonly dataSource: DataSource,
    private readonly secrets: PayloadSecrets,
  ) {}

  /** @throws ChronosError NOT_FOUND when it is not there, deleted, or somebody else's */
  async get(actor: Actor, id: string): Promise<JobView> {
    return this.view(this.dataSource.manager, await this.visible(actor, id));
  }

  /** One page of the jobs the actor may see, and how many there are in all. */
  async list(actor: Actor, filter: JobFilter): Promise<JobList> {
    const { sort = '-createdAt', page, limit, after } = filter;
    const query = this.dataSource.manager.createQueryBuilder(JobEntity, 'job').where('job.deletedAt IS NULL');
    restrict(query, actor, filter);
    const total = await query.getCount();
    const isHeld = await isSystemHeld(this.dataSource);
    if (after) startAfter(query, sort, isHeld, after);
    else query.skip((page - 1) * limit);
    order(query, sort, isHeld);
    const found = await query.take(limit + 1).getMany();
    const jobs = found.slice(0, limit);
    const lastRuns = await findLastRuns(
      this.dataSource,
      jobs.map(({ id }) => id),
    );
    const last = found.length > limit ? jobs.at(-1) : undefined;
    return {
      items: jobs.map((job) => this.#view(job, { lastRun: lastRuns.get(job.id), isHeld })),
      total,
      last: last ? { value: sortValue(last, fieldOf(sort), isHeld), id: last.id } : null,
    };
  }

  /** The ids of jobs in the order of their ids, and how many of the selection come after them. */
  async select(
    actor: Actor,
    selection: JobSelection,
    { after, limit }: { after: string | undefined; limit: number },
  ): Promise<{ ids: string[]; remaining: number }> {
    const query = this.dataSource.manager
      .createQueryBuilder(JobEntity, 'job')
      .select(['job.id'])
      .where('job.deletedAt IS NULL');
    restrict(query, actor, selection);
    if (after) query.andWhere('job.id > :after', { after });
    const total = await query.getCount();
    const ids = (await query.orderBy('job.id').take(limit).getMany()).map(({ id }) => id);
    return { ids, remaining: total - ids.length };
  }

  /** The names of those of them that the actor may see. */
  async names(actor: Actor, ids: string[]): Promise<Map<string, string>> {
    const jobs = await this.dataSource.manager.find(JobEntity, {
      where: { id: In(ids), ...(actor.role !== 'admin' && { ownerId: actor.id }) },
      select: { id: true, name: true },
    });
    return new Map(jobs.map(({ id, name }) => [id, name]));
  }

  /** A job as its client sees it, read in the caller's transaction. */
  async view(manager: EntityManager, job: JobEntity): Promise<JobView> {
    const lastRuns = await findLastRuns(manager, [job.id]);
    return this.#view(job, { lastRun: lastRuns.get(job.id), isHeld: await isSystemHeld(manager) });
  }

  #view(job: JobEntity, situation: { lastRun: LastRun | undefined; isHeld: boolean }): JobView {
    return jobView(job, (stored) => this.secrets.mask(stored), situation);
  }

  /** @throws ChronosError NOT_FOUND, as `get` */
  async visible(actor: Actor, id: string): Promise<JobEntity> {
    const job = await this.dataSource.manager.findOneBy(JobEntity, { id });
    if (!job || job.deletedAt || !canAccess(actor, job.ownerId)) throw ChronosError.notFound('job', id);
    return job;
  }
}

function restrict(query: SelectQueryBuilder<JobEntity>, actor: Actor, filter: JobSelection): void {
  if (actor.role !== 'admin') query.andWhere('job.ownerId = :actorId', { actorId: actor.id });
  if (filter.owner) query.andWhere('job.ownerId = :owner', { owner: filter.owner });
  if (filter.status) query.andWhere('job.status = :status', { status: filter.status });
  if (filter.type) query.andWhere('job.type = :type', { type: filter.type });
  if (filter.scheduleType)
    query.andWhere('job.scheduleType = :scheduleType', { scheduleType: filter.scheduleType });
  if (filter.tag) query.andWhere('job.tags @> ARRAY[:tag]::text[]', { tag: filter.tag });
  if (filter.calendar) {
    query.andWhere(`job.calendars <> '{}' AND job.calendars @> ARRAY[:calendar]::uuid[]`, {
      calendar: filter.calendar,
    });
  }
  if (filter.search) {
    query.andWhere('(job.name ILIKE :pattern OR job.description ILIKE :pattern)', {
      pattern: containing(filter.search),
    });
  }
}

type SortField = (typeof JOB_SORTS)[number];

function fieldOf(sort: JobSort): SortField {
  return sort.replace(/^-/, '') as SortField;
}

/** The one order in which a job may have no place of its own: those come last, whichever way round. */
const NULLABLE: SortField = 'nextRunAt';

/** As it is shown: the next that is not skipped; what is paused has none, whatever it keeps for its resume. */
function sortColumn(field: SortField, isHeld: boolean): string {
  if (field !== NULLABLE) return `job.${field}`;
  return `CASE WHEN ${isHeld ? 'TRUE' : `job.status <> 'active'`} THEN NULL
    WHEN job.nextRunAt = job.skipFrom THEN job.runsAt ELSE job.nextRunAt END`;
}

function sortValue(job: JobEntity, field: SortField, isHeld: boolean): JobPosition['value'] {
  if (field !== NULLABLE) return job[field];
  return job.status === 'active' && !isHeld ? runsNextAt(job) : null;
}

function order(query: SelectQueryBuilder<JobEntity>, sort: JobSort, isHeld: boolean): void {
  const direction = sort.startsWith('-') ? 'DESC' : 'ASC';
  const field = fieldOf(sort);
  // Said only where it matters: an index read backwards has its nulls first, and would not be used.
  query.orderBy(sortColumn(field, isHeld), direction, field === NULLABLE ? 'NULLS LAST' : undefined);
  query.addOrderBy('job.id', direction);
}

function startAfter(
  query: SelectQueryBuilder<JobEntity>,
  sort: JobSort,
  isHeld: boolean,
  { value, id }: JobPosition,
): void {
  const isLater = sort.startsWith('-') ? '<' : '>';
  const field = fieldOf(sort);
  const column = sortColumn(field, isHeld);
  if (value === null) {
    query.andWhere(`${column} IS NULL AND job.id ${isLater} :afterId`, { afterId: id });
    return;
  }
  const position = `(${column}, job.id) ${isLater} (:afterValue, :afterId)`;
  query.andWhere(field === NULLABLE ? `(${position} OR ${column} IS NULL)` : position, {
    afterValue: value,
    afterId: id,
  });
}

/** Computed, not stored: a counter that is stored drifts. One index look-up a job. */
export async function findLastRuns(runner: SqlRunner, jobIds: string[]): Promise<Map<string, LastRun>> {
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
