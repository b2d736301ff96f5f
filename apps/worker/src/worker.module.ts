import { type DynamicModule, Module } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';
import { type ChronosConfig, ConfigModule } from '#config';
import { DatabaseModule } from '#database';
import { ExecutorsModule } from '#executors';
import { PlanningModule } from '#jobs';
import {
  DatabaseIndicator,
  loggerParams,
  ProbesModule,
  QueueIndicator,
  WorkerMetricsModule,
} from '#monitoring';
import { DeliveryModule } from '#notifications';
import { consumerModules } from '#queue';
import { HealthController } from './health/health.controller.js';
import { MetricsController } from './metrics/metrics.controller.js';
import { RunningMetrics } from './metrics/running-metrics.service.js';
import { type ExecutionProcessor, processorOf } from './processors/execution.processor.js';
import { Heartbeat } from './roles/heartbeat.service.js';
import { LeaseKeeper } from './roles/lease-keeper.service.js';
import { Notifier } from './roles/notifier.service.js';
import { Upkeep } from './roles/upkeep.service.js';
import { AttemptLoggers } from './run/attempt-loggers.service.js';
import { ExecutionIntake } from './run/execution-intake.service.js';
import { ExecutionRunner } from './run/execution-runner.service.js';
import { PreparePayload } from './run/prepare-payload.service.js';
import { PROCESSORS, WorkerRoles } from './worker-roles.service.js';

/** A worker process: its roles and types as configured. */
@Module({})
export class WorkerModule {
  static forRoot(config: ChronosConfig): DynamicModule {
    const { roles, types } = config.worker;
    const processors = roles.includes('execute') ? types.map(processorOf) : [];
    return {
      module: WorkerModule,
      imports: [
        ConfigModule.forRoot(config),
        LoggerModule.forRoot(loggerParams(config, 'worker')),
        DatabaseModule,
        PlanningModule,
        ExecutorsModule,
        DeliveryModule,
        ProbesModule.forRoot([DatabaseIndicator, QueueIndicator]),
        WorkerMetricsModule,
        ...consumerModules(),
      ],
      controllers: [HealthController, MetricsController],
      providers: [
        AttemptLoggers,
        ExecutionIntake,
        ExecutionRunner,
        Heartbeat,
        LeaseKeeper,
        PreparePayload,
        RunningMetrics,
        Notifier,
        Upkeep,
        WorkerRoles,
        ...processors,
        { provide: PROCESSORS, inject: processors, useFactory: (...all: ExecutionProcessor[]) => all },
      ],
    };
  }
}
