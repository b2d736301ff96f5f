import { Controller, Get, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '#auth';
import { ChronosError } from '#contracts';
import { ApiEnvelope, RawAnswer } from '../http/index.js';
import { errorBody } from '../http/error-body.js';
import { HealthDto } from './dto/health.dto.js';
import { ServiceHealth } from './service-health.service.js';

@ApiTags('Monitoring')
@Controller('monitoring')
export class MonitoringController {
  constructor(private readonly health: ServiceHealth) {}

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
}
