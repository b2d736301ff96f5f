import { countBetween, scheduleOf } from '#scheduling';
import type { JobEntity } from '../entities/job.entity.js';

/** The nominal times of a job, whatever its schedule type. Epoch milliseconds. */
export interface JobSchedule {
  /** The first nominal time strictly after an instant. */
  next(afterMs: number): number | undefined;
  /** The last nominal time strictly before an instant. */
  previous(beforeMs: number): number | undefined;
  /** How many nominal times lie from `fromMs` to `toMs`, both included. */
  count(fromMs: number, toMs: number): number;
}

export type ScheduleFields = Pick<
  JobEntity,
  'scheduleType' | 'scheduledAt' | 'cronExpression' | 'timezone' | 'dstGap' | 'dstOverlap'
>;

/** @throws ChronosError VALIDATION_FAILED where the cron expression or the zone is not valid */
export function jobSchedule(job: ScheduleFields): JobSchedule {
  if (job.scheduleType === 'recurring' && job.cronExpression !== null) {
    const cron = scheduleOf(job.cronExpression, job.timezone, {
      dstGap: job.dstGap,
      dstOverlap: job.dstOverlap,
    });
    return {
      next: (afterMs) => cron.next(afterMs),
      previous: (beforeMs) => cron.previous(beforeMs),
      count: (fromMs, toMs) => countBetween(cron, { fromExclusive: fromMs - 1, toInclusive: toMs }),
    };
  }
  return momentSchedule(job.scheduledAt?.getTime());
}

function momentSchedule(momentMs: number | undefined): JobSchedule {
  return {
    next: (afterMs) => (momentMs !== undefined && momentMs > afterMs ? momentMs : undefined),
    previous: (beforeMs) => (momentMs !== undefined && momentMs < beforeMs ? momentMs : undefined),
    count: (fromMs, toMs) => (momentMs !== undefined && fromMs <= momentMs && momentMs <= toMs ? 1 : 0),
  };
}
