import type { ExecutionReason, ExecutionStatus } from '#contracts';
import { queryRows, type SqlRunner } from '#database';
import type { ExecutionEntity } from '../entities/execution.entity.js';

/** An execution of another job in the same chain. */
export interface RelatedExecution {
  executionId: string;
  jobId: string;
  jobName: string;
  status: ExecutionStatus;
  reason: ExecutionReason | null;
}

/** What set an execution off, or kept it from running, and what it set off, or kept from running. By name. */
export interface ExecutionRelatives {
  parents: RelatedExecution[];
  children: RelatedExecution[];
}

export async function findRelatives(
  runner: SqlRunner,
  { id, scheduledFor, parentIds }: ExecutionEntity,
): Promise<ExecutionRelatives> {
  const parents = parentIds ? await read(runner, 'e.id = ANY($1::uuid[])', parentIds, scheduledFor) : [];
  return { parents, children: await read(runner, 'e.parent_ids @> $1::uuid[]', [id], scheduledFor) };
}

/** All of a chain have one nominal time, so one partition is looked into. */
async function read(
  runner: SqlRunner,
  where: string,
  ids: string[],
  scheduledFor: Date,
): Promise<RelatedExecution[]> {
  return queryRows<RelatedExecution>(
    runner,
    `SELECT e.id AS "executionId", e.job_id AS "jobId", j.name AS "jobName", e.status, e.reason
     FROM executions e JOIN jobs j ON j.id = e.job_id
     WHERE ${where} AND e.scheduled_for = $2 ORDER BY j.name, e.id`,
    [ids, scheduledFor],
  );
}
