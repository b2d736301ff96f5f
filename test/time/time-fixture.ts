import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { TestingModule } from '@nestjs/testing';
import { SessionService } from '#auth';
import type { ConfigOverrides } from '#config';
import { newId } from '#database';
import { waitFor } from '#testing';
import { requester, startApi, type TestAnswer } from '../../apps/api/src/testing/test-api.js';
import { type BACKENDS, type Engine, scriptedJob, startEngine } from '../engine/engine-fixture.js';

/** API, database, planner and worker as users have them, with the past of a job for tests to arrange. */
export interface TimeBench {
  engine: Engine;
  /** A request of the fixture's user. */
  send(line: string, body?: unknown): Promise<TestAnswer>;
  /** A request of another user, who is no admin. */
  sendAsUser(line: string, body?: unknown): Promise<TestAnswer>;
  /** What Prometheus would scrape of the API. */
  metrics(): Promise<string>;
  /** Creates a job over the API that runs `behaviour`; answers its id. */
  create(fields: Record<string, unknown>, behaviour?: string): Promise<string>;
  /** The job as if nothing had run since then: what an outage leaves behind. */
  asIfDownSince(jobId: string, firstMissed: Date): Promise<void>;
  startWorker(overrides?: ConfigOverrides['worker']): Promise<TestingModule>;
  /** Ends those that were started, before the fixture does. */
  stopWorkers(): Promise<void>;
  /** The first occurrence of a job, as soon as a planner holds it. */
  untilHeld(jobId: string): Promise<{ id: string; scheduledFor: string }>;
  /** The rows of the job's schedule, oldest first. */
  occurrences(jobId: string): Promise<OccurrenceRow[]>;
  gaps(jobId: string): Promise<GapRow[]>;
  stop(): Promise<void>;
}

export interface OccurrenceRow {
  at: string;
  status: string;
  reason: string | null;
  due_at: Date;
  effective_at: Date;
  queued_at: Date | null;
}

export interface GapRow {
  from: string;
  to: string;
  reason: string;
  detail: string | null;
  count: number;
}

export async function startTimeBench(
  backend: (typeof BACKENDS)[number] = 'postgres',
  jobs: ConfigOverrides['jobs'] = {},
): Promise<TimeBench> {
  const engine = await startEngine(backend, {}, jobs);
  const api = await startApi(engine.config.database.url, {
    jobs: engine.config.jobs,
    queue: engine.config.queue,
    auth: { rateLimitPerMinute: 100_000 },
  });
  const token = await signIn(api, engine.actor.id);
  const userToken = await signIn(api, await createUser(engine));
  const request = requester(api);
  const workers: TestingModule[] = [];
  const send = (line: string, body?: unknown) => request(line, { token, body });
  return {
    engine,
    send,
    sendAsUser: (line, body) => request(line, { token: userToken, body }),
    metrics: async () => (await api.inject({ url: '/metrics', remoteAddress: '127.0.0.1' })).body,
    create: async (fields, behaviour = 'ok') => {
      const answer = await send('POST /jobs', { ...scriptedJob(behaviour), ...fields });
      if (answer.status !== 201) throw new Error(`No job: ${JSON.stringify(answer.body)}`);
      return (answer.body as { data: { id: string } }).data.id;
    },
    asIfDownSince: async (jobId, firstMissed) => {
      const before = new Date(firstMissed.getTime() - 1);
      await engine.rows('UPDATE jobs SET next_run_at = $2, created_at = $3 WHERE id = $1', [
        jobId,
        firstMissed,
        before,
      ]);
      await engine.rows('UPDATE job_versions SET created_at = $2, effective_at = $2 WHERE job_id = $1', [
        jobId,
        before,
      ]);
    },
    startWorker: async (overrides) => {
      const worker = await engine.startWorker(overrides);
      workers.push(worker);
      return worker;
    },
    stopWorkers: async () => {
      await Promise.all(workers.splice(0).map((worker) => worker.close()));
    },
    untilHeld: async (jobId) => {
      const first = await waitFor(
        async () => {
          const rows = await engine.rows<{ id: string; scheduled_for: Date }>(HELD, [jobId]);
          return rows[0];
        },
        { what: `an occurrence of job ${jobId} to be planned` },
      );
      return { id: first.id, scheduledFor: first.scheduled_for.toISOString() };
    },
    occurrences: (jobId) => engine.rows<OccurrenceRow>(OCCURRENCES, [jobId]),
    gaps: (jobId) => engine.rows<GapRow>(GAPS, [jobId]),
    stop: async () => {
      await api.close();
      await engine.stop();
    },
  };
}

async function createUser(engine: Engine): Promise<string> {
  const id = newId();
  await engine.rows(
    `INSERT INTO users (id, email, name, password_hash, role) VALUES ($1, 'u@example.com', 'U', 'x', 'user')`,
    [id],
  );
  return id;
}

async function signIn(api: NestFastifyApplication, userId: string): Promise<string> {
  const user = { id: userId, email: 'owner@example.com', passwordHash: 'x' };
  const tokens = await api.get(SessionService, { strict: false }).open(user, {});
  if (!tokens) throw new Error('The user of the fixture cannot sign in.');
  return tokens.accessToken;
}

const iso = (column: string) => `to_char(${column}, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const HELD = `
  SELECT id, scheduled_for FROM executions WHERE job_id = $1 AND status = 'scheduled' ORDER BY scheduled_for LIMIT 1`;

const OCCURRENCES = `
  SELECT ${iso('scheduled_for')} AS at, status, reason, due_at, effective_at, queued_at FROM executions
  WHERE job_id = $1 AND trigger = 'schedule' ORDER BY scheduled_for`;

const GAPS = `
  SELECT ${iso('from_at')} AS "from", ${iso('to_at')} AS "to", reason, detail, count FROM schedule_gaps
  WHERE job_id = $1 ORDER BY from_at`;
