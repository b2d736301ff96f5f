import { Body, Controller, Delete, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { RouteConfig } from '@nestjs/platform-fastify';
import { CurrentUser, type Principal } from '#auth';
import type { CalendarView } from '#calendars';
import { ChronosError } from '#contracts';
import { type CalendarImportReport, ImportCalendar } from '#jobs';
import {
  ApiEnvelope,
  ApiErrors,
  ApiExpectedVersion,
  ExpectedVersion,
  ParseIdPipe,
  TAKES_CALENDAR_TEXT,
} from '../http/index.js';
import { CalendarDto } from './dto/calendar.dto.js';
import { ImportCalendarDto, ImportReportDto, ImportSourceQueryDto } from './dto/import-calendar.dto.js';

@ApiTags('Calendars')
@ApiBearerAuth()
@Controller('calendars/:id/import')
export class CalendarImportController {
  constructor(private readonly importCalendar: ImportCalendar) {}

  @Post()
  @HttpCode(200)
  @RouteConfig(TAKES_CALENDAR_TEXT)
  @ApiOperation({
    summary: 'Import events of an iCalendar file into a calendar',
    description:
      'Each event closes it: whole days on the clocks of its zone, others from their start to their end. Repetitions are worked out from a month ago to two years ahead, 5,000 closures at most. Replaces what was imported of the same source before. The body is the file itself (`text/calendar`, up to 1 MB), or JSON that holds its text.',
  })
  @ApiExpectedVersion()
  @ApiEnvelope(ImportReportDto, { description: 'What was taken, and what was not.' })
  @ApiErrors('FORBIDDEN', 'NOT_FOUND', 'VERSION_CONFLICT')
  import(
    @CurrentUser() actor: Principal,
    @Param('id', ParseIdPipe) id: string,
    @Query() query: ImportSourceQueryDto,
    @Body() { ics, source, version }: ImportCalendarDto,
    @ExpectedVersion() ifMatch: number | undefined,
  ): Promise<CalendarImportReport> {
    if (ifMatch !== undefined && version !== undefined && ifMatch !== version) {
      throw ChronosError.invalid('version', `contradicts If-Match (${ifMatch}); send one of them`);
    }
    return this.importCalendar.run(actor, id, { ics, source: source ?? query.source }, ifMatch ?? version);
  }

  @Delete()
  @ApiOperation({ summary: 'Take out again what was imported from a source' })
  @ApiExpectedVersion()
  @ApiEnvelope(CalendarDto, { description: 'The calendar as it is now.' })
  @ApiErrors('VALIDATION_FAILED', 'FORBIDDEN', 'NOT_FOUND', 'VERSION_CONFLICT')
  remove(
    @CurrentUser() actor: Principal,
    @Param('id', ParseIdPipe) id: string,
    @Query() { source }: ImportSourceQueryDto,
    @ExpectedVersion() expected: number | undefined,
  ): Promise<CalendarView> {
    return this.importCalendar.remove(actor, id, source, expected);
  }
}
