import { Module } from '@nestjs/common';
import { DatabaseIndicator, ProbesModule } from '#monitoring';
import { HealthController } from './health.controller.js';
import { QueueHealth } from './queue-health.service.js';

/** The API stores jobs whether or not the queue is there, so it is ready when its database is. */
@Module({
  imports: [ProbesModule.forRoot([DatabaseIndicator])],
  controllers: [HealthController],
  providers: [QueueHealth],
  exports: [ProbesModule, QueueHealth],
})
export class HealthModule {}
