import { Module } from '@nestjs/common';
import { FiguresModule } from '#monitoring';
import { HealthModule } from '../health/health.module.js';
import { MonitoringController } from './monitoring.controller.js';
import { ServiceHealth } from './service-health.service.js';

@Module({
  imports: [FiguresModule, HealthModule],
  controllers: [MonitoringController],
  providers: [ServiceHealth],
})
export class MonitoringModule {}
