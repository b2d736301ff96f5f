import { ApiProperty } from '@nestjs/swagger';
import { isUUID } from 'class-validator';
import { OVERLAP_POLICIES, type OverlapPolicy } from '#contracts';
import type { RecordedDurations, SimulationReport, SimulationRequest } from '#jobs';
import { ChoiceField, InstantField, IntField, TextField, TextListField } from '../../http/index.js';
import { CALENDARS_FIELD } from '../../jobs/dto/job-fields.dto.js';
import { DAY_MS } from '../../jobs/dto/policies.dto.js';
import { RescheduleJobDto } from '../../jobs/dto/schedule-fields.dto.js';

const TIME = { type: 'string', format: 'date-time', example: '2030-01-07T09:00:00.000Z' } as const;

export class SimulateScheduleDto extends RescheduleJobDto implements SimulationRequest {
  @TextField({
    optional: true,
    max: 36,
    description:
      'The job whose recorded durations are used, and whose settings stand in for what is left out. Without it: a new job.',
    example: '0197c1b2-5a2e-7cc0-9d3f-3f5b9f6f4b11',
    faultOf: (text) => (isUUID(text) ? undefined : 'must be the UUID of a job'),
  })
  jobId?: string;

  @ChoiceField(OVERLAP_POLICIES, { optional: true, enumName: 'OverlapPolicy' })
  overlapPolicy?: OverlapPolicy;

  @IntField({
    optional: true,
    nullable: true,
    min: 1,
    max: 1_000,
    description: 'Bounds `allow_all`; `null`: no bound.',
  })
  maxConcurrency?: number | null;

  @TextListField({
    ...CALENDARS_FIELD,
    description: "Ids of calendars whose blackouts to leave out, instead of the job's.",
  })
  calendars?: string[];

  @IntField({
    optional: true,
    nullable: true,
    min: 1,
    max: 2_147_483_647,
    description:
      'As a job takes it, counted from `from` on. With `jobId` and its own schedule, runs it has had count.',
    example: 10,
  })
  maxRuns?: number | null;

  @IntField({
    optional: true,
    min: 100,
    max: DAY_MS,
    unit: 'milliseconds',
    description:
      'As a job takes it; else that of the job, or 30000. Runs of which nothing is known are not taken to be longer.',
    example: 300_000,
  })
  timeout?: number;

  @InstantField({ optional: true, description: 'First moment looked at. Default: now.' })
  from?: Date;

  @InstantField({
    optional: true,
    description:
      'Last moment looked at. Default: a week after `from`, or as far as 20,000 occurrences reach; given, more of them are refused.',
  })
  to?: Date;

  @IntField({
    optional: true,
    min: 1,
    max: 30 * DAY_MS,
    unit: 'milliseconds',
    description:
      'How long a run takes, in milliseconds, instead of the recorded durations. Default where there are none: a minute, or `timeout` if that is shorter.',
    example: 90_000,
  })
  assumedDuration?: number;
}

export class RecordedDurationsDto implements RecordedDurations {
  @ApiProperty({ type: 'integer', description: 'How many runs, the latest 1,000 at most.', example: 12 })
  runs!: number;

  @ApiProperty({ type: 'integer', description: 'Milliseconds: half of them took no longer.' })
  p50!: number;

  @ApiProperty({ type: 'integer', description: 'Milliseconds: 95 of 100 took no longer.' })
  p95!: number;

  @ApiProperty({ type: 'integer', description: 'Milliseconds: the longest.' })
  max!: number;
}

export class SimulationDto implements SimulationReport {
  @ApiProperty({ type: 'integer', description: 'Times that calendars leave out; among nothing else here.' })
  blackouts!: number;

  @ApiProperty({
    type: 'integer',
    description: 'Times that a clock change leaves out under `dstGap: skip`; among nothing else here.',
  })
  dstGaps!: number;

  @ApiProperty(TIME)
  from!: string;

  @ApiProperty({ ...TIME, description: 'How far was looked.' })
  to!: string;

  @ApiProperty({ enum: OVERLAP_POLICIES, enumName: 'OverlapPolicy' })
  overlapPolicy!: OverlapPolicy;

  @ApiProperty({ type: 'integer', nullable: true })
  maxConcurrency!: number | null;

  @ApiProperty({
    type: 'integer',
    description: 'Recorded runs the durations were taken from; 0 where `assumedDuration` was.',
  })
  sampledRuns!: number;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    description:
      'How long each run was taken to last, in milliseconds; null where recorded durations were taken.',
    example: 90_000,
  })
  assumedDuration!: number | null;

  @ApiProperty({
    type: RecordedDurationsDto,
    nullable: true,
    description:
      'How long runs of the job took, waits between attempts included, also where a duration was assumed; null where there is none to learn from.',
  })
  recorded!: RecordedDurationsDto | null;

  @ApiProperty({ type: 'integer' })
  occurrences!: number;

  @ApiProperty({ type: 'integer', description: 'Run to their end.' })
  completed!: number;

  @ApiProperty({ type: 'integer', description: 'Not run because another one ran.' })
  skipped!: number;

  @ApiProperty({ type: 'integer', description: 'Begun, and ended to make room.' })
  cutShort!: number;

  @ApiProperty({ type: 'integer', description: 'Had to wait for another one to end.' })
  waited!: number;

  @ApiProperty({ type: 'integer', description: 'Waited still when the last one came due.' })
  stillWaiting!: number;

  @ApiProperty({ type: 'number', description: 'Milliseconds, of those that waited and began.' })
  waitP95!: number;

  @ApiProperty({ type: 'number', description: 'Milliseconds.' })
  waitMax!: number;

  @ApiProperty({ type: 'integer', description: 'The most that waited at one time.' })
  longestQueue!: number;

  @ApiProperty({ type: 'integer', description: 'The most that ran at one time.' })
  mostAtOnce!: number;

  @ApiProperty({ type: 'number', description: 'Share of the time in which at least one ran, 0 to 1.' })
  busyShare!: number;

  @ApiProperty({ description: 'The queue grows for as long as one looks: the work does not fit the time.' })
  isSaturated!: boolean;

  @ApiProperty({
    type: 'array',
    items: { type: 'string', format: 'date-time' },
    example: ['2030-01-07T10:00:00.000Z'],
    description: 'The first twenty times that would be skipped.',
  })
  firstSkips!: string[];
}
