import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ChronosConfig } from '#config';
import { assertMinimumInterval, type Occurrence, parseCron, preview } from '#scheduling';
import { ApiEnvelope } from '../http/index.js';
import { OccurrenceDto, PreviewScheduleDto } from './dto/preview-schedule.dto.js';

@ApiTags('Schedules')
@ApiBearerAuth()
@Controller('schedules')
export class SchedulesController {
  constructor(private readonly config: ChronosConfig) {}

  @Post('preview')
  @HttpCode(200)
  @ApiOperation({
    summary: 'When a cron expression fires next',
    description: 'Refuses what a job with it would be refused for. Stores nothing.',
  })
  @ApiEnvelope([OccurrenceDto], {
    description: 'The next times, soonest first; fewer where it does not fire as often within 50 years.',
  })
  preview(@Body() input: PreviewScheduleDto): Occurrence[] {
    const { cronExpression, timezone, count, from = new Date(), dstGap, dstOverlap } = input;
    const schedule = parseCron(cronExpression, timezone, { dstGap, dstOverlap });
    assertMinimumInterval(schedule, this.config.jobs.minScheduleIntervalSeconds);
    return preview(schedule, from, count);
  }
}
