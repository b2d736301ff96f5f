import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  Patch,
  Post,
  Query,
  UseInterceptors,
} from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiBody,
  ApiExtraModels,
  ApiNoContentResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { CurrentUser, type Principal } from '#auth';
import { type CalendarView, FindCalendars, type WindowView } from '#calendars';
import { ChronosError } from '#contracts';
import { ChangeCalendar, FindJobs, type JobView } from '#jobs';
import {
  ApiEnvelope,
  ApiErrors,
  ApiExpectedVersion,
  ApiIdempotencyKey,
  ApiPage,
  EtagInterceptor,
  ExpectedVersion,
  IdempotencyKey,
  Page,
  PageQueryDto,
  ParseIdPipe,
  ReceivedBody,
} from '../http/index.js';
import { JobDto } from '../jobs/dto/job.dto.js';
import { decodeJobCursor, encodeJobCursor } from '../jobs/list-cursors.js';
import { decodeCalendarCursor, encodeCalendarCursor } from './calendar-cursor.js';
import { CALENDAR_CHANGES, CALENDAR_EXAMPLES } from './dto/calendar-examples.js';
import {
  ChangeCalendarDto,
  ClosedDatesInputDto,
  CreateCalendarDto,
  WeeklyWindowInputDto,
} from './dto/calendar-input.dto.js';
import { CalendarDto, ClosedWindowDto } from './dto/calendar.dto.js';
import { CalendarsQueryDto, WindowsQueryDto } from './dto/calendars-query.dto.js';

const DAY_MS = 86_400_000;
const DEFAULT_DAYS = 31;
const MAX_DAYS = 400;

@ApiTags('Calendars')
@ApiBearerAuth()
@ApiExtraModels(ClosedDatesInputDto, WeeklyWindowInputDto)
@Controller('calendars')
@UseInterceptors(EtagInterceptor)
export class CalendarsController {
  constructor(
    private readonly calendars: FindCalendars,
    private readonly changeCalendar: ChangeCalendar,
    private readonly jobs: FindJobs,
  ) {}

  @Post()
  @ApiOperation({
    summary: 'Make a blackout calendar',
    description:
      'Times at which jobs that name it in `calendars` do not run: what comes due then is `skipped` with the reason `blackout`. Only admins share one with everybody.',
  })
  @ApiBody({ type: CreateCalendarDto, examples: CALENDAR_EXAMPLES })
  @ApiIdempotencyKey()
  @ApiEnvelope(CalendarDto, { status: 201, description: 'The calendar.' })
  @ApiErrors('FORBIDDEN', 'CALENDAR_EXISTS', 'INVALID_STATE', 'IDEMPOTENCY_KEY_REUSED')
  create(
    @CurrentUser() actor: Principal,
    @Body() input: CreateCalendarDto,
    @IdempotencyKey() key: string | undefined,
    @ReceivedBody() body: unknown,
  ): Promise<CalendarView> {
    const idempotency = key === undefined ? undefined : { key, scope: 'POST /calendars', body };
    return this.changeCalendar.create(actor, input, idempotency);
  }

  @Get()
  @ApiOperation({
    summary: 'Calendars, by name',
    description: 'Your own and those shared with everybody; all of them for admins.',
  })
  @ApiPage(CalendarDto, { description: 'A page of calendars.' })
  @ApiErrors('VALIDATION_FAILED')
  async list(
    @CurrentUser() actor: Principal,
    @Query() query: CalendarsQueryDto,
  ): Promise<Page<CalendarView>> {
    const { cursor, ...filter } = query;
    const after = cursor === undefined ? undefined : decodeCalendarCursor(cursor);
    const { items, total, last } = await this.calendars.list(actor, { ...filter, after });
    return Page.of(query, { items, total, nextCursor: last && encodeCalendarCursor(last) });
  }

  @Get(':id')
  @ApiOperation({ summary: 'One calendar' })
  @ApiEnvelope(CalendarDto, { description: 'The calendar.' })
  @ApiErrors('VALIDATION_FAILED', 'NOT_FOUND')
  get(@CurrentUser() actor: Principal, @Param('id', ParseIdPipe) id: string): Promise<CalendarView> {
    return this.calendars.get(actor, id);
  }

  @Patch(':id')
  @ApiOperation({
    summary: 'Change a calendar',
    description:
      'Only the given fields change. Holds for all times from now on, also of what is planned already; what was skipped until now stays skipped.',
  })
  @ApiBody({ type: ChangeCalendarDto, examples: CALENDAR_CHANGES })
  @ApiExpectedVersion()
  @ApiEnvelope(CalendarDto, { description: 'The calendar as it is now.' })
  @ApiErrors('FORBIDDEN', 'NOT_FOUND', 'VERSION_CONFLICT', 'CALENDAR_EXISTS', 'CALENDAR_IN_USE')
  change(
    @CurrentUser() actor: Principal,
    @Param('id', ParseIdPipe) id: string,
    @Body() { version, ...patch }: ChangeCalendarDto,
    @ExpectedVersion() ifMatch: number | undefined,
  ): Promise<CalendarView> {
    if (ifMatch !== undefined && version !== undefined && ifMatch !== version) {
      throw ChronosError.invalid('version', `contradicts If-Match (${ifMatch}); send one of them`);
    }
    return this.changeCalendar.update(actor, id, patch, ifMatch ?? version);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete a calendar', description: 'Refused while jobs name it.' })
  @ApiExpectedVersion()
  @ApiNoContentResponse({ description: 'The calendar is gone.' })
  @ApiErrors('VALIDATION_FAILED', 'FORBIDDEN', 'NOT_FOUND', 'VERSION_CONFLICT', 'CALENDAR_IN_USE')
  delete(
    @CurrentUser() actor: Principal,
    @Param('id', ParseIdPipe) id: string,
    @ExpectedVersion() expected: number | undefined,
  ): Promise<void> {
    return this.changeCalendar.delete(actor, id, expected);
  }

  @Get(':id/windows')
  @ApiOperation({
    summary: 'When a calendar is closed',
    description:
      'Every window that reaches into the range, whole and by itself, in the order of their beginnings.',
  })
  @ApiEnvelope([ClosedWindowDto], { description: 'The windows.' })
  @ApiErrors('VALIDATION_FAILED', 'NOT_FOUND')
  windows(
    @CurrentUser() actor: Principal,
    @Param('id', ParseIdPipe) id: string,
    @Query() { from = new Date(), to }: WindowsQueryDto,
  ): Promise<WindowView[]> {
    const end = to ?? new Date(from.getTime() + DEFAULT_DAYS * DAY_MS);
    if (end < from) throw ChronosError.invalid('to', 'is before "from"');
    if (end.getTime() - from.getTime() > MAX_DAYS * DAY_MS) {
      throw ChronosError.invalid('to', `is more than ${MAX_DAYS} days after "from"; ask for less at a time`);
    }
    return this.calendars.windows(actor, id, from, end);
  }

  @Get(':id/jobs')
  @ApiOperation({
    summary: 'The jobs that name a calendar, newest first',
    description: 'Your own; all of them for admins.',
  })
  @ApiPage(JobDto, { description: 'A page of jobs.' })
  @ApiErrors('VALIDATION_FAILED', 'NOT_FOUND')
  async jobsOf(
    @CurrentUser() actor: Principal,
    @Param('id', ParseIdPipe) id: string,
    @Query() query: PageQueryDto,
  ): Promise<Page<JobView>> {
    await this.calendars.get(actor, id);
    const { cursor, ...page } = query;
    const sort = '-createdAt';
    const after = cursor === undefined ? undefined : decodeJobCursor(sort, cursor);
    const { items, total, last } = await this.jobs.list(actor, { ...page, calendar: id, sort, after });
    return Page.of(query, { items, total, nextCursor: last && encodeJobCursor(sort, last) });
  }
}
