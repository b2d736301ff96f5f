import { Module } from '@nestjs/common';
import { FiguresModule, ProcessMetricsModule, SystemMetrics } from '#monitoring';
import { MetricsController } from './metrics.controller.js';

/** What Prometheus scrapes of the API: the process itself, and the installation as PostgreSQL has it. */
@Module({
  imports: [FiguresModule, ProcessMetricsModule],
  controllers: [MetricsController],
  providers: [SystemMetrics],
})
export class MetricsModule {}
