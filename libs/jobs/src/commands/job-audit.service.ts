import { Injectable } from '@nestjs/common';
import { type AuditAction, changesBetween, recordAudit } from '#audit';
import type { JsonObject } from '#contracts';
import type { SqlRunner } from '#database';
import { isSealed, PayloadSecrets } from '#secrets';
import type { JobEntity } from '../entities/job.entity.js';
import { jobView, type JobView } from '../job-view.js';

/** A job as the trail compares it: what a client sees of what commands change, by the names it has there. Secrets are sealed. */
export type JobState = JsonObject;

/** Takes down what a job is like, before a command changes it. */
export function stateOf(job: JobEntity): JobState {
  const view: Partial<JobView> = jobView(job, (stored) => stored, { isHeld: false });
  for (const field of UNCHANGED) delete view[field];
  return JSON.parse(JSON.stringify(view)) as JsonObject;
}

/** Says nothing of a command, or is said elsewhere in the event. */
const UNCHANGED = [
  'id',
  'ownerId',
  'lastRunAt',
  'lastStatus',
  'createdAt',
  'updatedAt',
] as const satisfies (keyof JobView)[];

/** Puts on the audit trail what is done to jobs and their executions, secrets masked as answers mask them. */
@Injectable()
export class JobAudit {
  constructor(private readonly secrets: PayloadSecrets) {}

  /** A command on a job: the fields it changed; for a new job, given no `before`, all of them. */
  async changed(runner: SqlRunner, action: AuditAction, job: JobEntity, before?: JobState): Promise<void> {
    const changes = changesBetween(before ?? {}, stateOf(job), isSealed);
    await recordAudit(runner, {
      action,
      target: { type: 'job', id: job.id },
      jobId: job.id,
      ownerId: job.ownerId,
      before: this.secrets.mask(changes.before),
      after: this.secrets.mask(changes.after),
    });
  }

  /** A message that was asked for. */
  async notified(
    runner: SqlRunner,
    action: 'job.test_notifications' | 'job.resend_notification',
    job: JobEntity,
    after: JsonObject,
  ): Promise<void> {
    const target = { type: 'job', id: job.id } as const;
    await recordAudit(runner, { action, target, jobId: job.id, ownerId: job.ownerId, after });
  }

  /** A run that was asked for or stopped. */
  async ran(
    runner: SqlRunner,
    action: 'job.trigger' | 'execution.cancel' | 'execution.retry',
    job: JobEntity,
    executionId: string,
    after: JsonObject,
  ): Promise<void> {
    await recordAudit(runner, {
      action,
      target: action === 'job.trigger' ? { type: 'job', id: job.id } : { type: 'execution', id: executionId },
      jobId: job.id,
      ownerId: job.ownerId,
      after: this.secrets.mask(after),
    });
  }
}
