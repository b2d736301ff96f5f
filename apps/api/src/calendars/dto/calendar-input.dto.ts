import { ApiProperty, ApiPropertyOptional, getSchemaPath } from '@nestjs/swagger';
import type { CalendarInput, CalendarPatch } from '#jobs';
import { WEEKDAYS, type Weekday } from '#contracts';
import { BooleanField, IntField, ListField, TextField } from '../../http/index.js';
import { TIMEZONE_LENGTH } from '../../jobs/dto/schedule-fields.dto.js';

const NAME = { min: 1, max: 200, trim: true, example: 'Public holidays' };
const LABEL = { type: 'string', nullable: true, maxLength: 200, description: 'For people.' } as const;

/** Documents what a list may hold; what of it is valid is for the service to say, field by field. */
export class ClosedDatesInputDto {
  @ApiProperty({ format: 'date', description: 'The first day.', example: '2030-12-24' })
  from!: string;

  @ApiPropertyOptional({
    format: 'date',
    description: 'The last day. Default: `from`.',
    example: '2030-12-26',
  })
  to?: string;

  @ApiPropertyOptional({ ...LABEL, example: 'Christmas' })
  label?: string | null;
}

export class WeeklyWindowInputDto {
  @ApiProperty({
    enum: WEEKDAYS,
    enumName: 'Weekday',
    isArray: true,
    description: 'The days on which it begins.',
    example: ['SAT', 'SUN'],
  })
  days!: Weekday[];

  @ApiProperty({ description: 'A time of day.', example: '22:00' })
  from!: string;

  @ApiProperty({
    description: 'On the day after, where it is not later than `from`. `24:00` is the end of the day.',
    example: '06:00',
  })
  to!: string;

  @ApiPropertyOptional({ ...LABEL, example: 'Nightly backup' })
  label?: string | null;
}

const DATES = {
  optional: true,
  maxItems: 1_000,
  items: {
    oneOf: [{ type: 'string', format: 'date' }, { $ref: getSchemaPath(ClosedDatesInputDto) }],
  },
  description:
    'Whole days on the clocks of the zone: dates, or ranges with both ends included. Replaced as a whole.',
  example: ['2030-01-01', { from: '2030-12-24', to: '2030-12-26', label: 'Christmas' }],
};

const WEEKLY = {
  optional: true,
  maxItems: 100,
  items: { $ref: getSchemaPath(WeeklyWindowInputDto) },
  description:
    'A part of some weekdays on the clocks of the zone, over midnight where `to` is not later than `from`. Replaced as a whole.',
  example: [{ days: ['MON', 'TUE', 'WED', 'THU', 'FRI'], from: '22:00', to: '06:00', label: 'Nights' }],
};

class CalendarFieldsDto {
  @TextField({ optional: true, nullable: true, max: 2_000, description: 'For people.' })
  description?: string | null;

  @BooleanField({
    optional: true,
    description: 'Everybody may see it and name it in their jobs. For admins.',
    default: false,
  })
  shared?: boolean;

  @TextField({
    optional: true,
    max: TIMEZONE_LENGTH,
    description: 'IANA time zone whose clocks `dates`, `weekly` and whole-day events are read on.',
    default: 'UTC',
    example: 'Europe/Berlin',
  })
  timezone?: string;

  @ListField(DATES)
  dates?: unknown[];

  @ListField(WEEKLY)
  weekly?: unknown[];
}

export class CreateCalendarDto extends CalendarFieldsDto implements CalendarInput {
  @TextField(NAME)
  name!: string;
}

/** What is left out stays as it is. */
export class ChangeCalendarDto extends CalendarFieldsDto implements CalendarPatch {
  @TextField({ ...NAME, optional: true })
  name?: string;

  @IntField({
    optional: true,
    min: 1,
    max: 2_147_483_647,
    description: 'The version this change was made from; as `If-Match`.',
  })
  version?: number;
}
