import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CurrentUser, type Principal, Public, Roles } from '#auth';
import { ChronosError } from '#contracts';
import {
  type DashboardFigures,
  DashboardFiguresService,
  type SystemFigures,
  SystemFiguresService,
} from '#monitoring';
import { ApiEnvelope, ApiErrors, RawAnswer } from '../http/index.js';
import { errorBody } from '../http/error-body.js';
import { DashboardDto } from './dto/dashboard.dto.js';
import { DashboardQueryDto } from './dto/dashboard-query.dto.js';
import { HealthDto } from './dto/health.dto.js';
import { SystemDto } from './dto/system.dto.js';
import { ServiceHealth } from './service-health.service.js';

@ApiTags('Monitoring')
@Controller('monitoring')
export class MonitoringController {
  constructor(
    private readonly health: ServiceHealth,
    private readonly dashboardFigures: DashboardFiguresService,
    private readonly systemFigures: SystemFiguresService,
  ) {}

  @Get('health')
  @Public()
  @RawAnswer()
  @ApiOperation({
    summary: 'State of the service',
    description: '503 while PostgreSQL is away, with the error envelope and the same `data` beside it.',
  })
  @ApiEnvelope(HealthDto, { description: 'healthy or degraded.' })
  async report(@Res({ passthrough: true }) reply: FastifyReply): Promise<object> {
    const data = await this.health.report();
    if (data.status !== 'unhealthy') return { success: true, data };
    const error = new ChronosError('DEPENDENCY_DOWN', 'PostgreSQL cannot be reached.', { retryable: true });
    void reply.status(503);
    return { ...errorBody(error, reply.request.id), data };
  }

  @Get('dashboard')
  @ApiBearerAuth()
  @ApiOperation({
    summary: 'The figures a dashboard opens with',
    description:
      "Of the user's own jobs; admins see all. Executions count by their nominal time. At most two seconds old.",
  })
  @ApiEnvelope(DashboardDto, { description: 'The figures.' })
  @ApiErrors('VALIDATION_FAILED')
  dashboard(
    @CurrentUser() actor: Principal,
    @Query() { days }: DashboardQueryDto,
  ): Promise<DashboardFigures> {
    return this.dashboardFigures.of(actor, days);
  }

  @Get('metrics')
  @ApiBearerAuth()
  @Roles('admin')
  @ApiOperation({
    summary: 'How the whole system is',
    description: 'Admins only. For time series, scrape `/metrics` of each process with Prometheus.',
  })
  @ApiEnvelope(SystemDto, { description: 'Queues, workers, throughput, lateness, process and database.' })
  @ApiErrors('FORBIDDEN')
  metrics(): Promise<SystemFigures> {
    return this.systemFigures.all();
  }
}
