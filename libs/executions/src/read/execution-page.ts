import type { SelectQueryBuilder } from 'typeorm';
import type { ExecutionStatus, ExecutionTrigger, JobType } from '#contracts';
import type { ExecutionEntity } from '../entities/execution.entity.js';
import { executionView, type ExecutionView } from './execution-view.js';

export interface ExecutionFilter {
  /** Any of these; empty or undefined: all. */
  status?: readonly ExecutionStatus[];
  type?: JobType;
  trigger?: ExecutionTrigger;
  /** Nominal times, both ends included. */
  from?: Date;
  to?: Date;
  page: number;
  limit: number;
  /** Starts after this execution instead of at `page`. */
  after?: ExecutionPosition;
}

/** Where an execution stands in a list. */
export interface ExecutionPosition {
  scheduledFor: Date;
  id: string;
}

export interface ExecutionList {
  items: ExecutionView[];
  /** How many there are in all, whatever the page. */
  total: number;
  /** The last execution of this page, or null where no other follows. */
  last: ExecutionPosition | null;
}

/**
 * A page of what a query selects, newest nominal time first.
 * @param query selects executions under the alias `execution`, and has a condition already
 */
export async function executionPage(
  query: SelectQueryBuilder<ExecutionEntity>,
  filter: ExecutionFilter,
): Promise<ExecutionList> {
  const { page, limit, after } = filter;
  if (filter.status?.length) query.andWhere('execution.status IN (:...status)', { status: filter.status });
  if (filter.type) query.andWhere('execution.type = :type', { type: filter.type });
  if (filter.trigger) query.andWhere('execution.trigger = :trigger', { trigger: filter.trigger });
  if (filter.from) query.andWhere('execution.scheduledFor >= :from', { from: filter.from });
  if (filter.to) query.andWhere('execution.scheduledFor <= :to', { to: filter.to });
  const total = await query.getCount();
  if (after) query.andWhere('(execution.scheduledFor, execution.id) < (:scheduledFor, :id)', after);
  else query.skip((page - 1) * limit);
  const found = await query
    .orderBy('execution.scheduledFor', 'DESC')
    .addOrderBy('execution.id', 'DESC')
    .take(limit + 1)
    .getMany();
  const executions = found.slice(0, limit);
  const last = found.length > limit ? executions.at(-1) : undefined;
  return {
    items: executions.map(executionView),
    total,
    last: last ? { scheduledFor: last.scheduledFor, id: last.id } : null,
  };
}
