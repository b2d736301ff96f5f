import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHANNELS, PgNotifications } from '#database';
import { type Change, decodeChanges } from '#executions';
import { waitFor } from '#testing';
import { WorkerModule } from '../../apps/worker/src/worker.module.js';
import { type Engine, startEngine } from './engine-fixture.js';

describe('what the engine tells those who watch', () => {
  let engine: Engine;
  let worker: NestFastifyApplication;
  let notifications: PgNotifications;
  const heard: Change[] = [];

  beforeAll(async () => {
    engine = await startEngine('postgres', {});
    notifications = new PgNotifications(engine.config);
    notifications.on(CHANNELS.changes, (payload) => heard.push(...decodeChanges(payload ?? '{}')));
    await notifications.start();
    const root = WorkerModule.forRoot(engine.config);
    worker = await NestFactory.create<NestFastifyApplication>(root, new FastifyAdapter(), {
      logger: false,
      abortOnError: false,
    });
    await worker.init();
  });
  afterAll(async () => {
    await notifications.onApplicationShutdown();
    await worker.close();
    await engine.stop();
  });

  it('is how an execution ends, and the job that ends with it', async () => {
    const job = await engine.create.create(engine.actor, {
      name: 'Watched',
      type: 'custom',
      payload: { handler: 'processData', data: { input: 'value' } },
      scheduleType: 'immediate',
    });
    const ofJob = () => heard.filter((change) => 'jobId' in change && change.jobId === job.id);
    await waitFor(() => ofJob().some((change) => change.kind === 'job' && change.status !== 'active'), {
      what: 'the end of the job to be told',
      progress: ofJob,
    });
    const [execution] = (await engine.executions.listOfJob(job.id, { page: 1, limit: 1 })).items;
    // Statuses it had for less than a tenth of a second need not be told; the last one is, after all others.
    expect(ofJob().findLast((change) => change.kind === 'execution')).toEqual({
      kind: 'execution',
      id: execution?.id,
      jobId: job.id,
      status: 'completed',
    });
    expect(ofJob()[0]).toEqual({ kind: 'job', jobId: job.id, status: 'active' });
    expect(ofJob().at(-1)).toEqual({ kind: 'job', jobId: job.id, status: 'completed' });
  });
});
