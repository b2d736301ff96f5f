import { ApiProperty } from '@nestjs/swagger';
import { DST_GAP_POLICIES, DST_OVERLAP_POLICIES, type DstGapPolicy, type DstOverlapPolicy } from '#contracts';
import type { Occurrence } from '#scheduling';
import { ChoiceField, InstantField, IntField, TextField } from '../../http/index.js';
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
}

export class OccurrenceDto implements Occurrence {
  @ApiProperty({ type: 'string', format: 'date-time', example: '2030-03-31T01:30:00.000Z' })
  at!: Date;

  @ApiProperty({ description: "The same on the zone's clocks.", example: '2030-03-31T03:30:00+02:00' })
  localTime!: string;

  @ApiProperty({
    required: false,
    description: 'What a clock change does to it: shift, skip or repeat. Absent on ordinary days.',
  })
  note?: string;
}
