import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser, type Principal } from '#auth';
import { ChronosError } from '#contracts';
import {
  FindActivity,
  FindJobStats,
  type JobActivity,
  type JobColumns,
  type JobStats,
  LedgerColumns,
} from '#jobs';
import { ApiEnvelope, ApiErrors, ParseIdPipe } from '../http/index.js';
import { ActivityQueryDto, JobActivityDto, JobStatsDto, JobStatsQueryDto } from './dto/activity.dto.js';
import { JobColumnsDto, LedgerColumnsQueryDto } from './dto/ledger-columns.dto.js';

const HOUR_MS = 3_600_000;

/** What pictures of jobs are drawn from, for several at once. Registered before `jobs/:id`, whose ids its paths are not. */
@ApiTags('Jobs')
@ApiBearerAuth()
@Controller('jobs')
export class JobChartsController {
  constructor(
    private readonly activity: FindActivity,
    private readonly stats: FindJobStats,
    private readonly columns: LedgerColumns,
  ) {}

  @Get('activity')
  @ApiOperation({ summary: 'The latest executions of several jobs at a glance' })
  @ApiEnvelope([JobActivityDto], { description: 'One entry a job, in no order.' })
  @ApiErrors('VALIDATION_FAILED')
  activityOf(@CurrentUser() actor: Principal, @Query() { ids }: ActivityQueryDto): Promise<JobActivity[]> {
    return this.activity.of(actor, ids);
  }

  @Get('ledger-columns')
  @ApiOperation({
    summary: 'The ledgers of several jobs, counted in columns of time',
    description: 'For ranges with too many times to list. What `GET /jobs/{id}/ledger` tells one by one.',
  })
  @ApiEnvelope([JobColumnsDto], { description: 'One entry a job, in the order of `jobIds`.' })
  @ApiErrors('VALIDATION_FAILED')
  ledgerColumns(
    @CurrentUser() actor: Principal,
    @Query() { jobIds, buckets, ...range }: LedgerColumnsQueryDto,
  ): Promise<JobColumns[]> {
    const now = Date.now();
    const from = range.from ?? new Date(Math.min(now, range.to?.getTime() ?? now) - 24 * HOUR_MS);
    const to = range.to ?? new Date(Math.max(now, from.getTime()) + 6 * HOUR_MS);
    if (to.getTime() - from.getTime() < buckets) {
      throw ChronosError.invalid('to', 'must be at least a millisecond a column after "from"');
    }
    return this.columns.of(actor, jobIds, { from, to, buckets });
  }

  @Get(':id/stats')
  @ApiOperation({
    summary: "How a job's executions went, by day",
    description: "Days are those of the job's zone.",
  })
  @ApiEnvelope(JobStatsDto, { description: 'In all, and by day.' })
  @ApiErrors('VALIDATION_FAILED', 'NOT_FOUND')
  statsOf(
    @CurrentUser() actor: Principal,
    @Param('id', ParseIdPipe) id: string,
    @Query() { days }: JobStatsQueryDto,
  ): Promise<JobStats> {
    return this.stats.of(actor, id, days);
  }
}
