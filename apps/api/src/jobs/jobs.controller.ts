import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  Patch,
  Post,
  Put,
  Query,
  UseInterceptors,
} from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser, type Principal } from '#auth';
import { ChronosError } from '#contracts';
import { ChangeJob, CreateJob, FindJobs, JobLifecycle, type JobView } from '#jobs';
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
  ParseIdPipe,
  ReceivedBody,
} from '../http/index.js';
import { ChangeJobDto } from './dto/change-job.dto.js';
import { CreateJobDto } from './dto/create-job.dto.js';
import { JobDto } from './dto/job.dto.js';
import { DeleteJobQueryDto } from './dto/job-commands.dto.js';
import { CHANGE_EXAMPLES, JOB_EXAMPLES } from './dto/job-examples.js';
import { JobsQueryDto } from './dto/jobs-query.dto.js';
import { decodeJobCursor, encodeJobCursor } from './list-cursors.js';

@ApiTags('Jobs')
@ApiBearerAuth()
@Controller('jobs')
@UseInterceptors(EtagInterceptor)
export class JobsController {
  constructor(
    private readonly createJob: CreateJob,
    private readonly changeJob: ChangeJob,
    private readonly lifecycle: JobLifecycle,
    private readonly jobs: FindJobs,
  ) {}

  @Post()
  @ApiOperation({
    summary: 'Create a job',
    description:
      'Once this is answered the job is stored and will run, whatever process dies next. Script jobs are for admins unless `SCRIPT_JOBS=all`.',
  })
  @ApiBody({ type: CreateJobDto, examples: JOB_EXAMPLES })
  @ApiIdempotencyKey()
  @ApiEnvelope(JobDto, { status: 201, description: 'The job.' })
  @ApiErrors('FORBIDDEN', 'IDEMPOTENCY_KEY_REUSED')
  create(
    @CurrentUser() actor: Principal,
    @Body() input: CreateJobDto,
    @IdempotencyKey() key: string | undefined,
    @ReceivedBody() body: unknown,
  ): Promise<JobView> {
    return this.createJob.create(
      actor,
      input,
      key === undefined ? undefined : { key, scope: 'POST /jobs', body },
    );
  }

  @Get()
  @ApiOperation({ summary: 'List jobs', description: 'Your own; all of them for admins.' })
  @ApiPage(JobDto, { description: 'A page of jobs.' })
  @ApiErrors('VALIDATION_FAILED')
  async list(@CurrentUser() actor: Principal, @Query() query: JobsQueryDto): Promise<Page<JobView>> {
    const { cursor, sort = '-createdAt', ...filter } = query;
    const after = cursor === undefined ? undefined : decodeJobCursor(sort, cursor);
    const { items, total, last } = await this.jobs.list(actor, { ...filter, sort, after });
    return Page.of(query, { items, total, nextCursor: last && encodeJobCursor(sort, last) });
  }

  @Get(':id')
  @ApiOperation({ summary: 'One job' })
  @ApiEnvelope(JobDto, { description: 'The job.' })
  @ApiErrors('VALIDATION_FAILED', 'NOT_FOUND')
  get(@CurrentUser() actor: Principal, @Param('id', ParseIdPipe) id: string): Promise<JobView> {
    return this.jobs.get(actor, id);
  }

  @Put(':id')
  @ApiOperation({
    summary: 'Change a job',
    description:
      'Only the given fields change. Applies to what has not begun; what runs keeps the version it began with.',
  })
  @ApiBody({ type: ChangeJobDto, examples: CHANGE_EXAMPLES })
  @ApiExpectedVersion()
  @ApiEnvelope(JobDto, { description: 'The job as it is now.' })
  @ApiErrors('FORBIDDEN', 'NOT_FOUND', 'VERSION_CONFLICT', 'INVALID_STATE')
  replace(
    @CurrentUser() actor: Principal,
    @Param('id', ParseIdPipe) id: string,
    @Body() change: ChangeJobDto,
    @ExpectedVersion() expected: number | undefined,
  ): Promise<JobView> {
    return this.#change(actor, id, change, expected);
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Change a job', description: 'The same as `PUT`.' })
  @ApiBody({ type: ChangeJobDto, examples: CHANGE_EXAMPLES })
  @ApiExpectedVersion()
  @ApiEnvelope(JobDto, { description: 'The job as it is now.' })
  @ApiErrors('FORBIDDEN', 'NOT_FOUND', 'VERSION_CONFLICT', 'INVALID_STATE')
  change(
    @CurrentUser() actor: Principal,
    @Param('id', ParseIdPipe) id: string,
    @Body() change: ChangeJobDto,
    @ExpectedVersion() expected: number | undefined,
  ): Promise<JobView> {
    return this.#change(actor, id, change, expected);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Delete a job',
    description:
      'What runs is cancelled. Its executions and logs can still be read by id until retention takes them. Refused while others run after it, unless `force` is true: they no longer do then, and one that ran after nothing else is completed.',
  })
  @ApiNoContentResponse({ description: 'The job is gone.' })
  @ApiErrors('VALIDATION_FAILED', 'NOT_FOUND', 'JOB_IN_USE')
  delete(
    @CurrentUser() actor: Principal,
    @Param('id', ParseIdPipe) id: string,
    @Query() { force }: DeleteJobQueryDto,
  ): Promise<void> {
    return this.lifecycle.delete(actor, id, { force: force === 'true' });
  }

  async #change(
    actor: Principal,
    id: string,
    { version, ...patch }: ChangeJobDto,
    ifMatch: number | undefined,
  ): Promise<JobView> {
    if (ifMatch !== undefined && version !== undefined && ifMatch !== version) {
      throw ChronosError.invalid('version', `contradicts If-Match (${ifMatch}); send one of them`);
    }
    return this.changeJob.update(actor, id, patch, ifMatch ?? version);
  }
}
