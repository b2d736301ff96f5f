import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser, type Principal } from '#auth';
import type { ExecutionDetail, ExecutionView } from '#executions';
import { FindHistory, RunJob } from '#jobs';
import { ApiEnvelope, ApiErrors, ParseIdPipe, TakesNoFields } from '../http/index.js';
import { ExecutionDto, ExecutionWithAttemptsDto } from './dto/execution.dto.js';

@ApiTags('Executions')
@ApiBearerAuth()
@Controller('executions/:id')
export class ExecutionsController {
  constructor(
    private readonly history: FindHistory,
    private readonly runJob: RunJob,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'One execution with its attempts, and its place in a chain',
    description: 'Can still be read when its job was deleted, until retention takes it.',
  })
  @ApiEnvelope(ExecutionWithAttemptsDto, { description: 'The execution.' })
  @ApiErrors('VALIDATION_FAILED', 'NOT_FOUND')
  get(@CurrentUser() actor: Principal, @Param('id', ParseIdPipe) id: string): Promise<ExecutionDetail> {
    return this.history.execution(actor, id);
  }

  @Post('cancel')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Cancel an execution',
    description:
      'What has not begun ends at once. What runs is asked to end and killed 5 s later: it is answered as `running` and is `cancelled` when it has ended.',
  })
  @TakesNoFields()
  @ApiEnvelope(ExecutionDto, { description: 'The execution as it is now.' })
  @ApiErrors('VALIDATION_FAILED', 'NOT_FOUND', 'INVALID_STATE')
  cancel(@CurrentUser() actor: Principal, @Param('id', ParseIdPipe) id: string): Promise<ExecutionView> {
    return this.runJob.cancelExecution(actor, id);
  }

  @Post('retry')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Run an execution that is over once more',
    description: 'As a new execution for the same nominal time, with the job as it is now.',
  })
  @TakesNoFields()
  @ApiEnvelope(ExecutionDto, { status: 202, description: 'The new execution; `retryOf` names the old one.' })
  @ApiErrors('VALIDATION_FAILED', 'NOT_FOUND', 'INVALID_STATE', 'ALREADY_RUNNING', 'SYSTEM_PAUSED')
  retry(@CurrentUser() actor: Principal, @Param('id', ParseIdPipe) id: string): Promise<ExecutionView> {
    return this.runJob.retry(actor, id);
  }
}
