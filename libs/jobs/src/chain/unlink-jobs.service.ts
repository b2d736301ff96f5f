import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type Actor, ChronosError } from '#contracts';
import { closeVersion } from '../ledger/close-version.js';
import { JobAudit, stateOf } from '../commands/job-audit.service.js';
import { saveNewVersion } from '../commands/job-store.js';
import { JobEntity } from '../entities/job.entity.js';
import { childrenOf, lockChainsOf, saveLinks } from './chain-links.js';

/** As many as a message can hold and a person read. */
const NAMED = 10;

/** Locks a job and those that run after it, in the order in which jobs are locked everywhere. */
export async function lockWithChildren(manager: EntityManager, jobId: string): Promise<void> {
  const children = await childrenOf(manager, jobId);
  await lockChainsOf(
    manager,
    jobId,
    children.map(({ id }) => id),
  );
}

/** Takes a job that is to be deleted out of what others run after. */
@Injectable()
export class UnlinkJobs {
  constructor(private readonly audit: JobAudit) {}

  /**
   * A job that ran after nothing else is completed by it. Call it with the jobs locked (`lockWithChildren`).
   * @throws ChronosError JOB_IN_USE where others run after the job, unless `force` is given
   */
  async children(
    manager: EntityManager,
    actor: Actor,
    parent: JobEntity,
    now: number,
    { force = false }: { force?: boolean },
  ): Promise<void> {
    const children = await childrenOf(manager, parent.id);
    if (children.length > 0 && !force) throw inUse(children);
    for (const { id } of children) {
      const child = await manager.findOneByOrFail(JobEntity, { id });
      await this.#unlink(manager, actor, child, parent, now);
    }
  }

  async #unlink(
    manager: EntityManager,
    actor: Actor,
    child: JobEntity,
    parent: JobEntity,
    now: number,
  ): Promise<void> {
    const was = stateOf(child);
    await closeVersion(manager, child, now);
    child.after = child.after.filter(({ jobId }) => jobId !== parent.id);
    child.version += 1;
    if (child.after.length === 0 && (child.status === 'active' || child.status === 'paused')) {
      child.status = 'completed';
      child.statusReason = `"${parent.name}", which it ran after, was deleted`;
      child.pausedAt = null;
    }
    await saveNewVersion(manager, child, actor, now);
    await saveLinks(manager, child);
    await this.audit.changed(manager, 'job.update', child, was);
  }
}

function inUse(children: { name: string }[]): ChronosError {
  const names = children.slice(0, NAMED).map(({ name }) => JSON.stringify(name));
  const more = children.length > NAMED ? ` and ${children.length - NAMED} more` : '';
  return new ChronosError(
    'JOB_IN_USE',
    `Other jobs run after this one: ${names.join(', ')}${more}. Change or delete them first, ` +
      'or delete it with ?force=true: they will no longer run after it.',
  );
}
