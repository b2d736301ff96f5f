import { insertNoopJobs, startInstance, until } from './instance.mjs';

/**
 * Recurring jobs that all come due in the same second, planned and dispatched by one planner that runs nothing itself.
 * The time counts from the due moment to the last execution in the queue, as PostgreSQL has it.
 */
export async function run([backend = 'redis', countText = '10000']) {
  const count = Number(countText);
  if (!['redis', 'postgres'].includes(backend) || !(count > 0)) {
    throw new Error('Usage: npm run bench -- planner [redis|postgres] [jobs]');
  }
  const instance = await startInstance(backend);
  try {
    const { sql } = instance;
    const dueAt = new Date(Math.ceil(Date.now() / 1_000) * 1_000 + 20_000);
    await insertNoopJobs(sql, count, dueAt);
    await instance.startWorker({ WORKER_ROLES: 'plan' });
    process.stdout.write(
      `${count} recurring jobs are due at ${dueAt.toISOString()}; one planner on ${backend} ...\n`,
    );
    await until(sql, QUEUED, [count], ([, queued]) => process.stdout.write(`  ${queued} queued\n`));
    const { rows } = await sql.query(FIGURES, [dueAt]);
    const { first, last, jobs } = rows[0];
    process.stdout.write(
      `planner on ${backend}: ${jobs} jobs due in the same second were planned and dispatched within ` +
        `${last.toFixed(2)} s of it (the first after ${first.toFixed(3)} s)\n`,
    );
  } finally {
    await instance.stop();
  }
}

const QUEUED = `SELECT count(*) >= $1, count(*) FROM executions WHERE queued_at IS NOT NULL`;

const FIGURES = `
  SELECT extract(epoch FROM min(queued_at) - $1)::float8 AS first, extract(epoch FROM max(queued_at) - $1)::float8 AS last,
    count(DISTINCT job_id)::int AS jobs
  FROM executions WHERE scheduled_for = $1`;
