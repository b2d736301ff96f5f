import { spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { runMigrations } from '#database';
import { EmbeddedPostgres, freePort } from '#embedded-postgres';

const NOOP_HANDLER = `export default { name: 'noop', run: () => null };\n`;

/**
 * A private installation with a durable PostgreSQL (fsync on), a queue on `backend`, and a handler `noop`.
 * Stop it when done; it leaves nothing behind.
 */
export async function startInstance(backend) {
  const folder = await mkdtemp(join(tmpdir(), 'chronos-bench-'));
  const handlers = join(folder, 'handlers');
  await chmod(folder, 0o755);
  await mkdir(handlers);
  await writeFile(join(handlers, 'noop.mjs'), NOOP_HANDLER);
  const postgres = await EmbeddedPostgres.start({
    directory: join(folder, 'postgres'),
    password: randomBytes(12).toString('hex'),
    database: 'chronos',
  });
  await runMigrations(postgres.url);
  const redis = backend === 'redis' ? await startRedis(folder) : undefined;
  const sql = new Client({ connectionString: postgres.url });
  await sql.connect();
  const workers = [];
  return {
    sql,
    startWorker: async (env = {}) => {
      const worker = await startWorker({
        DATABASE_URL: postgres.url,
        QUEUE_BACKEND: backend,
        ...(redis && { REDIS_URL: redis.url }),
        QUEUE_PREFIX: 'bench',
        WORKER_TYPES: 'custom',
        CUSTOM_HANDLERS_DIR: handlers,
        ...env,
      });
      workers.push(worker);
      return worker;
    },
    stop: async () => {
      await Promise.all(workers.map((worker) => worker.stop()));
      await sql.end();
      await redis?.stop();
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** An owner and a job of handler `noop`, written straight into the database. Answers the job's id. */
export async function insertNoopJob(sql, schedule = {}) {
  const owner = randomUUID();
  const job = randomUUID();
  const { cronExpression = '0 0 1 1 *', overlapPolicy = 'allow_all', nextRunAt = null } = schedule;
  await sql.query(`INSERT INTO users (id, email, name, password_hash) VALUES ($1, $2, 'bench', 'x')`, [
    owner,
    `${owner}@example.com`,
  ]);
  await sql.query(
    `INSERT INTO jobs (id, owner_id, name, type, payload, schedule_type, cron_expression, max_retries, retry_delay_ms,
       backoff, timeout_ms, overlap_policy, next_run_at)
     VALUES ($1, $2, 'noop', 'custom', '{"handler":"noop"}', 'recurring', $3, 3, 5000,
       '{"strategy":"exponential","factor":5,"maxDelay":86400000,"jitter":0}', 30000, $4, $5)`,
    [job, owner, cronExpression, overlapPolicy, nextRunAt],
  );
  await sql.query(
    `INSERT INTO job_versions (job_id, version, definition)
     VALUES ($1, 1, '{"name":"noop","type":"custom","payload":{"handler":"noop"},"secretFields":[],
       "notifications":{},"scheduleType":"recurring","maxConcurrency":null,
       "retryDelayMs":5000,"timeoutMs":30000,"backoff":{"strategy":"exponential","factor":5,"maxDelay":86400000,"jitter":0}}'::jsonb || jsonb_build_object('overlapPolicy', $2::text))`,
    [job, overlapPolicy],
  );
  return job;
}

/** Jobs of handler `noop` that run daily, next at `dueAt`, with the default policies. */
export async function insertNoopJobs(sql, count, dueAt) {
  const template = await insertNoopJob(sql, { overlapPolicy: 'skip' });
  const cron = `${dueAt.getUTCSeconds()} ${dueAt.getUTCMinutes()} ${dueAt.getUTCHours()} * * *`;
  const columns = await sql.query(`SELECT string_agg(quote_ident(column_name), ', ') AS names
    FROM information_schema.columns WHERE table_name = 'jobs' AND column_name NOT IN ('id', 'cron_expression', 'next_run_at')`);
  const { names } = columns.rows[0];
  await sql.query(
    `INSERT INTO jobs (id, cron_expression, next_run_at, ${names})
     SELECT gen_random_uuid(), $2, $3, ${names} FROM jobs, generate_series(1, $4) WHERE id = $1`,
    [template, cron, dueAt, count],
  );
  await sql.query(
    `INSERT INTO job_versions (job_id, version, definition)
     SELECT j.id, 1, jsonb_set(v.definition, '{cronExpression}', to_jsonb($2::text))
     FROM jobs j, job_versions v WHERE v.job_id = $1 AND j.id <> $1`,
    [template, cron],
  );
}

/** Polls until a query answers a row whose first column is true, telling of progress by `say`. */
export async function until(sql, query, parameters, say) {
  for (;;) {
    const { rows } = await sql.query({ text: query, values: parameters, rowMode: 'array' });
    if (rows[0]?.[0]) return;
    say?.(rows[0]);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

export function percentile(sorted, share) {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

async function startRedis(folder) {
  if (process.env.REDIS_URL) return { url: process.env.REDIS_URL, stop: async () => undefined };
  const port = await freePort();
  const args = [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--dir',
    folder,
    '--save',
    '',
    '--appendonly',
    'yes',
  ];
  const child = spawn('redis-server', [...args, '--appendfsync', 'everysec'], { stdio: 'ignore' });
  const ended = new Promise((resolve, reject) => {
    child.once('exit', resolve);
    child.once('error', () =>
      reject(new Error('There is no redis-server on the PATH: install it, or set REDIS_URL.')),
    );
  });
  await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 500))]);
  return {
    url: `redis://127.0.0.1:${port}`,
    stop: () => {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

async function startWorker(env) {
  const port = await freePort();
  const child = spawn(process.execPath, ['dist/apps/worker/src/main.js'], {
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      WORKER_PORT: String(port),
      LOG_LEVEL: 'warn',
      LOG_DIR: 'off',
      JWT_SECRET: randomBytes(32).toString('hex'),
      ENCRYPTION_KEY: randomBytes(32).toString('hex'),
      ...env,
    },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  await Promise.race([
    new Promise((resolve) => child.once('message', resolve)),
    ended.then((code) => Promise.reject(new Error(`The worker ended with code ${code}.`))),
  ]);
  return {
    stop: () => {
      child.kill('SIGTERM');
      return ended;
    },
  };
}
