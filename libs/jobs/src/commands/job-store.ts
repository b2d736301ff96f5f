import type { EntityManager } from 'typeorm';
import { type Actor, canAccess, ChronosError } from '#contracts';
import type { SqlRunner } from '#database';
import { notifyChanges } from '#executions';
import { JobEntity } from '../entities/job.entity.js';
import { JobVersionEntity } from '../entities/job-version.entity.js';
import { definitionOf, type JobDefinition } from '../job-definition.js';

/**
 * The job, locked until the transaction ends: commands on one job take turns with each other, with the planner and
 * with dispatch.
 * @throws ChronosError NOT_FOUND when it is not there, deleted, or somebody else's
 */
export async function lockJob(manager: EntityManager, actor: Actor, id: string): Promise<JobEntity> {
  const job = await manager.findOne(JobEntity, {
    where: { id },
    lock: { mode: 'for_no_key_update' },
  });
  if (!job || job.deletedAt || !canAccess(actor, job.ownerId)) throw ChronosError.notFound('job', id);
  return job;
}

/** Puts a definition's values onto a job row. */
export function applyDefinition(job: JobEntity, definition: JobDefinition): void {
  const { scheduledAt, startsAt, endsAt, ...rest } = definition;
  Object.assign(job, rest);
  job.scheduledAt = scheduledAt === null ? null : new Date(scheduledAt);
  job.startsAt = startsAt === null ? null : new Date(startsAt);
  job.endsAt = endsAt === null ? null : new Date(endsAt);
}

/**
 * Stores the job and, with it, the version its executions run from.
 * @param now from when on it is in force: nominal times after this one are its own
 */
export async function saveNewVersion(
  manager: EntityManager,
  job: JobEntity,
  actor: Actor,
  now: number,
): Promise<void> {
  await saveJob(manager, job);
  await manager.insert(JobVersionEntity, {
    jobId: job.id,
    version: job.version,
    // TypeORM's insert type takes a JSON column apart; the definition goes in whole.
    definition: definitionOf(job) as never,
    changedBy: actor.id,
    effectiveAt: new Date(now),
    // The schedule of a job that has ended is not in force.
    untilAt: job.status === 'active' || job.status === 'paused' ? null : new Date(now),
  });
}

/** Stores the job and tells those who watch. */
export async function saveJob(manager: EntityManager, job: JobEntity): Promise<void> {
  job.updatedAt = new Date();
  await manager.save(JobEntity, job);
  const status = job.deletedAt ? 'deleted' : job.status;
  await notifyChanges(manager, [{ kind: 'job', jobId: job.id, status }]);
}

/** The database's clock, in epoch milliseconds: what all due times are in. */
export async function databaseNow(runner: SqlRunner): Promise<number> {
  const rows = (await runner.query('SELECT clock_timestamp()::timestamptz(3) AS now')) as { now: Date }[];
  const [row] = rows;
  if (!row) throw new Error('The database did not tell the time.');
  return row.now.getTime();
}

export function invalidState(message: string): ChronosError {
  return new ChronosError('INVALID_STATE', message);
}
