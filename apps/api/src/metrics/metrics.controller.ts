import { Controller, Get, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { SkipThrottle } from '@nestjs/throttler';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '#auth';
import { ChronosConfig } from '#config';
import { assertMayScrape, ProcessMetrics } from '#monitoring';
import { RawAnswer } from '../http/index.js';

/** Prometheus' scrape, outside `/api/v1`. */
@ApiExcludeController()
@Controller('metrics')
@Public()
@SkipThrottle({ default: true, auth: true })
@RawAnswer()
export class MetricsController {
  constructor(
    private readonly config: ChronosConfig,
    private readonly metrics: ProcessMetrics,
  ) {}

  @Get()
  async scrape(
    @Req() { headers, ip }: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const isForwarded = 'x-forwarded-for' in headers || 'forwarded' in headers;
    assertMayScrape(this.config.metricsToken, {
      authorization: headers.authorization,
      address: ip,
      isForwarded: isForwarded && this.config.http.trustedProxies.length === 0,
    });
    void reply.header('content-type', this.metrics.contentType);
    return this.metrics.text();
  }
}
