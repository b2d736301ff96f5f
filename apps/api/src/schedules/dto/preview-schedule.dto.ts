import { ApiProperty } from '@nestjs/swagger';
import { isUUID } from 'class-validator';
import type { PreviewedTime, PreviewRequest, SkippedTimes } from '#jobs';
import { InstantField, IntField, TextField, TextListField } from '../../http/index.js';
import { CALENDARS_FIELD } from '../../jobs/dto/job-fields.dto.js';
import { DAY_MS } from '../../jobs/dto/policies.dto.js';
import { RescheduleJobDto } from '../../jobs/dto/schedule-fields.dto.js';

export class PreviewScheduleDto extends RescheduleJobDto implements PreviewRequest {
  @TextField({
    optional: true,
    max: 36,
    description: 'A job whose schedule, jitter, bounds and calendars stand in for what is left out.',
    faultOf: (text) => (isUUID(text) ? undefined : 'must be the UUID of a job'),
  })
  jobId?: string;

  @IntField({
    optional: true,
    min: 0,
    max: DAY_MS,
    unit: 'milliseconds',
    description: 'As a job takes it: `dueAt` or `dueBefore` tell what it does to each time.',
    example: 60_000,
  })
  jitter?: number;

  @IntField({
    optional: true,
    nullable: true,
    min: 1,
    max: 2_147_483_647,
    description: 'As a job takes it. With `jobId` and its own schedule, runs it has had count.',
    example: 10,
  })
  maxRuns?: number | null;

  @TextListField(CALENDARS_FIELD)
  calendars?: string[];

  @IntField({ optional: true, min: 1, max: 100, description: 'How many that run.', default: 10 })
  count: number = 10;

  @InstantField({ optional: true, description: 'Only times after this one. Default: now.' })
  from?: Date;
}

export class SkippedTimesDto implements SkippedTimes {
  @ApiProperty({ enum: ['dst_gap', 'blackout'] })
  reason!: SkippedTimes['reason'];

  @ApiProperty({ type: 'integer', description: 'How many times, from `at` on.', example: 1 })
  count!: number;

  @ApiProperty({ type: 'string', format: 'date-time', description: 'The last of them.' })
  until!: string;
}

export class OccurrenceDto implements PreviewedTime {
  @ApiProperty({ type: 'string', format: 'date-time', example: '2030-03-31T01:30:00.000Z' })
  at!: string;

  @ApiProperty({ description: "The same on the zone's clocks.", example: '2030-03-31T03:30:00+02:00' })
  localTime!: string;

  @ApiProperty({
    required: false,
    type: 'string',
    format: 'date-time',
    description: 'When it is due, jitter included: follows from the id of the job. Absent without jitter.',
  })
  dueAt?: string;

  @ApiProperty({
    required: false,
    type: 'string',
    format: 'date-time',
    description: 'Where there is jitter and no `jobId`: due from `at` on, and before this.',
  })
  dueBefore?: string;

  @ApiProperty({
    type: SkippedTimesDto,
    required: false,
    description:
      'Present where it will not run: to be struck out. Up to three times of a closure are told singly.',
  })
  skipped?: SkippedTimesDto;

  @ApiProperty({
    required: false,
    description:
      'What a clock change does to it: shift, skip or repeat, at the last one also what is left out before the next run; or which calendar is closed. Absent on ordinary days.',
  })
  note?: string;
}
