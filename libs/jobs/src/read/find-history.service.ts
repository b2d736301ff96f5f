import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type Actor, canAccess, ChronosError } from '#contracts';
import {
  type AttemptView,
  type ExecutionFilter,
  type ExecutionList,
  type ExecutionView,
  FindExecutions,
  type LogFilter,
  type LogList,
} from '#executions';
import { FindNotifications, type NotificationFilter, type NotificationList } from '#notifications';
import { JobEntity } from '../entities/job.entity.js';

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
  ) {}

  /** @throws ChronosError NOT_FOUND when there is no such execution, or its job is somebody else's */
  async execution(actor: Actor, id: string): Promise<ExecutionView & { attempts: AttemptView[] }> {
    const execution = await this.executions.getWithAttempts(id);
    if (await this.#canSee(actor, execution.jobId)) return execution;
    throw ChronosError.notFound('execution', id);
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
    return this.notifications.listOfJob(jobId, filter);
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
