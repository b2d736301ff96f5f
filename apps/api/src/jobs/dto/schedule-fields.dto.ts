import {
  DST_GAP_POLICIES,
  DST_OVERLAP_POLICIES,
  type DstGapPolicy,
  type DstOverlapPolicy,
  SCHEDULE_TYPES,
  type ScheduleType,
} from '#contracts';
import { ChoiceField, InstantField, IntField, ObjectListField, TextField } from '../../http/index.js';
import { AfterDto } from './after.dto.js';
import { DAY_MS } from './policies.dto.js';

export const CRON_LENGTH = 250;
export const TIMEZONE_LENGTH = 64;

/** When a job runs. Which of these go together, and whether they fire at all, is for the service to say. */
export class ScheduleFieldsDto {
  @InstantField({
    optional: true,
    description: 'For `scheduled` jobs: when to run. At most a minute in the past, which runs at once.',
    example: '2030-12-31T23:59:59Z',
  })
  scheduledAt?: Date;

  @TextField({
    optional: true,
    max: CRON_LENGTH,
    description:
      'For `recurring` jobs: five fields (minute, hour, day of month, month, day of week), or six with seconds first. Names, `L`, `#` and `@daily` and its like are understood.',
    example: '0 9 * * 1',
  })
  cronExpression?: string;

  @TextField({
    optional: true,
    max: TIMEZONE_LENGTH,
    description: 'IANA time zone the cron expression is read in.',
    default: 'UTC',
    example: 'America/New_York',
  })
  timezone?: string;

  @ChoiceField(DST_GAP_POLICIES, {
    optional: true,
    enumName: 'DstGapPolicy',
    description:
      'What becomes of a fixed time of day that a clock change leaves out: `shift` runs it as much later, `skip` not that day.',
    default: 'shift',
  })
  dstGap?: DstGapPolicy;

  @ChoiceField(DST_OVERLAP_POLICIES, {
    optional: true,
    enumName: 'DstOverlapPolicy',
    description: 'Which of the two runs of a fixed time of day that comes twice: the `first`, or `both`.',
    default: 'first',
  })
  dstOverlap?: DstOverlapPolicy;

  @IntField({
    optional: true,
    min: 1_000,
    max: 3_660 * DAY_MS,
    unit: 'milliseconds',
    description:
      'For `interval` jobs: from one time to the next, in milliseconds, counted from `startsAt` or else from the creation.',
    example: 5_400_000,
  })
  every?: number;

  @ObjectListField(() => AfterDto, {
    optional: true,
    maxItems: 50,
    description:
      'For `chained` jobs: runs when all of these have ended as asked, for the same nominal time or trigger. One that does not keeps it from running; the ledger says so.',
    example: [{ jobId: '0197c1b2-5a2e-7cc0-9d3f-3f5b9f6f4b11', on: 'completed' }],
  })
  after?: AfterDto[];

  @InstantField({
    optional: true,
    nullable: true,
    description: 'For `recurring` and `interval` jobs: no time before this one.',
    example: '2030-01-01T00:00:00Z',
  })
  startsAt?: Date | null;

  @InstantField({
    optional: true,
    nullable: true,
    description: 'For `recurring` and `interval` jobs: no time after this one; then the job is completed.',
    example: '2030-12-31T23:59:59Z',
  })
  endsAt?: Date | null;
}

export class RescheduleJobDto extends ScheduleFieldsDto {
  @ChoiceField(SCHEDULE_TYPES, {
    optional: true,
    enumName: 'ScheduleType',
    description: 'Follows from `cronExpression`, `every`, `scheduledAt` or `after` where it is left out.',
  })
  scheduleType?: ScheduleType;
}
