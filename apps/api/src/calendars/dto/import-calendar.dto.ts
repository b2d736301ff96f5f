import { ApiProperty } from '@nestjs/swagger';
import type { IcsReport } from '#calendars';
import type { CalendarImportReport } from '#jobs';
import { IntField, TextField } from '../../http/index.js';
import { CalendarDto } from './calendar.dto.js';

const TIME = { type: 'string', format: 'date-time' } as const;
const DEFAULT_SOURCE = 'import';

const SOURCE = {
  optional: true,
  min: 1,
  max: 100,
  trim: true,
  description: 'A name for where it comes from. A later import of the same source replaces this one.',
  default: DEFAULT_SOURCE,
  example: 'holidays',
};

/** A calendar with one event, as short as they come. */
export const ICS_EXAMPLE = [
  'BEGIN:VCALENDAR',
  'VERSION:2.0',
  'PRODID:-//Example//Holidays//EN',
  'BEGIN:VEVENT',
  'UID:new-year@example.com',
  'DTSTAMP:20260101T000000Z',
  'DTSTART;VALUE=DATE:20260101',
  'RRULE:FREQ=YEARLY',
  "SUMMARY:New Year's Day",
  'END:VEVENT',
  'END:VCALENDAR',
  '',
].join('\r\n');

export class ImportCalendarDto {
  @TextField({
    min: 1,
    max: 1_048_576,
    description:
      'The text of an iCalendar file (RFC 5545). One larger than 256 KB goes as the body itself, as `text/calendar`.',
    example: ICS_EXAMPLE,
  })
  ics!: string;

  @TextField(SOURCE)
  source?: string;

  @IntField({
    optional: true,
    min: 1,
    max: 2_147_483_647,
    description: 'The version this change was made from; as `If-Match`.',
  })
  version?: number;
}

export class ImportSourceQueryDto {
  @TextField({ ...SOURCE, description: `${SOURCE.description} In a JSON body it can be said there, too.` })
  source: string = DEFAULT_SOURCE;
}

export class NotTakenDto {
  @ApiProperty({ description: 'Its summary, or what it is called in the file.', example: 'Standup' })
  event!: string;

  @ApiProperty({ example: 'repeats more often than once a day' })
  reason!: string;
}

export class IcsReportDto implements IcsReport {
  @ApiProperty({
    type: 'integer',
    description: 'Events in the file, changed occurrences of others left out.',
  })
  events!: number;

  @ApiProperty({
    type: 'integer',
    description: 'Of these, taken: closed at least once between `from` and `to`.',
  })
  taken!: number;

  @ApiProperty({ type: 'integer', description: 'Closures they make.' })
  closures!: number;

  @ApiProperty({ type: 'integer', description: 'Of the events, over before `from` or not begun by `to`.' })
  outside!: number;

  @ApiProperty({ ...TIME, description: 'Repetitions are worked out from here.' })
  from!: string;

  @ApiProperty({ ...TIME, description: 'And up to here: import again before it.' })
  to!: string;

  @ApiProperty({
    type: [NotTakenDto],
    description: 'The first hundred of what could not be taken, with the reason.',
  })
  notTaken!: NotTakenDto[];

  @ApiProperty({ type: 'integer', description: 'How much could not be taken in all.' })
  notTakenCount!: number;
}

export class ImportReportDto implements CalendarImportReport {
  @ApiProperty({ type: CalendarDto })
  calendar!: CalendarDto;

  @ApiProperty({ example: 'holidays' })
  source!: string;

  @ApiProperty({ type: 'integer', description: 'Closures of the same source that went.' })
  replaced!: number;

  @ApiProperty({ type: IcsReportDto })
  report!: IcsReportDto;
}
