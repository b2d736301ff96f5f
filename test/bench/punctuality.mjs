import { insertNoopJob, percentile, startInstance, until } from './instance.mjs';

const EVERY_MS = 20;

/**
 * One execution due every 20 ms for a while, planned ahead as the planner does, run by one worker. Lateness is what
 * PostgreSQL recorded: start of the first attempt minus the due time.
 */
export async function run([backend = 'redis', secondsText = '20']) {
  const count = Math.round((Number(secondsText) * 1_000) / EVERY_MS);
  if (!['redis', 'postgres'].includes(backend) || !(count > 0)) {
    throw new Error('Usage: npm run bench -- punctuality [redis|postgres] [seconds]');
  }
  const instance = await startInstance(backend);
  try {
    const { sql } = instance;
    await instance.startWorker();
    const job = await insertNoopJob(sql);
    await sql.query(FILL, [job, count, EVERY_MS]);
    process.stdout.write(`${count} executions, one due every ${EVERY_MS} ms on ${backend} ...\n`);
    await until(sql, LEFT, [job]);
    const { rows } = await sql.query(LATENESS, [job]);
    const column = (name) => rows.map((row) => row[name]).toSorted((one, other) => one - other);
    const starts = column('started');
    process.stdout.write(
      `punctuality on ${backend}: ${figures(starts)}, max ${starts.at(-1).toFixed(0)} ms, ` +
        `early ${starts.filter((ms) => ms < 0).length} of ${starts.length} ` +
        `(of it until queued: ${figures(column('queued'))})\n`,
    );
  } finally {
    await instance.stop();
  }
}

const FILL = `
  INSERT INTO executions (id, scheduled_for, job_id, type, trigger, status, effective_at, due_at, max_attempts)
  SELECT gen_random_uuid(), t, $1, 'custom', 'manual', 'scheduled', t, t, 4
  FROM generate_series(1, $2) AS n, LATERAL (SELECT now() + interval '3 s' + n * $3 * interval '1 ms' AS t) AS moment`;

const LEFT = 'SELECT count(*) FILTER (WHERE finished_at IS NULL) = 0 FROM executions WHERE job_id = $1';

const LATENESS = `
  SELECT (extract(epoch FROM started_at - due_at) * 1000)::float8 AS started,
    (extract(epoch FROM queued_at - due_at) * 1000)::float8 AS queued
  FROM executions WHERE job_id = $1`;

function figures(sorted) {
  return [0.5, 0.95, 0.99]
    .map((share) => `p${share * 100} ${percentile(sorted, share).toFixed(0)} ms`)
    .join(', ');
}
