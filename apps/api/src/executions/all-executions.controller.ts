import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser, type Principal } from '#auth';
import { FindHistory, type NamedExecutionView } from '#jobs';
import { ApiErrors, ApiPage, Page } from '../http/index.js';
import { decodeExecutionCursor, encodeExecutionCursor } from '../jobs/list-cursors.js';
import { AllExecutionsQueryDto } from './dto/all-executions-query.dto.js';
import { NamedExecutionDto } from './dto/execution.dto.js';

const DAY_MS = 86_400_000;

@ApiTags('Executions')
@ApiBearerAuth()
@Controller('executions')
export class AllExecutionsController {
  constructor(private readonly history: FindHistory) {}

  @Get()
  @ApiOperation({
    summary: 'What all jobs ran, newest first',
    description:
      'Also what they did not run, with the reason. Your own; all of them for admins. Without `from` of the 24 hours before `to`, or before now.',
  })
  @ApiPage(NamedExecutionDto, { description: 'A page of executions.' })
  @ApiErrors('VALIDATION_FAILED')
  async list(
    @CurrentUser() actor: Principal,
    @Query() query: AllExecutionsQueryDto,
  ): Promise<Page<NamedExecutionView>> {
    const { cursor, from, ...filter } = query;
    const { items, total, last } = await this.history.allExecutions(actor, {
      ...filter,
      from: from ?? new Date((filter.to?.getTime() ?? Date.now()) - DAY_MS),
      after: cursor === undefined ? undefined : decodeExecutionCursor(cursor),
    });
    return Page.of(query, { items, total, nextCursor: last && encodeExecutionCursor(last) });
  }
}
