import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CurrentUser, type Principal } from '#auth';
import {
  type BackfillForecast,
  type BackfillView,
  CancelBackfill,
  FindBackfills,
  StartBackfill,
} from '#jobs';
import {
  ApiEnvelope,
  ApiErrors,
  ApiIdempotencyKey,
  ApiPage,
  IdempotencyKey,
  Page,
  PageQueryDto,
  ParseIdPipe,
  ReceivedBody,
  TakesNoFields,
} from '../http/index.js';
import { decodeBackfillCursor, encodeBackfillCursor } from '../jobs/list-cursors.js';
import { BackfillDto, BackfillForecastDto } from './dto/backfill.dto.js';
import { CancelBackfillQueryDto } from './dto/cancel-backfill-query.dto.js';
import { StartBackfillDto } from './dto/start-backfill.dto.js';

const JANUARY = { from: '2026-01-01T00:00:00Z', to: '2026-01-31T23:59:59Z' };

@ApiTags('Backfills')
@ApiBearerAuth()
@Controller()
export class BackfillsController {
  constructor(
    private readonly startBackfill: StartBackfill,
    private readonly backfills: FindBackfills,
    private readonly cancelBackfill: CancelBackfill,
  ) {}

  @Post('jobs/:id/backfill')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Run a job for times that have passed',
    description:
      'Both ends are included; at most 10,000 executions. Times before the job existed are those of its present schedule. Each run has its nominal time and the trigger `backfill`; in the modes `missing` and `failed` none runs that has completed. With `dryRun` nothing is done, and the answer is 200.',
  })
  @ApiBody({
    type: StartBackfillDto,
    examples: {
      missing: { summary: 'What nothing ran in January', value: { ...JANUARY, mode: 'missing' } },
      failed: {
        summary: 'What failed, thirty a minute',
        value: { ...JANUARY, mode: 'failed', ratePerMinute: 30 },
      },
      dryRun: { summary: 'Ask first', value: { ...JANUARY, mode: 'all', dryRun: true } },
    },
  })
  @ApiIdempotencyKey()
  @ApiEnvelope(BackfillDto, { status: 202, description: 'The backfill.' })
  @ApiEnvelope(BackfillForecastDto, { description: 'With `dryRun`: what it would do.' })
  @ApiErrors('NOT_FOUND', 'INVALID_STATE', 'IDEMPOTENCY_KEY_REUSED')
  async start(
    @CurrentUser() actor: Principal,
    @Param('id', ParseIdPipe) id: string,
    @Body() { dryRun = false, ...input }: StartBackfillDto,
    @IdempotencyKey() key: string | undefined,
    @ReceivedBody() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<BackfillView | BackfillForecast> {
    if (dryRun) {
      void reply.status(200);
      return this.startBackfill.forecast(actor, id, input);
    }
    const idempotency = key === undefined ? undefined : { key, scope: `POST /jobs/${id}/backfill`, body };
    return this.startBackfill.start(actor, id, input, idempotency);
  }

  @Get('jobs/:id/backfills')
  @ApiOperation({
    summary: 'The backfills of a job, newest first',
    description: 'Can still be read when the job was deleted.',
  })
  @ApiPage(BackfillDto, { description: 'A page of backfills.' })
  @ApiErrors('VALIDATION_FAILED', 'NOT_FOUND')
  async list(
    @CurrentUser() actor: Principal,
    @Param('id', ParseIdPipe) id: string,
    @Query() query: PageQueryDto,
  ): Promise<Page<BackfillView>> {
    const { cursor, ...filter } = query;
    const afterId = cursor === undefined ? undefined : decodeBackfillCursor(cursor);
    const { items, total, lastId } = await this.backfills.listOfJob(actor, id, { ...filter, afterId });
    return Page.of(query, { items, total, nextCursor: lastId && encodeBackfillCursor(lastId) });
  }

  @Get('backfills/:id')
  @ApiOperation({ summary: 'One backfill, and how far it has come' })
  @ApiEnvelope(BackfillDto, { description: 'The backfill.' })
  @ApiErrors('VALIDATION_FAILED', 'NOT_FOUND')
  get(@CurrentUser() actor: Principal, @Param('id', ParseIdPipe) id: string): Promise<BackfillView> {
    return this.backfills.get(actor, id);
  }

  @Post('backfills/:id/cancel')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Cancel a backfill',
    description: 'Nothing of it begins any more. What has begun goes on, unless `running=true`.',
  })
  @TakesNoFields()
  @ApiEnvelope(BackfillDto, { description: 'The backfill, cancelled.' })
  @ApiErrors('VALIDATION_FAILED', 'NOT_FOUND', 'INVALID_STATE')
  cancel(
    @CurrentUser() actor: Principal,
    @Param('id', ParseIdPipe) id: string,
    @Query() { running }: CancelBackfillQueryDto,
  ): Promise<BackfillView> {
    return this.cancelBackfill.cancel(actor, id, { running: running === 'true' });
  }
}
