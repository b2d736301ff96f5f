import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { FindCalendars } from '#calendars';
import { ChronosConfig } from '#config';
import { type Actor, ChronosError, type FieldFault } from '#contracts';
import { scheduleOf } from '#scheduling';
import { resolveRepetition } from '../commands/resolve-repetition.js';
import type { JobEntity } from '../entities/job.entity.js';
import { definitionOf } from '../job-definition.js';
import type { JobPatch, ScheduleInput } from '../job-input.js';
import { ledgerSituation } from '../ledger/ledger-situation.js';
import { FindJobs } from '../read/find-jobs.service.js';
import { jobSchedule } from '../schedule/job-schedule.js';
import {
  impliedType,
  isSameSchedule,
  type ResolvedSchedule,
  resolveSchedule,
} from '../schedule/resolve-schedule.js';
import { type PreviewedTime, previewTimes } from './preview-times.js';

/** What is to be looked at; with `jobId`, what is left out is as the job has it. */
export interface PreviewRequest extends ScheduleInput, Pick<JobPatch, 'jitter' | 'maxRuns' | 'calendars'> {
  jobId?: string;
  /** Only times after this one. Default now. */
  from?: Date;
  /** How many that run. */
  count: number;
}

interface Previewed {
  schedule: ResolvedSchedule;
  maxRuns: number | null;
  jitterMs: number;
}

/** Says when a schedule would run, before a job has it, by the arithmetic planners and ledgers use; stores nothing. */
@Injectable()
export class PreviewSchedule {
  constructor(
    private readonly dataSource: DataSource,
    private readonly config: ChronosConfig,
    private readonly jobs: FindJobs,
    private readonly calendars: FindCalendars,
  ) {}

  /**
   * Soonest first, and among them what would not run; fewer than asked for where the schedule ends before, or has no more
   * within 50 years.
   * @throws ChronosError NOT_FOUND, or VALIDATION_FAILED for a schedule a job could not have
   */
  async preview(actor: Actor, request: PreviewRequest): Promise<PreviewedTime[]> {
    const job = request.jobId === undefined ? undefined : await this.jobs.visible(actor, request.jobId);
    const previewed = this.#resolve(request, job);
    const { schedule, maxRuns, jitterMs } = previewed;
    const named = request.calendars ?? job?.calendars ?? [];
    const blackouts = await this.calendars.blackouts(actor, named, job?.ownerId);
    const now = Date.now();
    const asDate = (text: string | null) => (text === null ? null : new Date(text));
    const fields = {
      ...schedule,
      scheduledAt: asDate(schedule.scheduledAt),
      startsAt: asDate(schedule.startsAt),
      endsAt: asDate(schedule.endsAt),
      createdAt: job?.createdAt ?? new Date(now),
    };
    const { cronExpression, timezone, dstGap, dstOverlap } = schedule;
    return previewTimes({
      schedule: jobSchedule(fields, blackouts?.closings),
      cron:
        cronExpression === null ? undefined : scheduleOf(cronExpression, timezone, { dstGap, dstOverlap }),
      blackouts,
      timezone,
      endMs: fields.endsAt?.getTime() ?? Infinity,
      jobId: job?.id,
      jitterMs,
      fromMs: request.from?.getTime() ?? sinceOf(request, now),
      count: request.count,
      runs: maxRuns === null ? undefined : await this.#runsLeft(job, schedule, maxRuns, now),
    });
  }

  #resolve(request: PreviewRequest, job: JobEntity | undefined): Previewed {
    const before = job && definitionOf(job);
    const faults: FieldFault[] = [];
    const minSeconds = this.config.jobs.minScheduleIntervalSeconds;
    const schedule = resolveSchedule(impliedType(request), before, minSeconds, faults);
    const { scheduleType } = schedule;
    if (scheduleType === 'immediate' || scheduleType === 'chained') {
      throw request.scheduleType === undefined && request.after === undefined
        ? ChronosError.invalid(
            'cronExpression',
            'is missing: give it, "every" or "scheduledAt", or the "jobId" of a job that has one of them',
          )
        : ChronosError.invalid(
            'scheduleType',
            `must not be "${scheduleType}", which has no times of its own to preview`,
          );
    }
    const { maxRuns, jitterMs } = resolveRepetition(scheduleType, request, before, faults);
    if (faults.length > 0) {
      throw new ChronosError('VALIDATION_FAILED', 'The schedule is not valid; see details.', {
        details: faults,
      });
    }
    return { schedule, maxRuns, jitterMs };
  }

  /** A schedule of its own counts its runs from the beginning; that of the job goes on counting. */
  async #runsLeft(
    job: JobEntity | undefined,
    schedule: ResolvedSchedule,
    maxRuns: number,
    now: number,
  ): Promise<{ sinceMs: number; left: number }> {
    if (!job || !isSameSchedule(definitionOf(job), schedule)) {
      return { sinceMs: now, left: maxRuns };
    }
    const { runsLeft } = await ledgerSituation(this.dataSource, { id: job.id, maxRuns });
    const next = job.nextRunAt?.getTime();
    return { sinceMs: next === undefined ? now : next - 1, left: runsLeft };
  }
}

/** A moment a little in the past, which is taken for a clock that differs, is still to run. */
function sinceOf({ scheduledAt }: PreviewRequest, now: number): number {
  return Math.min(now, scheduledAt ? scheduledAt.getTime() - 1 : now);
}
