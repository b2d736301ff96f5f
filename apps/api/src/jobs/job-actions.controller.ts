import { Body, Controller, HttpCode, Param, Post, UseInterceptors } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser, type Principal } from '#auth';
import type { ExecutionView } from '#executions';
import { ChangeJob, CreateJob, JobLifecycle, type JobView, RunJob } from '#jobs';
import { ExecutionDto } from '../executions/dto/execution.dto.js';
import {
  ApiEnvelope,
  ApiErrors,
  ApiIdempotencyKey,
  EtagInterceptor,
  IdempotencyKey,
  ParseIdPipe,
  ReceivedBody,
  TakesNoFields,
} from '../http/index.js';
import { CloneJobDto } from './dto/change-job.dto.js';
import { PauseJobDto, ResumeJobDto, TriggerJobDto } from './dto/job-commands.dto.js';
import { JobDto } from './dto/job.dto.js';
import { RescheduleJobDto } from './dto/schedule-fields.dto.js';

@ApiTags('Jobs')
@ApiBearerAuth()
@Controller('jobs/:id')
@UseInterceptors(EtagInterceptor)
export class JobActionsController {
  constructor(
    private readonly lifecycle: JobLifecycle,
    private readonly changeJob: ChangeJob,
    private readonly createJob: CreateJob,
    private readonly runJob: RunJob,
  ) {}

  @Post('pause')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Pause a job',
    description:
      'Holds back everything that has not begun, also what was planned already. What runs goes on.',
  })
  @ApiBody({ type: PauseJobDto, required: false })
  @ApiEnvelope(JobDto, { description: 'The job, paused.' })
  @ApiErrors('VALIDATION_FAILED', 'NOT_FOUND', 'INVALID_STATE')
  pause(
    @CurrentUser() actor: Principal,
    @Param('id', ParseIdPipe) id: string,
    @Body() { reason }: PauseJobDto,
  ): Promise<JobView> {
    return this.lifecycle.pause(actor, id, reason);
  }

  @Post('resume')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Resume a paused job',
    description:
      'It goes on with the next time to come; the times that passed are a gap with the reason `paused`, unless `catchUp` has the misfire policy applied to them.',
  })
  @ApiBody({ type: ResumeJobDto, required: false })
  @ApiEnvelope(JobDto, { description: 'The job, active.' })
  @ApiErrors('VALIDATION_FAILED', 'NOT_FOUND', 'INVALID_STATE')
  resume(
    @CurrentUser() actor: Principal,
    @Param('id', ParseIdPipe) id: string,
    @Body() { catchUp }: ResumeJobDto,
  ): Promise<JobView> {
    return this.lifecycle.resume(actor, id, { catchUp });
  }

  @Post('cancel')
  @HttpCode(200)
  @ApiOperation({ summary: 'Cancel a job for good', description: 'With what it has running.' })
  @TakesNoFields()
  @ApiEnvelope(JobDto, { description: 'The job, cancelled.' })
  @ApiErrors('VALIDATION_FAILED', 'NOT_FOUND', 'INVALID_STATE')
  cancel(@CurrentUser() actor: Principal, @Param('id', ParseIdPipe) id: string): Promise<JobView> {
    return this.lifecycle.cancel(actor, id);
  }

  @Post('reschedule')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Give a job a new time',
    description:
      'Takes back what was planned by the old one. A job that had ended becomes active again, a paused one stays paused.',
  })
  @ApiBody({
    type: RescheduleJobDto,
    examples: {
      recurring: { summary: 'Every two hours', value: { cronExpression: '0 */2 * * *' } },
      scheduled: { summary: 'Once', value: { scheduledAt: '2030-12-31T23:59:59Z' } },
    },
  })
  @ApiEnvelope(JobDto, { description: 'The job with its new `nextRunAt`.' })
  @ApiErrors('FORBIDDEN', 'NOT_FOUND', 'INVALID_STATE')
  reschedule(
    @CurrentUser() actor: Principal,
    @Param('id', ParseIdPipe) id: string,
    @Body() schedule: RescheduleJobDto,
  ): Promise<JobView> {
    return this.changeJob.reschedule(actor, id, schedule);
  }

  @Post('clone')
  @ApiOperation({
    summary: 'Make a new job like this one',
    description:
      'With its secrets, for the same owner, and with what the body says instead. It is paused until somebody resumes it.',
  })
  @ApiBody({
    type: CloneJobDto,
    required: false,
    examples: { renamed: { summary: 'Under another name', value: { name: 'Send Monthly Report' } } },
  })
  @ApiEnvelope(JobDto, { status: 201, description: 'The new job, paused.' })
  @ApiErrors('VALIDATION_FAILED', 'FORBIDDEN', 'NOT_FOUND')
  clone(
    @CurrentUser() actor: Principal,
    @Param('id', ParseIdPipe) id: string,
    @Body() patch: CloneJobDto,
  ): Promise<JobView> {
    return this.createJob.clone(actor, id, patch);
  }

  @Post('trigger')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Run a job now',
    description: 'Beside its schedule, which goes on as it was.',
  })
  @ApiBody({ type: TriggerJobDto, required: false })
  @ApiIdempotencyKey()
  @ApiEnvelope(ExecutionDto, { status: 202, description: 'The execution that will run.' })
  @ApiErrors(
    'FORBIDDEN',
    'NOT_FOUND',
    'INVALID_STATE',
    'ALREADY_RUNNING',
    'SYSTEM_PAUSED',
    'IDEMPOTENCY_KEY_REUSED',
  )
  trigger(
    @CurrentUser() actor: Principal,
    @Param('id', ParseIdPipe) id: string,
    @Body() input: TriggerJobDto,
    @IdempotencyKey() key: string | undefined,
    @ReceivedBody() body: unknown,
  ): Promise<ExecutionView> {
    const idempotency = key === undefined ? undefined : { key, scope: `POST /jobs/${id}/trigger`, body };
    return this.runJob.trigger(actor, id, input, idempotency);
  }
}
