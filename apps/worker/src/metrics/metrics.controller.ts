import { Controller, Get, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ChronosConfig } from '#config';
import { ChronosError } from '#contracts';
import { assertMayScrape, ProcessMetrics } from '#monitoring';

/** Prometheus' scrape of one worker, on the port of its probes. */
@Controller('metrics')
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
    try {
      assertMayScrape(this.config.metricsToken, {
        authorization: headers.authorization,
        address: ip,
        isForwarded: 'x-forwarded-for' in headers || 'forwarded' in headers,
      });
    } catch (error) {
      if (!(error instanceof ChronosError)) throw error;
      void reply.status(error.code === 'UNAUTHENTICATED' ? 401 : 403);
      return `${error.message}\n`;
    }
    void reply.header('content-type', this.metrics.contentType);
    return this.metrics.text();
  }
}
