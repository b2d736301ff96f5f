import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser, type Principal } from '#auth';
import {
  FindZoneChanges,
  type PreviewedTime,
  PreviewSchedule,
  SimulateSchedule,
  type SimulationReport,
  type ZoneChangeView,
} from '#jobs';
import { ApiEnvelope, ApiErrors, ApiPage, Page } from '../http/index.js';
import { SimulateScheduleDto, SimulationDto } from './dto/simulate-schedule.dto.js';
import { OccurrenceDto, PreviewScheduleDto } from './dto/preview-schedule.dto.js';
import { ZoneChangeDto, ZoneChangesQueryDto } from './dto/zone-change.dto.js';
import { decodeZoneChangeCursor, encodeZoneChangeCursor } from './zone-change-cursor.js';

/** Of a job that does not exist. */
const JOB = '0197c1b2-5a2e-7cc0-9d3f-3f5b9f6f4b11';

@ApiTags('Schedules')
@ApiBearerAuth()
@Controller('schedules')
export class SchedulesController {
  constructor(
    private readonly previews: PreviewSchedule,
    private readonly simulations: SimulateSchedule,
    private readonly zoneChanges: FindZoneChanges,
  ) {}

  @Post('preview')
  @HttpCode(200)
  @ApiOperation({
    summary: 'When a schedule runs next',
    description:
      'A cron expression, an interval or the schedule of a job, within its bounds and calendars. Refuses what a job with it would be refused for. Stores nothing.',
  })
  @ApiBody({
    type: PreviewScheduleDto,
    examples: {
      cron: {
        summary: 'Half past two in Berlin, around the change of the clocks',
        value: {
          cronExpression: '30 2 * * *',
          timezone: 'Europe/Berlin',
          from: '2030-03-30T00:00:00Z',
          count: 3,
        },
      },
      interval: {
        summary: 'Every 90 minutes, each start up to a minute later',
        value: { every: 5_400_000, startsAt: '2030-01-01T00:00:00Z', jitter: 60_000 },
      },
    },
  })
  @ApiEnvelope([OccurrenceDto], {
    description:
      'The next times that run, soonest first, and between them those that do not, with the reason; fewer where the schedule ends or does not fire as often within 50 years.',
  })
  @ApiErrors('NOT_FOUND')
  preview(@CurrentUser() user: Principal, @Body() input: PreviewScheduleDto): Promise<PreviewedTime[]> {
    return this.previews.preview(user, input);
  }

  @Post('simulate')
  @HttpCode(200)
  @ApiOperation({
    summary: 'What a schedule, an overlap policy or a bound would do',
    description:
      'Replays the times, by the rules that decide the real ones, against how long the latest 1,000 runs of a job took, or against one assumed duration: for a job that is there, or one that is still to be made. Jitter is left out. Stores nothing.',
  })
  @ApiBody({
    type: SimulateScheduleDto,
    examples: {
      fresh: {
        summary: 'A new job every minute, if a run takes a minute and a half',
        value: { cronExpression: '* * * * *', overlapPolicy: 'skip', assumedDuration: 90_000 },
      },
      schedule: {
        summary: 'Every ten minutes instead, as long as its runs take',
        value: { jobId: JOB, cronExpression: '*/10 * * * *' },
      },
      policy: {
        summary: 'Two at once, and others wait',
        value: { jobId: JOB, overlapPolicy: 'allow_all', maxConcurrency: 2, assumedDuration: 90_000 },
      },
    },
  })
  @ApiEnvelope(SimulationDto, {
    description:
      'Predicted runs, skips, waits and saturation, and what calendars and clock changes leave out.',
  })
  @ApiErrors('NOT_FOUND')
  simulate(@CurrentUser() user: Principal, @Body() input: SimulateScheduleDto): Promise<SimulationReport> {
    return this.simulations.simulate(user, input);
  }

  @Get('zone-changes')
  @ApiOperation({
    summary: 'Schedules that new time zone data moved, newest first',
    description:
      'Zone data come with Node. When they tell otherwise of a zone than they did, next runs are corrected and each schedule with runs to come at other times is listed once, with the first of them. Admins see all, others their own jobs.',
  })
  @ApiPage(ZoneChangeDto, { description: 'A page of schedules.' })
  @ApiErrors('VALIDATION_FAILED')
  async listZoneChanges(
    @CurrentUser() actor: Principal,
    @Query() query: ZoneChangesQueryDto,
  ): Promise<Page<ZoneChangeView>> {
    const { cursor, ...filter } = query;
    const afterId = cursor === undefined ? undefined : decodeZoneChangeCursor(cursor);
    const { items, total, lastId } = await this.zoneChanges.list(actor, { ...filter, afterId });
    return Page.of(query, { items, total, nextCursor: lastId && encodeZoneChangeCursor(lastId) });
  }
}
