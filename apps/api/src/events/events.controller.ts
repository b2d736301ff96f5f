import { Controller, Get, Headers, Param, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { isUUID } from 'class-validator';
import { CurrentUser, type Principal } from '#auth';
import { FindHistory } from '#jobs';
import { ApiErrors, ParseIdPipe, RawAnswer } from '../http/index.js';
import { ApiEvents } from './api-events.decorator.js';
import { DashboardEvents } from './dashboard-events.service.js';
import { EventStreams } from './event-streams.service.js';
import { ExecutionEvents } from './execution-events.service.js';

@ApiBearerAuth()
@Controller()
@RawAnswer()
export class EventsController {
  constructor(
    private readonly streams: EventStreams,
    private readonly dashboard: DashboardEvents,
    private readonly executions: ExecutionEvents,
    private readonly history: FindHistory,
  ) {}

  @Get('monitoring/events')
  @ApiTags('Monitoring')
  @ApiOperation({
    summary: 'What changes, as it changes',
    description:
      "Server-sent events of the user's own jobs; admins see all. Hints to read again what is shown, not a record: `reset` says that some may have been missed.",
  })
  @ApiEvents(
    '`execution` (id, jobId, status), `job` (id, status), `backfill` (id, jobId, status: begun or over), `system` (state: everything is paused, or goes on), `ready` at the start, `reset`: read everything again.',
    'event: execution\nid: Zk3vQ1xT.42\ndata: {"id":"0190...","jobId":"0190...","status":"completed"}\n\n',
  )
  @ApiErrors('RATE_LIMITED')
  changes(
    @CurrentUser() actor: Principal,
    @Headers('last-event-id') lastEventId: string | undefined,
    @Res() reply: FastifyReply,
  ): void {
    this.dashboard.follow(this.streams.open(reply, actor), actor, lastEventId);
  }

  @Get('executions/:id/events')
  @ApiTags('Executions')
  @ApiOperation({
    summary: 'Follow an execution until it ends',
    description:
      'Server-sent events: the status whenever it changes, each log line from the first on, and the end.',
  })
  @ApiEvents(
    '`status` (the execution), `log` (a line).',
    'event: log\nid: 0190...\ndata: {"id":"0190...","level":"info","message":"Calling","attempt":1}\n\n',
  )
  @ApiErrors('VALIDATION_FAILED', 'NOT_FOUND', 'RATE_LIMITED')
  async execution(
    @CurrentUser() actor: Principal,
    @Param('id', ParseIdPipe) id: string,
    @Headers('last-event-id') lastEventId: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.history.execution(actor, id);
    const stream = this.streams.open(reply, actor);
    await this.executions.follow(stream, id, isUUID(lastEventId) ? lastEventId : undefined);
  }
}
