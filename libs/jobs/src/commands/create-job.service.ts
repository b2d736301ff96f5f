import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { holdCalendars } from '#calendars';
import { type Actor, JOB_LIMITS } from '#contracts';
import { newId, wakePlanners } from '#database';
import { isSystemHeld } from '#executions';
import { PayloadSecrets } from '#secrets';
import { lockChains, lockChainsOf, parentsOf, saveLinks } from '../chain/chain-links.js';
import { JobEntity } from '../entities/job.entity.js';
import { type IdempotencyRequest, runOnce } from '../idempotency/run-once.js';
import { definitionOf, type JobDefinition } from '../job-definition.js';
import type { JobInput, JobPatch } from '../job-input.js';
import { jobView, type JobView } from '../job-view.js';
import { armJob } from './arm-job.js';
import { applyDefinition, databaseNow, lockJob, saveJob, saveNewVersion } from './job-store.js';
import { JobAudit } from './job-audit.service.js';
import { ResolveDefinition } from './resolve-definition.service.js';

const COPY = ' (copy)';

@Injectable()
export class CreateJob {
  constructor(
    private readonly dataSource: DataSource,
    private readonly definitions: ResolveDefinition,
    private readonly secrets: PayloadSecrets,
    private readonly audit: JobAudit,
  ) {}

  /**
   * Stores a job; once this resolves it will run, whatever process dies next.
   * @throws ChronosError VALIDATION_FAILED, FORBIDDEN (script jobs) or IDEMPOTENCY_KEY_REUSED
   */
  async create(actor: Actor, input: JobInput, idempotency?: IdempotencyRequest): Promise<JobView> {
    return this.dataSource.transaction((manager) =>
      runOnce(manager, actor.id, idempotency, async () => {
        // Within the key's turn: a replay must be answered as the first request was, not be judged by a later clock.
        const parentIds = input.after?.map(({ jobId }) => jobId) ?? [];
        if (input.scheduleType === 'chained') await lockChains(manager, actor.id, parentIds);
        const definition = await this.definitions.resolve(manager, actor, actor.id, input);
        return this.#store(manager, actor, actor.id, definition, { isPaused: false });
      }),
    );
  }

  /**
   * A new job like another, secrets among it, with what `patch` says instead. It belongs to the same owner, is named
   * "... (copy)" unless told otherwise, and is paused until somebody resumes it.
   * @throws ChronosError NOT_FOUND, VALIDATION_FAILED, or FORBIDDEN (script jobs)
   */
  async clone(actor: Actor, id: string, patch: JobPatch): Promise<JobView> {
    return this.dataSource.transaction(async (manager) => {
      // Before the job, as everywhere: who changes a calendar holds it and then its jobs.
      await holdCalendars(manager, actor.id, patch.calendars ?? []);
      await lockChainsOf(
        manager,
        id,
        patch.after?.map(({ jobId }) => jobId) ?? (await parentsOf(manager, id)),
      );
      const source = await lockJob(manager, actor, id);
      const name = `${source.name.slice(0, JOB_LIMITS.name - COPY.length)}${COPY}`;
      const definition = await this.definitions.resolve(
        manager,
        actor,
        source.ownerId,
        { name, ...patch },
        { definition: definitionOf(source) },
      );
      return this.#store(manager, actor, source.ownerId, definition, { isPaused: true });
    });
  }

  async #store(
    manager: EntityManager,
    actor: Actor,
    ownerId: string,
    definition: JobDefinition,
    { isPaused }: { isPaused: boolean },
  ): Promise<JobView> {
    const now = await databaseNow(manager);
    const job = manager.create(JobEntity, {
      id: newId(),
      ownerId,
      status: isPaused ? 'paused' : 'active',
      statusReason: isPaused ? 'it is a copy; resume it when it is as it should be' : null,
      pausedAt: isPaused ? new Date(now) : null,
      version: 1,
      createdAt: new Date(now),
      nextRunAt: null,
    });
    applyDefinition(job, definition);
    await saveNewVersion(manager, job, actor, now);
    if (isPaused && job.scheduleType === 'immediate') job.nextRunAt = new Date(now);
    else await armJob(manager, job, now);
    await saveJob(manager, job);
    await saveLinks(manager, job);
    await this.audit.changed(manager, 'job.create', job);
    await wakePlanners(manager);
    const isHeld = await isSystemHeld(manager);
    return jobView(job, (stored) => this.secrets.mask(stored), { isHeld });
  }
}
