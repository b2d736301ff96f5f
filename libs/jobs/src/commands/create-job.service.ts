import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Actor } from '#contracts';
import { newId, wakePlanners } from '#database';
import { PayloadSecrets } from '#secrets';
import { JobEntity } from '../entities/job.entity.js';
import { type IdempotencyRequest, runOnce } from '../idempotency/run-once.js';
import type { JobInput } from '../job-input.js';
import { jobView, type JobView } from '../job-view.js';
import { armJob } from './arm-job.js';
import { applyDefinition, databaseNow, saveJob, saveNewVersion } from './job-store.js';
import { JobAudit } from './job-audit.service.js';
import { ResolveDefinition } from './resolve-definition.service.js';

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
        const definition = await this.definitions.resolve(manager, actor, actor.id, input);
        const now = await databaseNow(manager);
        const job = manager.create(JobEntity, {
          id: newId(),
          ownerId: actor.id,
          status: 'active',
          version: 1,
          createdAt: new Date(now),
          nextRunAt: null,
        });
        applyDefinition(job, definition);
        await saveNewVersion(manager, job, actor, now);
        await armJob(manager, job, now);
        await saveJob(manager, job);
        await this.audit.changed(manager, 'job.create', job);
        await wakePlanners(manager);
        return jobView(job, (stored) => this.secrets.mask(stored), undefined);
      }),
    );
  }
}
