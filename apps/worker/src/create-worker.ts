import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DataSource } from 'typeorm';
import type { ChronosConfig } from '#config';
import { requireCurrentSchema } from '#database';
import { ProcessLogger } from '#monitoring';
import { prepareQueueBackend } from '#queue';
import { WorkerModule } from './worker.module.js';

/**
 * A worker, connected and configured. It begins to work when it is initialised: `listen()` or `init()` it.
 * @throws when the database cannot be reached or is outdated, or an executor is missing or malformed
 */
export async function createWorker(config: ChronosConfig): Promise<NestFastifyApplication> {
  await prepareQueueBackend(config);
  const app = await NestFactory.create<NestFastifyApplication>(
    WorkerModule.forRoot(config),
    new FastifyAdapter(),
    { logger: ProcessLogger.of(config, 'worker'), abortOnError: false },
  );
  await requireCurrentSchema(app.get(DataSource));
  return app;
}
