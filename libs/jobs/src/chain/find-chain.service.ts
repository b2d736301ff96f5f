import { Injectable } from '@nestjs/common';
import { DataSource, In } from 'typeorm';
import type { Actor, ChainCondition, ExecutionStatus, JobStatus, JobType, ScheduleType } from '#contracts';
import { queryRows } from '#database';
import { JobEntity } from '../entities/job.entity.js';
import { nextRunOf } from '../job-view.js';
import { FindJobs, findLastRuns } from '../read/find-jobs.service.js';

/** A job among those it is linked with. */
export interface ChainJob {
  id: string;
  name: string;
  type: JobType;
  scheduleType: ScheduleType;
  status: JobStatus;
  nextRunAt: string | null;
  lastRunAt: string | null;
  lastStatus: ExecutionStatus | null;
}

/** One job that runs after another. */
export interface ChainEdgeView {
  parentId: string;
  childId: string;
  on: ChainCondition;
}

export interface ChainView {
  jobs: ChainJob[];
  links: ChainEdgeView[];
  /** There are more jobs than are told. */
  isTruncated: boolean;
}

/** The most jobs one answer holds. */
const MAX_JOBS = 500;

/** A job with all it is linked with, by however many others: as a picture shows it. */
@Injectable()
export class FindChain {
  constructor(
    private readonly dataSource: DataSource,
    private readonly jobs: FindJobs,
  ) {}

  /**
   * The job itself first, the others by name. A job without links is alone.
   * @throws ChronosError NOT_FOUND
   */
  async chain(actor: Actor, jobId: string): Promise<ChainView> {
    await this.jobs.visible(actor, jobId);
    const found = await queryRows<{ id: string }>(this.dataSource, AROUND, [jobId, MAX_JOBS + 1]);
    const ids = found.slice(0, MAX_JOBS).map(({ id }) => id);
    const rows = await this.dataSource.manager.findBy(JobEntity, { id: In(ids) });
    const lastRuns = await findLastRuns(this.dataSource, ids);
    const byId = new Map(rows.map((job) => [job.id, job]));
    const jobs = ids.flatMap((id) => byId.get(id) ?? []);
    return {
      jobs: jobs.map((job) => ({
        id: job.id,
        name: job.name,
        type: job.type,
        scheduleType: job.scheduleType,
        status: job.status,
        nextRunAt: nextRunOf(job),
        lastRunAt: lastRuns.get(job.id)?.at?.toISOString() ?? null,
        lastStatus: lastRuns.get(job.id)?.status ?? null,
      })),
      links: jobs.flatMap(({ id: childId, after }) =>
        after
          .filter((link) => byId.has(link.jobId))
          .map((link) => ({ parentId: link.jobId, childId, on: link.on })),
      ),
      isTruncated: found.length > MAX_JOBS,
    };
  }
}

const AROUND = `
  WITH RECURSIVE around AS (
    SELECT $1::uuid AS id
    UNION
    SELECT n.id FROM around a
    CROSS JOIN LATERAL (
      SELECT parent_id AS id FROM chain_links WHERE child_id = a.id
      UNION ALL
      SELECT child_id FROM chain_links WHERE parent_id = a.id
    ) n
  )
  SELECT j.id FROM around a JOIN jobs j ON j.id = a.id ORDER BY j.id <> $1, j.name, j.id LIMIT $2`;
