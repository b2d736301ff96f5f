import { BullModule } from '@nestjs/bullmq';
import type { DynamicModule } from '@nestjs/common';
import type { WorkerOptions } from 'bullmq';
import { ChronosConfig } from '#config';
import { queueConnection } from './queue-connection.js';

/**
 * What lets `@Processor` classes of a worker process consume from the configured backend. Registering no queue
 * brings in the explorer that finds them, without producers of its own.
 */
export function consumerModules(): DynamicModule[] {
  return [
    BullModule.forRootAsync({
      inject: [ChronosConfig],
      useFactory: (config: ChronosConfig) => queueConnection(config, 'consumer'),
    }),
    BullModule.registerQueue(),
  ];
}

/**
 * How a processor consumes. A message that stalls is not given out again: what it carried is found and
 * dispatched anew from PostgreSQL, which knows better.
 */
export const CONSUMER_OPTIONS = {
  autorun: false,
  concurrency: 8,
  maxStalledCount: 0,
  removeOnComplete: { count: 0 },
  removeOnFail: { count: 0 },
} as const satisfies Partial<WorkerOptions>;
