import { Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { DatabaseIndicator } from './database.indicator.js';
import { HealthController } from './health.controller.js';
import { QueueHealth } from './queue-health.service.js';
import { READINESS_INDICATORS, type ReadinessIndicator } from './readiness.js';

@Module({
  imports: [TerminusModule.forRoot({ errorLogStyle: 'json' })],
  controllers: [HealthController],
  providers: [
    DatabaseIndicator,
    QueueHealth,
    {
      provide: READINESS_INDICATORS,
      inject: [DatabaseIndicator],
      useFactory: (...indicators: ReadinessIndicator[]) => indicators,
    },
  ],
  exports: [DatabaseIndicator, QueueHealth],
})
export class HealthModule {}
