import { ApiProperty } from '@nestjs/swagger';
import { DST_GAP_POLICIES, DST_OVERLAP_POLICIES, type DstGapPolicy, type DstOverlapPolicy } from '#contracts';
import type { Occurrence, SkippedTimes } from '#scheduling';
import { ChoiceField, InstantField, IntField, TextField, TextListField } from '../../http/index.js';
import { CALENDARS_FIELD } from '../../jobs/dto/job-fields.dto.js';
import { CRON_LENGTH, TIMEZONE_LENGTH } from '../../jobs/dto/schedule-fields.dto.js';

export class PreviewScheduleDto {
  @TextField({ max: CRON_LENGTH, example: '30 2 * * *' })
  cronExpression!: string;

  @TextField({ optional: true, max: TIMEZONE_LENGTH, default: 'UTC', example: 'Europe/Berlin' })
  timezone: string = 'UTC';

  @IntField({ optional: true, min: 1, max: 100, default: 10 })
  count: number = 10;

  @InstantField({ optional: true, description: 'Only times after this one. Default: now.' })
  from?: Date;

  @ChoiceField(DST_GAP_POLICIES, { optional: true, enumName: 'DstGapPolicy', default: 'shift' })
  dstGap?: DstGapPolicy;

  @ChoiceField(DST_OVERLAP_POLICIES, { optional: true, enumName: 'DstOverlapPolicy', default: 'first' })
  dstOverlap?: DstOverlapPolicy;

  @TextListField({ ...CALENDARS_FIELD, description: 'Ids of calendars whose blackouts to leave out.' })
  calendars?: string[];
}

export class SkippedTimesDto implements SkippedTimes {
  @ApiProperty({ enum: ['blackout'] })
  reason!: 'blackout';

  @ApiProperty({ type: 'integer', description: 'How many times, from `at` on.', example: 1 })
  count!: number;

  @ApiProperty({ type: 'string', format: 'date-time', description: 'The last of them.' })
  until!: Date;
}

export class OccurrenceDto implements Occurrence {
  @ApiProperty({ type: 'string', format: 'date-time', example: '2030-03-31T01:30:00.000Z' })
  at!: Date;

  @ApiProperty({ description: "The same on the zone's clocks.", example: '2030-03-31T03:30:00+02:00' })
  localTime!: string;

  @ApiProperty({
    required: false,
    description:
      'What a clock change does to it: shift, skip or repeat; or which calendar is closed. Absent on ordinary days.',
  })
  note?: string;

  @ApiProperty({
    type: SkippedTimesDto,
    required: false,
    description:
      'Present where it will not run: to be struck out. Up to three times of a closure are told singly.',
  })
  skipped?: SkippedTimesDto;
}
