import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { AuditAction } from '#audit';
import { ChronosConfig } from '#config';
import { type Actor, isRepeating } from '#contracts';
import { wakePlanners } from '#database';
import { cancelExecutions, withdrawPlanned } from '#executions';
import { endBackfillsOf } from '../backfill/withdraw-backfilled.js';
import { saveLinks } from '../chain/chain-links.js';
import { lockWithChildren, UnlinkJobs } from '../chain/unlink-jobs.service.js';
import { JobEntity } from '../entities/job.entity.js';
import type { JobView } from '../job-view.js';
import { closeVersion } from '../ledger/close-version.js';
import { withdrawForPause } from '../ledger/withdraw-for-pause.js';
import { planPast } from '../planning/plan-past.js';
import { FindJobs } from '../read/find-jobs.service.js';
import { nextRunAt, NOTHING_TO_COME } from '../schedule/next-run.js';
import { scheduleWithCalendars } from '../schedule/schedule-with-calendars.js';
import { recordGap } from './arm-job.js';
import { JobAudit, stateOf } from './job-audit.service.js';
import { databaseNow, invalidState, lockJob, saveJob } from './job-store.js';

/** Pausing, resuming and ending jobs. Every command takes effect for all that has not begun. */
@Injectable()
export class JobLifecycle {
  constructor(
    private readonly dataSource: DataSource,
    private readonly jobs: FindJobs,
    private readonly config: ChronosConfig,
    private readonly audit: JobAudit,
    private readonly unlink: UnlinkJobs,
  ) {}

  /**
   * Holds a job back, also what a planner has already planned or queued. What runs goes on.
   * @throws ChronosError NOT_FOUND, or INVALID_STATE unless it is active with something to come
   */
  pause(actor: Actor, id: string, reason: string | undefined): Promise<JobView> {
    return this.#onJob('job.pause', actor, id, async (manager, job) => {
      if (job.status !== 'active')
        throw invalidState(`Only an active job can be paused; this one is ${job.status}.`);
      const withdrawn = isRepeating(job.scheduleType)
        ? await withdrawForPause(manager, job.id)
        : await withdrawPlanned(manager, job.id);
      const firstHeldBack = withdrawn ?? job.nextRunAt;
      if (!firstHeldBack && job.scheduleType !== 'chained') {
        throw invalidState(
          'Nothing is left to pause: its only execution has begun; cancel that execution instead.',
        );
      }
      job.nextRunAt = firstHeldBack;
      job.status = 'paused';
      job.statusReason = reason ?? null;
      job.pausedAt = new Date(await databaseNow(manager));
    });
  }

  /**
   * Lets a paused job go on. The nominal times that passed meanwhile are a gap in the ledger, reason `paused`.
   * @param options.catchUp applies the job's misfire policy to them instead
   * @throws ChronosError NOT_FOUND, or INVALID_STATE unless it is paused
   */
  resume(actor: Actor, id: string, options: { catchUp?: boolean } = {}): Promise<JobView> {
    return this.#onJob('job.resume', actor, id, async (manager, job) => {
      if (job.status !== 'paused')
        throw invalidState(`Only a paused job can be resumed; this one is ${job.status}.`);
      const now = await databaseNow(manager);
      const firstHeldBack = job.nextRunAt?.getTime() ?? now;
      job.failuresSince = new Date(now);
      job.status = 'active';
      job.statusReason = null;
      job.pausedAt = null;
      const isTimed = job.scheduleType !== 'immediate' && job.scheduleType !== 'chained';
      if (isTimed && firstHeldBack <= now && options.catchUp) {
        await this.#catchUp(manager, job, now);
      } else if (isTimed && firstHeldBack <= now) {
        await recordGap(manager, job, firstHeldBack, now, 'paused');
        const schedule = await scheduleWithCalendars(manager, job, now);
        Object.assign(job, nextRunAt(schedule, schedule.next(now)));
        if (job.nextRunAt === null) {
          job.status = 'completed';
          job.statusReason = 'its time passed while it was paused; reschedule it, or trigger a run';
        }
      }
      await wakePlanners(manager);
    });
  }

  /**
   * Ends a job for good, with what it has running.
   * @throws ChronosError NOT_FOUND, or INVALID_STATE when it has ended already
   */
  cancel(actor: Actor, id: string): Promise<JobView> {
    return this.#onJob('job.cancel', actor, id, async (manager, job) => {
      if (job.status !== 'active' && job.status !== 'paused') {
        throw invalidState(`Only an active or paused job can be cancelled; this one is ${job.status}.`);
      }
      await leaveLedger(manager, job, await databaseNow(manager));
      await cancelExecutions(manager, { jobId: job.id }, 'job_cancelled');
      job.status = 'cancelled';
      job.statusReason = null;
      job.pausedAt = null;
      Object.assign(job, NOTHING_TO_COME);
    });
  }

  /**
   * Removes a job and cancels what it has running. Its history stays until retention takes it.
   * @param options.force also where others run after it: they do so no more
   * @throws ChronosError NOT_FOUND, or JOB_IN_USE
   */
  async delete(actor: Actor, id: string, options: { force?: boolean } = {}): Promise<void> {
    const change = async (manager: EntityManager, job: JobEntity) => {
      const now = await databaseNow(manager);
      await this.unlink.children(manager, actor, job, now, options);
      await leaveLedger(manager, job, now);
      await cancelExecutions(manager, { jobId: job.id }, 'job_deleted');
      job.after = [];
      await saveLinks(manager, job);
      Object.assign(job, NOTHING_TO_COME);
      job.deletedAt = new Date(now);
    };
    await this.#onJob('job.delete', actor, id, change, (manager) => lockWithChildren(manager, id));
  }

  async #catchUp(manager: EntityManager, job: JobEntity, now: number): Promise<void> {
    await saveJob(manager, job);
    await planPast(manager, job, this.config.jobs, now, 'paused');
    Object.assign(job, await manager.findOneByOrFail(JobEntity, { id: job.id }));
  }

  #onJob(
    action: AuditAction,
    actor: Actor,
    id: string,
    change: (manager: EntityManager, job: JobEntity) => Promise<void>,
    lockOthers?: (manager: EntityManager) => Promise<void>,
  ): Promise<JobView> {
    return this.dataSource.transaction(async (manager) => {
      await lockOthers?.(manager);
      const job = await lockJob(manager, actor, id);
      const was = stateOf(job);
      await change(manager, job);
      await saveJob(manager, job);
      await this.audit.changed(manager, action, job, was);
      return this.jobs.view(manager, job);
    });
  }
}

/** What an ending job has planned ahead was never due; what came due and nobody planned is a gap. */
async function leaveLedger(manager: EntityManager, job: JobEntity, now: number): Promise<void> {
  await withdrawPlanned(manager, job.id, { afterMs: now });
  await closeVersion(manager, job, now);
  await endBackfillsOf(manager, job.id);
  if (!job.nextRunAt || job.nextRunAt.getTime() > now) return;
  const reason = job.status === 'paused' ? 'paused' : 'job_ended';
  await recordGap(manager, job, job.nextRunAt.getTime(), now, reason);
}
