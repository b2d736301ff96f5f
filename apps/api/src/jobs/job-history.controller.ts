import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiExtraModels, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser, type Principal } from '#auth';
import { ChronosError } from '#contracts';
import type { ExecutionView, LogView } from '#executions';
import { FindHistory, FindLedger, type Ledger } from '#jobs';
import type { NotificationView } from '#notifications';
import { ExecutionDto } from '../executions/dto/execution.dto.js';
import { ApiEnvelope, ApiErrors, ApiPage, Page, ParseIdPipe } from '../http/index.js';
import { NotificationDto } from '../notifications/dto/notification.dto.js';
import { JobNotificationsQueryDto } from '../notifications/dto/notifications-query.dto.js';
import { ExecutionsQueryDto, LogsQueryDto } from './dto/history-query.dto.js';
import {
  LedgerDto,
  LedgerExecutionDto,
  LedgerForecastDto,
  LedgerGapDto,
  LedgerQueryDto,
} from './dto/ledger.dto.js';
import { LogLineDto } from './dto/log-line.dto.js';
import {
  decodeExecutionCursor,
  decodeLogCursor,
  decodeNotificationCursor,
  encodeExecutionCursor,
  encodeLogCursor,
  encodeNotificationCursor,
} from './list-cursors.js';

const WEEK_MS = 7 * 86_400_000;

@ApiTags('Jobs')
@ApiBearerAuth()
@Controller('jobs/:id')
export class JobHistoryController {
  constructor(
    private readonly history: FindHistory,
    private readonly findLedger: FindLedger,
  ) {}

  @Get('executions')
  @ApiOperation({
    summary: 'What a job ran, newest first',
    description: 'Also what it did not run, with the reason. Can still be read when the job was deleted.',
  })
  @ApiPage(ExecutionDto, { description: 'A page of executions.' })
  @ApiErrors('VALIDATION_FAILED', 'NOT_FOUND')
  async executions(
    @CurrentUser() actor: Principal,
    @Param('id', ParseIdPipe) id: string,
    @Query() query: ExecutionsQueryDto,
  ): Promise<Page<ExecutionView>> {
    const { cursor, ...filter } = query;
    const after = cursor === undefined ? undefined : decodeExecutionCursor(cursor);
    const { items, total, last } = await this.history.executionsOf(actor, id, { ...filter, after });
    return Page.of(query, { items, total, nextCursor: last && encodeExecutionCursor(last) });
  }

  @Get('ledger')
  @ApiOperation({
    summary: 'What became of each time of a job, and what is to come',
    description:
      'Executions, occurrences that did not run with the reason, gaps, and the forecast in one list, oldest first. Can still be read when the job was deleted.',
  })
  @ApiExtraModels(LedgerExecutionDto, LedgerGapDto, LedgerForecastDto)
  @ApiEnvelope(LedgerDto, { description: 'A part of the ledger.' })
  @ApiErrors('VALIDATION_FAILED', 'NOT_FOUND')
  ledger(
    @CurrentUser() actor: Principal,
    @Param('id', ParseIdPipe) id: string,
    @Query() { from, to, limit }: LedgerQueryDto,
  ): Promise<Ledger> {
    const now = Date.now();
    const range = {
      from: from ?? new Date((to?.getTime() ?? now) - WEEK_MS),
      to: to ?? new Date(Math.max(now, from?.getTime() ?? now) + WEEK_MS),
      limit,
    };
    if (range.from > range.to) throw ChronosError.invalid('to', 'is before "from"');
    return this.findLedger.ledger(actor, id, range);
  }

  @Get('logs')
  @ApiOperation({
    summary: "A job's log lines, newest first",
    description: 'Can still be read when the job was deleted.',
  })
  @ApiPage(LogLineDto, { description: 'A page of lines.' })
  @ApiErrors('VALIDATION_FAILED', 'NOT_FOUND')
  async logs(
    @CurrentUser() actor: Principal,
    @Param('id', ParseIdPipe) id: string,
    @Query() query: LogsQueryDto,
  ): Promise<Page<LogView>> {
    const { cursor, ...filter } = query;
    const afterId = cursor === undefined ? undefined : decodeLogCursor(cursor);
    const { items, total, lastId } = await this.history.logsOf(actor, id, { ...filter, afterId });
    return Page.of(query, { items, total, nextCursor: lastId && encodeLogCursor(lastId) });
  }

  @Get('notifications')
  @ApiOperation({
    summary: 'Whom a job told of how it ended, newest first',
    description:
      'What is to be sent, what was sent and what could not be, with the reason. Kept as long as executions are.',
  })
  @ApiPage(NotificationDto, { description: 'A page of notifications.' })
  @ApiErrors('VALIDATION_FAILED', 'NOT_FOUND')
  async notifications(
    @CurrentUser() actor: Principal,
    @Param('id', ParseIdPipe) id: string,
    @Query() query: JobNotificationsQueryDto,
  ): Promise<Page<NotificationView>> {
    const { cursor, ...filter } = query;
    const afterId = cursor === undefined ? undefined : decodeNotificationCursor(cursor);
    const { items, total, lastId } = await this.history.notificationsOf(actor, id, { ...filter, afterId });
    return Page.of(query, { items, total, nextCursor: lastId && encodeNotificationCursor(lastId) });
  }
}
