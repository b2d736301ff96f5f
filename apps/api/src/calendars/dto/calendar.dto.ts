import { ApiProperty } from '@nestjs/swagger';
import type { CalendarView, WindowView } from '#calendars';
import { type ClosedDates, WEEKDAYS, type Weekday, type WeeklyWindow } from '#contracts';

const TIME = { type: 'string', format: 'date-time' } as const;
const LABEL = { type: 'string', nullable: true, example: 'Christmas' } as const;
const DATE = { type: 'string', format: 'date', example: '2030-12-24' } as const;

export class ClosedDatesDto implements ClosedDates {
  @ApiProperty({ ...DATE, description: 'The first day, on the clocks of the zone.' })
  from!: string;

  @ApiProperty({ ...DATE, description: 'The last day.', example: '2030-12-26' })
  to!: string;

  @ApiProperty(LABEL)
  label!: string | null;
}

export class WeeklyWindowDto implements WeeklyWindow {
  @ApiProperty({
    enum: WEEKDAYS,
    enumName: 'Weekday',
    isArray: true,
    description: 'The days on which it begins.',
    example: ['MON', 'TUE'],
  })
  days!: Weekday[];

  @ApiProperty({ example: '22:00' })
  from!: string;

  @ApiProperty({ description: 'On the day after, where it is not later than `from`.', example: '06:00' })
  to!: string;

  @ApiProperty({ ...LABEL, example: 'Nightly backup' })
  label!: string | null;
}

export class CalendarImportDto {
  @ApiProperty({ example: 'holidays' })
  source!: string;

  @ApiProperty(TIME)
  importedAt!: string;

  @ApiProperty({ type: 'integer', description: 'How many closures it has.', example: 24 })
  events!: number;
}

export class ClosureDto {
  @ApiProperty(TIME)
  from!: string;

  @ApiProperty({ ...TIME, description: 'It is open again from then on.' })
  to!: string;
}

export class CalendarDto implements CalendarView {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ format: 'uuid' })
  ownerId!: string;

  @ApiProperty({ example: 'Public holidays' })
  name!: string;

  @ApiProperty({ type: 'string', nullable: true })
  description!: string | null;

  @ApiProperty({ description: 'Everybody may see it and name it in their jobs; admins change it.' })
  shared!: boolean;

  @ApiProperty({ example: 'Europe/Berlin' })
  timezone!: string;

  @ApiProperty({ type: [ClosedDatesDto] })
  dates!: ClosedDatesDto[];

  @ApiProperty({ type: [WeeklyWindowDto] })
  weekly!: WeeklyWindowDto[];

  @ApiProperty({ type: [CalendarImportDto], description: 'Their events are among the windows.' })
  imports!: CalendarImportDto[];

  @ApiProperty({ description: 'Is it closed now?' })
  isClosed!: boolean;

  @ApiProperty({
    type: ClosureDto,
    nullable: true,
    description:
      'The closure it is in, or else the next one, whole: windows that overlap or touch are one. Null where there is none within 12 years.',
  })
  closure!: ClosureDto | null;

  @ApiProperty({ type: 'integer', description: 'Grows with every change; also in `ETag`.', example: 1 })
  version!: number;

  @ApiProperty(TIME)
  createdAt!: string;

  @ApiProperty(TIME)
  updatedAt!: string;
}

export class ClosedWindowDto implements WindowView {
  @ApiProperty(TIME)
  from!: string;

  @ApiProperty({ ...TIME, description: 'It is no longer closed then.' })
  to!: string;

  @ApiProperty({ description: "On the clocks of the calendar's zone.", example: '2030-12-24T00:00:00+01:00' })
  localFrom!: string;

  @ApiProperty({ example: '2030-12-27T00:00:00+01:00' })
  localTo!: string;

  @ApiProperty({ enum: ['date', 'weekly', 'event'], enumName: 'ClosedWindowKind' })
  kind!: WindowView['kind'];

  @ApiProperty(LABEL)
  label!: string | null;

  @ApiProperty({ type: 'string', nullable: true, description: 'Of an event: where it was imported from.' })
  source!: string | null;
}
