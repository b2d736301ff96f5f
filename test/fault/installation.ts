import { randomBytes } from 'node:crypto';
import { Redis } from 'ioredis';
import { Client } from 'pg';
import {
  type Answer,
  ApiClient,
  type ChronosProcess,
  createTestDatabase,
  type HttpReceiver,
  startChronosProcess,
  startHttpReceiver,
  startTestRedis,
  waitFor,
} from '#testing';

export type Backend = 'redis' | 'postgres';

/** A whole installation of real processes, on a database and a Redis of its own, with a target to call. */
export interface Installation {
  /** Of an API that nothing happens to. */
  client: ApiClient;
  receiver: HttpReceiver;
  /** A further process. */
  start(app: 'api' | 'worker', env?: Record<string, string>): Promise<ChronosProcess>;
  /** Empties the queue behind everybody's back. */
  loseQueue(): Promise<void>;
  rows<Row>(sql: string, parameters?: unknown[]): Promise<Row[]>;
  /** Waits until nothing is left to run, then answers every execution with its attempts. */
  untilQuiet(expected: number): Promise<Outcome[]>;
  /** Kills the further processes and leaves nothing of what they did. */
  clear(): Promise<void>;
  stop(): Promise<void>;
}

export interface Outcome {
  id: string;
  job_id: string;
  status: string;
  attempts: string[];
}

export async function startInstallation(backend: Backend): Promise<Installation> {
  const [database, redis, receiver] = await Promise.all([
    createTestDatabase(),
    startTestRedis(),
    startHttpReceiver(answerUnlessHeld()),
  ]);
  const settings = {
    DATABASE_URL: database.url,
    REDIS_URL: redis.url,
    QUEUE_BACKEND: backend,
    QUEUE_PREFIX: `t${randomBytes(4).toString('hex')}`,
    LEASE_MS: '2000',
    RECONCILE_INTERVAL_MS: '500',
    MIN_SCHEDULE_INTERVAL_SECONDS: '1',
  };
  const further: ChronosProcess[] = [];
  const start = async (app: 'api' | 'worker', env: Record<string, string> = {}) => {
    const started = await startChronosProcess(app, { ...settings, ...env });
    further.push(started);
    return started;
  };
  const api = await startChronosProcess('api', settings);
  const sql = new Client({ connectionString: database.url });
  await sql.connect();
  const rows = async <Row>(text: string, parameters: unknown[] = []) =>
    (await sql.query(text, parameters)).rows as Row[];
  const loseQueue = async () => {
    if (backend === 'redis') {
      const connection = new Redis(redis.url);
      await connection.flushall();
      connection.disconnect();
    } else {
      await rows(`DELETE FROM ${settings.QUEUE_PREFIX}_queue.job`);
    }
  };
  const killFurther = () => Promise.all(further.splice(0).map((one) => one.end('SIGKILL')));
  return {
    client: await ApiClient.register(api.url),
    receiver,
    start,
    rows,
    loseQueue,
    untilQuiet: async (expected) => {
      await waitFor(
        async () => {
          const [counts] = await rows<{ all: number; live: number }>(COUNTS);
          return counts && counts.all >= expected && counts.live === 0;
        },
        {
          what: `${expected} executions to be over`,
          timeoutMs: 60_000,
          intervalMs: 100,
          progress: () => rows(COUNTS),
        },
      );
      return rows<Outcome>(OUTCOMES);
    },
    clear: async () => {
      await killFurther();
      await rows('TRUNCATE jobs, executions, workers CASCADE');
      await loseQueue();
      receiver.requests.length = 0;
    },
    stop: async () => {
      await Promise.all([killFurther(), sql.end(), api.end('SIGKILL')]);
      await Promise.all([database.drop(), redis.stop(), receiver.close()]);
    },
  };
}

/** A target that answers at once, but leaves the first call of each execution to `/hold...` without an answer. */
function answerUnlessHeld(): Answer {
  const seen = new Set<unknown>();
  return ({ path, headers }, response) => {
    const key = headers['idempotency-key'];
    const isHeld = path.startsWith('/hold') && !seen.has(key);
    seen.add(key);
    if (!isHeld) response.end('ok');
  };
}

const COUNTS = `
  SELECT count(*)::int AS "all",
    count(*) FILTER (WHERE status IN ('scheduled', 'queued', 'running', 'retrying'))::int AS live
  FROM executions`;

const OUTCOMES = `
  SELECT e.id, e.job_id, e.status,
    coalesce((SELECT array_agg(a.status::text ORDER BY a.attempt) FROM execution_attempts a WHERE a.execution_id = e.id), '{}') AS attempts
  FROM executions e ORDER BY e.id`;
