import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { newId } from '#database';

/** What became of a due moment, as the workers of the past would have left it. */
export interface PastRun {
  at: number;
  status: 'completed' | 'failed' | 'timed_out' | 'skipped' | 'missed' | 'cancelled';
  durationMs?: number;
  latenessMs?: number;
  reason?: string;
  error?: { code: string; message: string };
}

export interface PastGap {
  from: number;
  to: number;
  count: number;
  reason: 'paused' | 'scheduler_down';
}

/** A past for jobs of the instance whose data lie in a folder: nobody can wait a day for a picture. */
export async function writeHistory(
  dataDir: string,
  jobId: string,
  { runs, gaps = [] }: { runs: PastRun[]; gaps?: PastGap[] },
): Promise<void> {
  await withDatabase(dataDir, async (client) => {
    for (const run of runs) await insertRun(client, jobId, run);
    for (const { from, to, count, reason } of gaps) {
      await client.query(
        'INSERT INTO schedule_gaps (id, job_id, from_at, to_at, reason, count) VALUES ($1, $2, $3, $4, $5, $6)',
        [newId(), jobId, new Date(from), new Date(to), reason, count],
      );
    }
  });
}

/** Copies of a job, named `job 00001` and so on: through the API, ten thousand take minutes. */
export async function copyJob(dataDir: string, jobId: string, count: number): Promise<void> {
  await withDatabase(dataDir, async (client) => {
    await client.query(
      'CREATE TEMP TABLE copies AS SELECT n, uuidv7() AS id FROM generate_series(1, $1::int) n',
      [count],
    );
    await client.query(
      `INSERT INTO jobs SELECT (jsonb_populate_record(j, jsonb_build_object('id', c.id, 'name', 'job ' || lpad(n::text, 5, '0')))).*
       FROM jobs j, copies c WHERE j.id = $1`,
      [jobId],
    );
    await client.query(
      `INSERT INTO job_versions SELECT (jsonb_populate_record(v, jsonb_build_object('job_id', c.id))).*
       FROM job_versions v, copies c WHERE v.job_id = $1`,
      [jobId],
    );
  });
}

/** Misfires of a job that wait for a review, as a planner leaves them after an outage. */
export async function holdMisfires(dataDir: string, jobId: string, times: number[]): Promise<void> {
  const due = times.map((at) => new Date(at));
  const reviewId = newId();
  await withDatabase(dataDir, async (client) => {
    await client.query(
      `INSERT INTO catchup_reviews (id, job_id, from_at, to_at, misfires) VALUES ($1, $2, $3, $4, $5)`,
      [reviewId, jobId, due[0], due.at(-1), due.length],
    );
    await client.query(
      `INSERT INTO executions (id, scheduled_for, job_id, type, trigger, status, effective_at, due_at, max_attempts, review_id)
       SELECT i.id, i.at, j.id, j.type, 'schedule', 'scheduled', i.at, 'infinity', 1, $2
       FROM jobs j, unnest($3::uuid[], $4::timestamptz[]) AS i(id, at) WHERE j.id = $1`,
      [jobId, reviewId, due.map(() => newId()), due],
    );
  });
}

async function withDatabase(dataDir: string, work: (client: Client) => Promise<void>): Promise<void> {
  const client = new Client({ connectionString: await databaseUrl(dataDir) });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

async function insertRun(
  client: Client,
  jobId: string,
  { at, status, durationMs = 800, latenessMs = 6, reason, error }: PastRun,
): Promise<void> {
  const id = newId();
  const due = new Date(at);
  const ran = status !== 'skipped' && status !== 'missed';
  const started = ran ? new Date(at + latenessMs) : null;
  const finished = new Date(at + latenessMs + (ran ? durationMs : 0));
  await client.query(
    `INSERT INTO executions (id, scheduled_for, job_id, type, trigger, status, reason, effective_at, due_at, attempt,
       max_attempts, queued_at, started_at, attempt_started_at, finished_at, error, result)
     SELECT $1, $2::timestamptz, id, type, 'schedule', $3, $4, $2, $2, $5, 1, $2, $6, $6, $7, $8, $9 FROM jobs WHERE id = $10
     ON CONFLICT DO NOTHING`,
    [
      id,
      due,
      status,
      reason ?? null,
      ran ? 1 : 0,
      started,
      finished,
      error ? JSON.stringify({ ...error, retryable: false }) : null,
      status === 'completed' ? JSON.stringify({ ok: true }) : null,
      jobId,
    ],
  );
  if (!ran) return;
  await client.query(
    `INSERT INTO execution_attempts (execution_id, scheduled_for, attempt, status, started_at, finished_at, error)
     VALUES ($1, $2, 1, $3, $4, $5, $6)`,
    [id, due, status, started, finished, error ? JSON.stringify({ ...error, retryable: false }) : null],
  );
}

/** As the instance itself finds it: the port in its PostgreSQL's pid file, the password among its secrets. */
async function databaseUrl(dataDir: string): Promise<string> {
  const [pid, secrets] = await Promise.all([
    readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8'),
    readFile(join(dataDir, 'secrets.json'), 'utf8'),
  ]);
  const port = pid.split('\n')[3] ?? '';
  const { databasePassword } = JSON.parse(secrets) as { databasePassword: string };
  return `postgresql://chronos:${encodeURIComponent(databasePassword)}@127.0.0.1:${port}/chronos`;
}
