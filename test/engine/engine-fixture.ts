import { randomBytes } from 'node:crypto';
import { Injectable, Module } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import { DataSource } from 'typeorm';
import { type ConfigOverrides, ConfigModule, type ChronosConfig } from '#config';
import type { Actor, ExecutionContext, JsonValue } from '#contracts';
import { DatabaseModule, newId, queryRows } from '#database';
import { FindExecutions } from '#executions';
import { CustomHandler } from '#executors';
import {
  ChangeJob,
  CreateJob,
  FindJobs,
  JobLifecycle,
  type JobInput,
  JobsModule,
  RunJob,
  SystemPause,
} from '#jobs';
import { prepareQueueBackend } from '#queue';
import { createTestDatabase, testConfig, testRedisUrl, waitFor } from '#testing';
import { WorkerModule } from '../../apps/worker/src/worker.module.js';

export type Behaviour = (context: ExecutionContext) => Promise<JsonValue> | JsonValue;

/** The handler all jobs of a fixture name; its data names the behaviour. */
const SCRIPTED = 'scripted';

/** What jobs do when they run, by name; shared by all workers of a fixture. */
export type Behaviours = Map<string, Behaviour>;

/** The engine on one queue backend: the services the API calls, and as many workers as a test starts. */
export interface Engine {
  actor: Actor;
  behaviours: Behaviours;
  config: ChronosConfig;
  dataSource: DataSource;
  create: CreateJob;
  change: ChangeJob;
  lifecycle: JobLifecycle;
  run: RunJob;
  system: SystemPause;
  jobs: FindJobs;
  executions: FindExecutions;
  startWorker(overrides?: ConfigOverrides['worker']): Promise<TestingModule>;
  /** Waits until an execution of a job has one of these statuses; the newest such. */
  untilExecution(
    jobId: string,
    ...statuses: string[]
  ): Promise<Awaited<ReturnType<FindExecutions['getWithAttempts']>>>;
  rows<Row>(sql: string, parameters?: unknown[]): Promise<Row[]>;
  stop(): Promise<void>;
}

export const BACKENDS = ['redis', 'postgres'] as const;

export async function startEngine(
  backend: (typeof BACKENDS)[number],
  worker: ConfigOverrides['worker'] = {},
  jobs: ConfigOverrides['jobs'] = {},
): Promise<Engine> {
  const database = await createTestDatabase();
  const config = testConfig({
    database: { url: database.url, poolSize: 8 },
    queue: { backend, redisUrl: testRedisUrl(), prefix: `t${randomBytes(6).toString('hex')}` },
    worker: { types: ['custom'], leaseMs: 2_000, reconcileIntervalMs: 200, shutdownGraceMs: 500, ...worker },
    jobs: { minScheduleIntervalSeconds: 1, ...jobs },
  });
  await prepareQueueBackend(config);
  const behaviours: Behaviours = new Map([['ok', () => 'done']]);
  const api = await Test.createTestingModule({
    imports: [ConfigModule.forRoot(config), DatabaseModule, JobsModule],
  }).compile();
  const dataSource = api.get(DataSource);
  const actor: Actor = { id: newId(), role: 'admin' };
  await dataSource.query(
    `INSERT INTO users (id, email, name, password_hash, role) VALUES ($1, 'a@example.com', 'A', 'x', 'admin')`,
    [actor.id],
  );
  const workers: TestingModule[] = [];
  const executions = api.get(FindExecutions);
  return {
    actor,
    behaviours,
    config,
    dataSource,
    create: api.get(CreateJob),
    change: api.get(ChangeJob),
    lifecycle: api.get(JobLifecycle),
    run: api.get(RunJob),
    system: api.get(SystemPause),
    jobs: api.get(FindJobs),
    executions,
    startWorker: async (overrides = {}) => {
      const started = await startWorker(
        { ...config, worker: { ...config.worker, ...overrides } },
        behaviours,
      );
      workers.push(started);
      return started;
    },
    untilExecution: async (jobId, ...statuses) => {
      const found = await waitFor(
        async () => {
          const { items } = await executions.listOfJob(jobId, { page: 1, limit: 10 });
          return items.find(({ status }) => statuses.includes(status));
        },
        {
          what: `an execution of job ${jobId} to be ${statuses.join(' or ')}`,
          progress: () => executions.listOfJob(jobId, { page: 1, limit: 5 }),
        },
      );
      return executions.getWithAttempts(found.id);
    },
    rows: (sql, parameters) => queryRows(dataSource, sql, parameters),
    stop: async () => {
      await Promise.all(workers.map((started) => started.close()));
      await api.close();
      await database.drop();
    },
  };
}

/** A job that does what a behaviour of this name says. */
export function scriptedJob(behaviour: string, more: Partial<JobInput> = {}): JobInput {
  return {
    name: behaviour,
    type: 'custom',
    payload: { handler: SCRIPTED, data: behaviour },
    scheduleType: 'immediate',
    retryDelay: 10,
    backoff: { strategy: 'fixed' },
    ...more,
  };
}

async function startWorker(config: ChronosConfig, behaviours: Behaviours): Promise<TestingModule> {
  @CustomHandler(SCRIPTED)
  @Injectable()
  class ScriptedHandler {
    run(behaviourName: string, context: ExecutionContext): ReturnType<Behaviour> {
      const behaviour = behaviours.get(behaviourName);
      if (!behaviour) throw new Error(`No behaviour "${behaviourName}".`);
      return behaviour(context);
    }
  }

  @Module({ imports: [WorkerModule.forRoot(config)], providers: [ScriptedHandler] })
  class ScriptedWorkerModule {}

  const worker = await Test.createTestingModule({ imports: [ScriptedWorkerModule] }).compile();
  await worker.init();
  return worker;
}
