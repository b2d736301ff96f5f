import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type Actor, canAccess, ChronosError } from '#contracts';
import { containing } from '#database';
import {
  type ExecutionDetail,
  ExecutionEntity,
  type ExecutionFilter,
  type ExecutionList,
  executionPage,
  type ExecutionView,
  FindExecutions,
  type LogFilter,
  type LogList,
} from '#executions';
import { FindNotifications, type NotificationFilter, type NotificationList } from '#notifications';
import { JobEntity } from '../entities/job.entity.js';
import { FindJobs } from './find-jobs.service.js';

/** An execution in a list of several jobs'. */
export interface NamedExecutionView extends ExecutionView {
  jobName: string;
}

export interface AllExecutionsFilter extends ExecutionFilter {
  /** Part of the job's name, in any case. */
  search?: string;
  /** One owner's, of those the actor may see. */
  owner?: string;
}

/**
 * What became of a job's occurrences, for those who may see the job. A deleted job's history can still be read,
 * by its id or the execution's, until retention takes it: what ran is a fact that deleting the job does not undo.
 */
@Injectable()
export class FindHistory {
  constructor(
    private readonly dataSource: DataSource,
    private readonly executions: FindExecutions,
    private readonly notifications: FindNotifications,
    private readonly jobs: FindJobs,
  ) {}

  /** @throws ChronosError NOT_FOUND when there is no such execution, or its job is somebody else's */
  async execution(actor: Actor, id: string): Promise<ExecutionDetail> {
    const execution = await this.executions.getWithAttempts(id);
    if (await this.#canSee(actor, execution.jobId)) return execution;
    throw ChronosError.notFound('execution', id);
  }

  /** Of all jobs the actor may see, deleted ones among them; newest nominal time first. */
  async allExecutions(
    actor: Actor,
    { search, owner, ...filter }: AllExecutionsFilter,
  ): Promise<ExecutionList & { items: NamedExecutionView[] }> {
    const manager = this.dataSource.manager;
    const visible = manager
      .createQueryBuilder()
      .subQuery()
      .select('job.id')
      .from(JobEntity, 'job')
      .where('TRUE');
    if (actor.role !== 'admin') visible.andWhere('job.ownerId = :actorId');
    if (owner) visible.andWhere('job.ownerId = :owner');
    if (search) visible.andWhere('job.name ILIKE :pattern');
    const isNarrow = actor.role !== 'admin' || owner !== undefined || search !== undefined;
    const query = manager
      .createQueryBuilder(ExecutionEntity, 'execution')
      .where(isNarrow ? `execution.jobId IN ${visible.getQuery()}` : 'TRUE', {
        actorId: actor.id,
        owner,
        pattern: search === undefined ? undefined : containing(search),
      });
    const page = await executionPage(query, filter);
    const names = await this.jobs.names(
      actor,
      page.items.map(({ jobId }) => jobId),
    );
    const items = page.items.map((item) => Object.assign(item, { jobName: names.get(item.jobId) ?? '' }));
    return { ...page, items };
  }

  /**
   * Newest nominal time first.
   * @throws ChronosError NOT_FOUND when there never was such a job, or it is somebody else's
   */
  async executionsOf(actor: Actor, jobId: string, filter: ExecutionFilter): Promise<ExecutionList> {
    await this.#assertSeen(actor, jobId);
    return this.executions.listOfJob(jobId, filter);
  }

  /**
   * Newest first.
   * @throws ChronosError NOT_FOUND as `executionsOf`
   */
  async logsOf(actor: Actor, jobId: string, filter: LogFilter): Promise<LogList> {
    await this.#assertSeen(actor, jobId);
    return this.executions.listLogs(jobId, filter);
  }

  /**
   * Newest first.
   * @throws ChronosError NOT_FOUND as `executionsOf`
   */
  async notificationsOf(actor: Actor, jobId: string, filter: NotificationFilter): Promise<NotificationList> {
    await this.#assertSeen(actor, jobId);
    return this.notifications.list({ ...filter, jobId });
  }

  async #assertSeen(actor: Actor, jobId: string): Promise<void> {
    if (!(await this.#canSee(actor, jobId))) throw ChronosError.notFound('job', jobId);
  }

  async #canSee(actor: Actor, jobId: string): Promise<boolean> {
    const job = await this.dataSource.manager.findOne(JobEntity, {
      where: { id: jobId },
      select: { id: true, ownerId: true },
    });
    return job !== null && canAccess(actor, job.ownerId);
  }
}
