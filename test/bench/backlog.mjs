import { insertNoopJob, startInstance, until } from './instance.mjs';

const USAGE = 'npm run bench -- backlog [redis|postgres] [count] [concurrency]';

/**
 * A backlog of no-op custom jobs, all due, worked off by one worker that plans, dispatches and runs, with every start
 * and finish in PostgreSQL. The time counts from the first start to the last finish, as PostgreSQL has them.
 */
export async function run([backend = 'redis', countText = '20000', concurrency = '50']) {
  const count = Number(countText);
  if (!['redis', 'postgres'].includes(backend) || !Number.isInteger(count))
    throw new Error(`Usage: ${USAGE}`);
  const instance = await startInstance(backend);
  try {
    const { sql } = instance;
    const job = await insertNoopJob(sql);
    await sql.query(FILL, [job, count]);
    process.stdout.write(
      `${count} executions are due; starting one worker on ${backend}, ${concurrency} at once ...\n`,
    );
    await instance.startWorker({ WORKER_CONCURRENCY: concurrency });
    await until(sql, LEFT, [job], ([, left]) => process.stdout.write(`  ${left} left\n`));
    const { rows } = await sql.query(FIGURES, [job]);
    const { completed, attempts, seconds } = rows[0];
    process.stdout.write(
      `backlog on ${backend}: ${completed} executions in ${seconds.toFixed(2)} s = ` +
        `${Math.round(completed / seconds)} executions/s (${attempts} attempts recorded)\n`,
    );
  } finally {
    await instance.stop();
  }
}

const FILL = `
  INSERT INTO executions (id, scheduled_for, job_id, type, trigger, status, effective_at, due_at, max_attempts)
  SELECT gen_random_uuid(), now(), $1, 'custom', 'manual', 'scheduled', now(), now(), 4 FROM generate_series(1, $2)`;

const LEFT = `
  SELECT count(*) FILTER (WHERE finished_at IS NULL) = 0, count(*) FILTER (WHERE finished_at IS NULL)
  FROM executions WHERE job_id = $1`;

const FIGURES = `
  SELECT count(*) FILTER (WHERE status = 'completed')::int AS completed,
    (SELECT count(*)::int FROM execution_attempts) AS attempts,
    extract(epoch FROM max(finished_at) - min(started_at))::float8 AS seconds
  FROM executions WHERE job_id = $1`;
