import { Module } from '@nestjs/common';
import { DatabaseIndicator, ProbesModule, QueueIndicator } from '#monitoring';
import { HealthController } from './health.controller.js';

@Module({
  imports: [ProbesModule.forRoot([DatabaseIndicator, QueueIndicator])],
  controllers: [HealthController],
  exports: [ProbesModule],
})
export class HealthModule {}
