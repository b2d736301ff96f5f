import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import {
  type Actor,
  ChronosError,
  isLive,
  isRepeating,
  type JsonObject,
  type OverlapPolicy,
} from '#contracts';
import { queryRows, type SqlRunner, wakePlanners } from '#database';
import {
  cancelExecutions,
  concludeOneOffJobs,
  type ExecutionEntity,
  type ExecutionView,
  FindExecutions,
  insertExecutions,
  notifyChanges,
  type NewExecution,
} from '#executions';
import type { JobEntity } from '../entities/job.entity.js';
import { type IdempotencyRequest, runOnce } from '../idempotency/run-once.js';
import { definitionOf } from '../job-definition.js';
import { JobAudit } from './job-audit.service.js';
import { assertNotPaused } from '../system-pause/system-pause.service.js';
import { databaseNow, invalidState, lockJob } from './job-store.js';
import { ResolveDefinition } from './resolve-definition.service.js';

export interface TriggerInput {
  /** Runs with this payload instead of the job's own. */
  payload?: JsonObject;
  overlapPolicy?: OverlapPolicy;
  /** False: the jobs that run after this one do not follow. Default true. */
  runChildren?: boolean;
}

/** Runs people ask for, and runs they stop. */
@Injectable()
export class RunJob {
  constructor(
    private readonly dataSource: DataSource,
    private readonly definitions: ResolveDefinition,
    private readonly executions: FindExecutions,
    private readonly audit: JobAudit,
  ) {}

  /**
   * Runs a job now, beside its schedule.
   * @throws ChronosError NOT_FOUND, VALIDATION_FAILED, IDEMPOTENCY_KEY_REUSED, INVALID_STATE for a cancelled job,
   *   FORBIDDEN for a payload of a script job, SYSTEM_PAUSED, or ALREADY_RUNNING where the overlap policy is `skip` and an execution is not over
   */
  async trigger(
    actor: Actor,
    jobId: string,
    input: TriggerInput,
    idempotency?: IdempotencyRequest,
  ): Promise<ExecutionView> {
    return this.dataSource.transaction(async (manager) => {
      const job = await lockJob(manager, actor, jobId);
      return runOnce(manager, actor.id, idempotency, async () => {
        await assertRunnable(manager, job, input.overlapPolicy);
        const payloadOverride =
          input.payload &&
          (await this.definitions.resolvePayloadOverride(
            manager,
            actor,
            job.ownerId,
            definitionOf(job),
            input.payload,
          ));
        const execution = await this.#insert(manager, {
          ...runOf(job),
          trigger: 'manual',
          scheduledFor: await databaseNow(manager),
          overlapPolicy: input.overlapPolicy,
          payloadOverride,
          chain: input.runChildren === false ? 'alone' : 'own',
        });
        await this.audit.ran(manager, 'job.trigger', job, execution.id, {
          executionId: execution.id,
          ...(input.overlapPolicy && { overlapPolicy: input.overlapPolicy }),
          ...(input.runChildren === false && { runChildren: false }),
          ...(payloadOverride && { payload: payloadOverride }),
        });
        return execution;
      });
    });
  }

  /**
   * Runs an execution that is over once more, for the same nominal time, with the job as it is now. It takes the place of
   * the first in its chain: what that one kept from running runs after it.
   * @throws ChronosError NOT_FOUND, INVALID_STATE while it is not over, or as `trigger`
   */
  async retry(actor: Actor, executionId: string): Promise<ExecutionView> {
    return this.#onExecution(actor, executionId, async (manager, job, execution) => {
      if (isLive(execution.status)) {
        throw invalidState(`The execution is ${execution.status}; it can be retried when it is over.`);
      }
      await assertRunnable(manager, job, undefined);
      const now = await databaseNow(manager);
      const retried = await this.#insert(manager, {
        ...runOf(job),
        trigger: 'retry',
        scheduledFor: execution.scheduledFor.getTime(),
        effectiveAt: now,
        payloadOverride: execution.payloadOverride ?? undefined,
        retryOf: execution.id,
        chain: { run: execution.chainRun },
        parentIds: execution.parentIds ?? undefined,
      });
      await this.audit.ran(manager, 'execution.retry', job, executionId, { executionId: retried.id });
      return retried;
    });
  }

  /**
   * Cancels an execution. What runs is asked to end and is killed 5 s later; read it again to see it `cancelled`.
   * @throws ChronosError NOT_FOUND, or INVALID_STATE when it is over
   */
  async cancelExecution(actor: Actor, executionId: string): Promise<ExecutionView> {
    return this.#onExecution(actor, executionId, async (manager, job, execution) => {
      const cancelled = await cancelExecutions(manager, { executionId }, 'cancelled_by_user');
      if (cancelled.length === 0) throw invalidState(`The execution is over: ${execution.status}.`);
      if (!isRepeating(job.scheduleType)) {
        const concluded = await concludeOneOffJobs(
          manager,
          cancelled.filter(({ status }) => status === 'cancelled'),
        );
        await notifyChanges(manager, concluded);
      }
      const now = await this.executions.get(executionId, manager);
      await this.audit.ran(manager, 'execution.cancel', job, executionId, { status: now.status });
      return now;
    });
  }

  async #insert(manager: EntityManager, execution: NewExecution): Promise<ExecutionView> {
    const [inserted] = await insertExecutions(manager, [execution]);
    if (!inserted) throw new Error('The execution was not inserted.');
    await wakePlanners(manager);
    const { id, jobId } = inserted;
    await notifyChanges(manager, [{ kind: 'execution', id, jobId, status: 'scheduled' }]);
    return this.executions.get(id, manager);
  }

  /** Reads the execution, then locks its job: jobs are locked before executions everywhere. */
  #onExecution<Answer>(
    actor: Actor,
    executionId: string,
    work: (manager: EntityManager, job: JobEntity, execution: ExecutionEntity) => Promise<Answer>,
  ): Promise<Answer> {
    return this.dataSource.transaction(async (manager) => {
      const { jobId } = await this.executions.entity(executionId, manager);
      const job = await lockJob(manager, actor, jobId).catch((error: unknown) => {
        if (error instanceof ChronosError && error.code === 'NOT_FOUND') {
          throw ChronosError.notFound('execution', executionId);
        }
        throw error;
      });
      return work(manager, job, await this.executions.entity(executionId, manager));
    });
  }
}

function runOf(job: JobEntity) {
  return {
    jobId: job.id,
    type: job.type,
    status: 'scheduled' as const,
    priority: job.priority,
    maxAttempts: job.maxRetries + 1,
  };
}

async function assertRunnable(
  runner: SqlRunner,
  job: JobEntity,
  overlapPolicy: OverlapPolicy | undefined,
): Promise<void> {
  if (job.status === 'cancelled')
    throw invalidState('The job was cancelled for good; create a new one instead.');
  await assertNotPaused(runner);
  if ((overlapPolicy ?? job.overlapPolicy) !== 'skip') return;
  const [occupying] = await queryRows<{ id: string }>(
    runner,
    `SELECT id FROM executions WHERE job_id = $1
     AND (status IN ('queued', 'running', 'retrying') OR (status = 'scheduled' AND due_at <= now())) LIMIT 1`,
    [job.id],
  );
  if (!occupying) return;
  throw new ChronosError(
    'ALREADY_RUNNING',
    `Execution ${occupying.id} of this job is not over, and its overlap policy is "skip". ` +
      'Wait for it, cancel it, or trigger with { "overlapPolicy": "allow_all" }.',
  );
}
