import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import { isUUID } from 'class-validator';
import { CurrentUser, type Principal, Roles } from '#auth';
import { type CatchupDecision, type CatchupView, FindCatchups, ReviewCatchups } from '#jobs';
import {
  ApiEnvelope,
  ApiErrors,
  ApiPage,
  decodeCursor,
  encodeCursor,
  invalidCursor,
  Page,
  ParseIdPipe,
} from '../http/index.js';
import {
  CatchupDecisionDto,
  CatchupDto,
  CatchupsQueryDto,
  DropCatchupDto,
  ReleaseCatchupDto,
} from './dto/catchup.dto.js';

@ApiTags('Catch-up review')
@ApiBearerAuth()
@Controller('catchup')
@Roles('admin')
export class CatchupController {
  constructor(
    private readonly catchups: FindCatchups,
    private readonly reviews: ReviewCatchups,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'Misfires that wait for a review, by job, the longest waiting first',
    description:
      'Admins only. After an outage longer than `CATCHUP_REVIEW_AFTER_MS` what a misfire policy would run waits here; what comes due since runs on time.',
  })
  @ApiPage(CatchupDto, { description: 'A page of jobs.' })
  @ApiErrors('VALIDATION_FAILED', 'FORBIDDEN')
  async list(@Query() query: CatchupsQueryDto): Promise<Page<CatchupView>> {
    const { cursor, ...filter } = query;
    const afterId = cursor === undefined ? undefined : reviewIdOf(cursor);
    const { items, total, lastId } = await this.catchups.list({ ...filter, afterId });
    return Page.of(query, { items, total, nextCursor: lastId && encodeCursor(['catchup', lastId]) });
  }

  @Post('release')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Let run what waits, of all jobs that are not paused',
    description:
      'Admins only. Oldest first, at the pace of catching up, under the overlap policy of each job.',
  })
  @ApiBody({ type: ReleaseCatchupDto, required: false })
  @ApiEnvelope(CatchupDecisionDto, { description: 'What was released.' })
  @ApiErrors('VALIDATION_FAILED', 'FORBIDDEN')
  releaseAll(@CurrentUser() actor: Principal, @Body() input: ReleaseCatchupDto): Promise<CatchupDecision> {
    return this.reviews.release(actor, input);
  }

  @Post('drop')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Have what waits stay undone, of all jobs',
    description:
      'Admins only. It is in the ledger as `missed`, reason `review`, with who dropped it and why.',
  })
  @ApiBody({ type: DropCatchupDto, required: false })
  @ApiEnvelope(CatchupDecisionDto, { description: 'What was dropped.' })
  @ApiErrors('VALIDATION_FAILED', 'FORBIDDEN')
  dropAll(@CurrentUser() actor: Principal, @Body() input: DropCatchupDto): Promise<CatchupDecision> {
    return this.reviews.drop(actor, input);
  }

  @Post(':jobId/release')
  @HttpCode(200)
  @ApiOperation({ summary: 'Let run what waits of one job', description: 'Admins only.' })
  @ApiBody({ type: ReleaseCatchupDto, required: false })
  @ApiEnvelope(CatchupDecisionDto, { description: 'What was released.' })
  @ApiErrors('VALIDATION_FAILED', 'FORBIDDEN', 'NOT_FOUND', 'INVALID_STATE')
  release(
    @CurrentUser() actor: Principal,
    @Param('jobId', ParseIdPipe) jobId: string,
    @Body() input: ReleaseCatchupDto,
  ): Promise<CatchupDecision> {
    return this.reviews.release(actor, input, jobId);
  }

  @Post(':jobId/drop')
  @HttpCode(200)
  @ApiOperation({ summary: 'Have what waits of one job stay undone', description: 'Admins only.' })
  @ApiBody({ type: DropCatchupDto, required: false })
  @ApiEnvelope(CatchupDecisionDto, { description: 'What was dropped.' })
  @ApiErrors('VALIDATION_FAILED', 'FORBIDDEN', 'NOT_FOUND', 'INVALID_STATE')
  drop(
    @CurrentUser() actor: Principal,
    @Param('jobId', ParseIdPipe) jobId: string,
    @Body() input: DropCatchupDto,
  ): Promise<CatchupDecision> {
    return this.reviews.drop(actor, input, jobId);
  }
}

function reviewIdOf(cursor: string): string {
  const [kind, id] = decodeCursor(cursor, 2);
  if (kind !== 'catchup' || !isUUID(id)) throw invalidCursor();
  return id as string;
}
