import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { holdCalendars } from '#calendars';
import { ChronosConfig } from '#config';
import { type Actor, ChronosError } from '#contracts';
import { wakePlanners } from '#database';
import { withdrawPlanned } from '#executions';
import { lockChainsOf, saveLinks } from '../chain/chain-links.js';
import { JobEntity } from '../entities/job.entity.js';
import { definitionOf, isSameCalendars } from '../job-definition.js';
import type { JobPatch, ScheduleInput } from '../job-input.js';
import type { JobView } from '../job-view.js';
import { closeVersion } from '../ledger/close-version.js';
import { planPast } from '../planning/plan-past.js';
import { FindJobs } from '../read/find-jobs.service.js';
import { jobSchedule } from '../schedule/job-schedule.js';
import { nextRunAt, NOTHING_TO_COME } from '../schedule/next-run.js';
import { assertToCome, impliedType, isSameSchedule } from '../schedule/resolve-schedule.js';
import { scheduleWithCalendars } from '../schedule/schedule-with-calendars.js';
import { armJob, assertRuns, recordGap } from './arm-job.js';
import { applyDefinition, databaseNow, invalidState, lockJob, saveJob, saveNewVersion } from './job-store.js';
import { JobAudit, stateOf } from './job-audit.service.js';
import { ResolveDefinition } from './resolve-definition.service.js';

@Injectable()
export class ChangeJob {
  constructor(
    private readonly dataSource: DataSource,
    private readonly definitions: ResolveDefinition,
    private readonly jobs: FindJobs,
    private readonly config: ChronosConfig,
    private readonly audit: JobAudit,
  ) {}

  /**
   * Changes the given fields. Applies to what has not begun; a running execution keeps what it began with. A new
   * schedule takes back what the old one had planned ahead.
   * @param expectedVersion refuses the change when the job has changed since
   * @throws ChronosError NOT_FOUND, VALIDATION_FAILED, FORBIDDEN, VERSION_CONFLICT, or INVALID_STATE for a cancelled job
   */
  async update(actor: Actor, id: string, patch: JobPatch, expectedVersion?: number): Promise<JobView> {
    return this.#change(actor, id, patch, { expectedVersion, rearm: false });
  }

  /**
   * Gives the job a new time; one that had ended becomes active again.
   * @throws as `update`
   */
  async reschedule(actor: Actor, id: string, schedule: ScheduleInput): Promise<JobView> {
    if (Object.values(schedule).every((value) => value === undefined)) {
      throw ChronosError.invalid(
        'body',
        'names no time; give "cronExpression", "every", "scheduledAt" or "after"',
      );
    }
    return this.#change(actor, id, impliedType(schedule), { expectedVersion: undefined, rearm: true });
  }

  async #change(
    actor: Actor,
    id: string,
    patch: JobPatch,
    options: { expectedVersion: number | undefined; rearm: boolean },
  ): Promise<JobView> {
    return this.dataSource.transaction(async (manager) => {
      // Before the job, as everywhere: who changes a calendar holds it and then its jobs.
      await holdCalendars(manager, actor.id, patch.calendars ?? []);
      if (patch.after)
        await lockChainsOf(
          manager,
          id,
          patch.after.map(({ jobId }) => jobId),
        );
      const job = await lockJob(manager, actor, id);
      assertChangeable(job, options.expectedVersion);
      const was = stateOf(job);
      const before = definitionOf(job);
      const after = await this.definitions.resolve(manager, actor, job.ownerId, patch, {
        id,
        definition: before,
      });
      const hasNewSchedule = options.rearm || !isSameSchedule(before, after);
      const hasNewCalendars = !isSameCalendars(before, after);
      // One moment for both: what is due up to it is the old schedule's, what is due after it the new one's.
      const now = await databaseNow(manager);
      if (hasNewSchedule) assertToCome(after, now);
      if (hasNewSchedule || hasNewCalendars) await this.#leaveSchedule(manager, job, now);
      await closeVersion(manager, job, now);
      applyDefinition(job, after);
      job.version += 1;
      if (hasNewSchedule) await enterSchedule(manager, job, actor, now);
      else {
        if (hasNewCalendars) await goOn(manager, job, now);
        await saveNewVersion(manager, job, actor, now);
      }
      if (hasNewSchedule) await saveLinks(manager, job);
      await this.audit.changed(manager, options.rearm ? 'job.reschedule' : 'job.update', job, was);
      return this.jobs.view(manager, job);
    });
  }

  /** What the old schedule planned ahead is taken back; what it owed by now stays owed. */
  async #leaveSchedule(manager: EntityManager, job: JobEntity, now: number): Promise<void> {
    const withdrawn = await withdrawPlanned(manager, job.id, { afterMs: now });
    const next = job.nextRunAt;
    if (!next || next.getTime() > now) {
      job.nextRunAt = withdrawn ?? next;
      return;
    }
    if (job.status === 'paused') {
      await recordGap(manager, job, next.getTime(), now, 'paused');
      const after = jobSchedule(job).next(now);
      job.nextRunAt = after === undefined ? null : new Date(after);
    } else if (job.scheduleType !== 'immediate') {
      await planPast(manager, job, this.config.jobs, now);
      // Where that was the last run, the schedule has ended before now.
      job.nextRunAt = (await manager.findOneByOrFail(JobEntity, { id: job.id })).nextRunAt;
    }
  }
}

/** The same schedule, with other times left out: what is still to come is judged anew. */
async function goOn(manager: EntityManager, job: JobEntity, now: number): Promise<void> {
  if (!job.nextRunAt) return;
  const schedule = await scheduleWithCalendars(manager, job, now);
  if (job.status === 'active') assertRuns(job, schedule, job.nextRunAt.getTime());
  Object.assign(job, nextRunAt(schedule, job.nextRunAt.getTime()));
  await wakePlanners(manager);
}

function assertChangeable(job: JobEntity, expectedVersion: number | undefined): void {
  if (expectedVersion !== undefined && expectedVersion !== job.version) {
    throw new ChronosError(
      'VERSION_CONFLICT',
      `The job has changed: it is at version ${job.version}, not ${expectedVersion}. Read it again and repeat the change.`,
    );
  }
  if (job.status === 'cancelled')
    throw invalidState('The job was cancelled for good; create a new one instead.');
}

async function enterSchedule(
  manager: EntityManager,
  job: JobEntity,
  actor: Actor,
  now: number,
): Promise<void> {
  const isPaused = job.status === 'paused';
  if (!isPaused) {
    job.status = 'active';
    job.statusReason = null;
  }
  Object.assign(job, NOTHING_TO_COME);
  if (isPaused && job.scheduleType === 'immediate') {
    job.nextRunAt = new Date(now);
    await saveNewVersion(manager, job, actor, now);
    return;
  }
  await saveNewVersion(manager, job, actor, now);
  await armJob(manager, job, now);
  await saveJob(manager, job);
  await wakePlanners(manager);
}
