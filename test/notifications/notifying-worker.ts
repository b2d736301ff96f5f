import { Injectable, Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { DataSource } from 'typeorm';
import { type ConfigOverrides, ConfigModule } from '#config';
import type { Actor, JobNotifications } from '#contracts';
import { DatabaseModule, newId, queryRows } from '#database';
import { type ExecutionView, FindExecutions } from '#executions';
import { CustomHandler } from '#executors';
import { CreateJob, type JobInput, JobsModule, type JobView, NotificationCommands, RunJob } from '#jobs';
import { prepareQueueBackend } from '#queue';
import { createTestDatabase, testConfig, waitFor } from '#testing';
import { WorkerModule } from '../../apps/worker/src/worker.module.js';

/** The owner of all jobs here. */
export const OWNER_EMAIL = 'owner@example.com';

/** Fails as often as it is run when its data says `fail`. */
@CustomHandler('told')
@Injectable()
class ToldHandler {
  run(data: string, { attempt }: { attempt: number }): string {
    if (data === 'fail') throw new Error(`no luck at attempt ${attempt}`);
    return data;
  }
}

export type Installation = Awaited<ReturnType<typeof startInstallation>>;

/** What makes jobs, and as many workers as asked for, on a database of their own. */
export async function startInstallation(workers: number, overrides: ConfigOverrides) {
  const database = await createTestDatabase();
  const config = testConfig({
    ...overrides,
    database: { url: database.url, poolSize: 6 },
    queue: { backend: 'postgres' },
    worker: { types: ['custom'], leaseMs: 2_000, reconcileIntervalMs: 200, shutdownGraceMs: 500 },
  });
  await prepareQueueBackend(config);
  const api = await Test.createTestingModule({
    imports: [ConfigModule.forRoot(config), DatabaseModule, JobsModule],
  }).compile();
  const dataSource = api.get(DataSource);
  const owner: Actor = { id: newId(), role: 'admin' };
  await dataSource.query(
    `INSERT INTO users (id, email, name, password_hash, role) VALUES ($1, $2, 'Owner', 'x', 'admin')`,
    [owner.id, OWNER_EMAIL],
  );

  @Module({ imports: [WorkerModule.forRoot(config)], providers: [ToldHandler] })
  class NotifyingWorkerModule {}

  const started = await Promise.all(
    Array.from({ length: workers }, async () => {
      const worker = await Test.createTestingModule({ imports: [NotifyingWorkerModule] }).compile();
      worker.enableShutdownHooks();
      return worker.init();
    }),
  );
  const executions = api.get(FindExecutions);
  const rows = <Row>(sql: string, parameters?: unknown[]) => queryRows<Row>(dataSource, sql, parameters);
  return {
    rows,
    /** Makes a job that runs once, now, without retries. */
    create: (
      data: 'ok' | 'fail',
      notifications: JobNotifications,
      more: Partial<JobInput> = {},
    ): Promise<JobView> =>
      api.get(CreateJob).create(owner, {
        name: 'Told',
        type: 'custom',
        payload: { handler: 'told', data },
        scheduleType: 'immediate',
        maxRetries: 0,
        retryDelay: 10,
        backoff: { strategy: 'fixed' },
        notifications,
        ...more,
      }),
    /** The newest execution of a job, once it has this status. */
    untilEnded: (jobId: string, status: string): Promise<ExecutionView> =>
      waitFor(
        async () =>
          (await executions.listOfJob(jobId, { page: 1, limit: 10 })).items.find(
            (found) => found.status === status,
          ),
        { what: `an execution of ${jobId} to be ${status}` },
      ),
    testNotifications: (jobId: string) => api.get(NotificationCommands).test(owner, jobId),
    /** Runs a job once more and waits for that end. */
    runAgain: async (jobId: string, data: 'ok' | 'fail'): Promise<void> => {
      const { id } = await api.get(RunJob).trigger(owner, jobId, { payload: { handler: 'told', data } });
      const status = data === 'ok' ? 'completed' : 'failed';
      await waitFor(async () => (await executions.get(id)).status === status, {
        what: `${id} to be ${status}`,
      });
    },
    stop: async () => {
      await Promise.all(started.map((worker) => worker.close()));
      await api.close();
      await database.drop();
    },
  };
}
