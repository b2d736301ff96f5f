import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { ChronosError, type JsonObject, type LogLevel } from '#contracts';
import { containing } from '#database';
import { ExecutionAttemptEntity } from '../entities/execution-attempt.entity.js';
import { ExecutionEntity } from '../entities/execution.entity.js';
import { JobLogEntity } from '../entities/job-log.entity.js';
import { type ExecutionFilter, type ExecutionList, executionPage } from './execution-page.js';
import { type AttemptView, attemptViews, executionView, type ExecutionView } from './execution-view.js';
import { type ExecutionRelatives, findRelatives } from './related-executions.js';

export interface LogFilter {
  level?: LogLevel;
  executionId?: string;
  /** Part of the message, in any case. */
  search?: string;
  page: number;
  limit: number;
  /** Starts after the line of this id instead of at `page`. */
  afterId?: string;
}

export interface LogList {
  items: LogView[];
  /** How many there are in all, whatever the page. */
  total: number;
  /** The id of the last line of this page, or null where no other follows. */
  lastId: string | null;
}

export interface LogView {
  id: string;
  executionId: string;
  attempt: number;
  level: LogLevel;
  message: string;
  data: JsonObject | null;
  loggedAt: string;
}

/** All there is to say of one execution. */
export interface ExecutionDetail extends ExecutionView, ExecutionRelatives {
  attempts: AttemptView[];
}

/** Reads the ledger. Whether the reader may is the caller's question. */
@Injectable()
export class FindExecutions {
  constructor(private readonly dataSource: DataSource) {}

  /** @throws ChronosError NOT_FOUND */
  async entity(id: string, manager: EntityManager = this.dataSource.manager): Promise<ExecutionEntity> {
    const execution = await manager
      .createQueryBuilder(ExecutionEntity, 'execution')
      .where('execution.id = :id', { id })
      .getOne();
    if (!execution) throw ChronosError.notFound('execution', id);
    return execution;
  }

  /** @throws ChronosError NOT_FOUND */
  async get(id: string, manager?: EntityManager): Promise<ExecutionView> {
    return executionView(await this.entity(id, manager));
  }

  /** @throws ChronosError NOT_FOUND */
  async getWithAttempts(id: string): Promise<ExecutionDetail> {
    const execution = await this.entity(id);
    const attempts = await this.dataSource.manager.find(ExecutionAttemptEntity, {
      where: { executionId: id, scheduledFor: execution.scheduledFor },
      order: { attempt: 'ASC' },
    });
    const relatives = await findRelatives(this.dataSource, execution);
    return { ...executionView(execution), attempts: attemptViews(execution, attempts), ...relatives };
  }

  /** A job's executions, newest nominal time first. */
  listOfJob(jobId: string, filter: ExecutionFilter): Promise<ExecutionList> {
    const query = this.dataSource.manager
      .createQueryBuilder(ExecutionEntity, 'execution')
      .where('execution.jobId = :jobId', { jobId });
    return executionPage(query, filter);
  }

  /** The lines of an execution in the order they were written, from the one after `afterId` on. */
  async logsAfter(executionId: string, afterId: string | undefined, limit: number): Promise<LogView[]> {
    const query = this.dataSource.manager
      .createQueryBuilder(JobLogEntity, 'log')
      .where('log.executionId = :executionId', { executionId });
    if (afterId) query.andWhere('log.id > :afterId', { afterId });
    const lines = await query.orderBy('log.id', 'ASC').take(limit).getMany();
    return lines.map(logView);
  }

  /** A job's log lines, newest first. */
  async listLogs(jobId: string, filter: LogFilter): Promise<LogList> {
    const { page, limit, afterId } = filter;
    const query = this.dataSource.manager
      .createQueryBuilder(JobLogEntity, 'log')
      .where('log.jobId = :jobId', { jobId });
    if (filter.level) query.andWhere('log.level = :level', { level: filter.level });
    if (filter.executionId)
      query.andWhere('log.executionId = :executionId', { executionId: filter.executionId });
    if (filter.search) {
      query.andWhere('log.message ILIKE :pattern', { pattern: containing(filter.search) });
    }
    const total = await query.getCount();
    if (afterId) query.andWhere('log.id < :afterId', { afterId });
    else query.skip((page - 1) * limit);
    const found = await query
      .orderBy('log.id', 'DESC')
      .take(limit + 1)
      .getMany();
    const lines = found.slice(0, limit);
    return {
      items: lines.map(logView),
      total,
      lastId: found.length > limit ? (lines.at(-1)?.id ?? null) : null,
    };
  }
}

function logView({ id, executionId, attempt, level, message, data, loggedAt }: JobLogEntity): LogView {
  return { id, executionId, attempt, level, message, data, loggedAt: loggedAt.toISOString() };
}
