// npm run ledger:verify [-- JOB_ID ...]: works out the nominal times of all jobs, or those named, from their versions of
// record and holds them against the ledger. Reads DATABASE_URL, or the DB_* variables; writes nothing. Ends with 1 when a
// nominal time is missing or told twice.
import { ensureBuilt } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';

const DAY_MS = 86_400_000;

try {
  await ensureInstalled();
  await ensureBuilt((text) => process.stderr.write(`${text}\n`));
  const { DataSource } = await import('typeorm');
  const { loadDatabaseConfig } = await import('../dist/libs/config/src/index.js');
  const { dataSourceOptions } = await import('../dist/libs/database/src/index.js');
  const { verifyLedger } = await import('../dist/libs/jobs/src/index.js');
  const dataSource = new DataSource(dataSourceOptions(loadDatabaseConfig().url));
  await dataSource.initialize();
  try {
    process.exitCode = await verifyAll(dataSource, verifyLedger, process.argv.slice(2));
  } finally {
    await dataSource.destroy();
  }
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

async function verifyAll(dataSource, verifyLedger, named) {
  const jobs = await dataSource.query(
    'SELECT id, name FROM jobs WHERE $1::uuid[] IS NULL OR id = ANY($1::uuid[]) ORDER BY id',
    [named.length > 0 ? named : null],
  );
  // What retention has taken cannot be held against the schedule.
  const since = new Date(Date.now() - Number(process.env.RETENTION_DAYS ?? 90) * DAY_MS);
  let checked = 0;
  let broken = 0;
  for (const [index, { id, name }] of jobs.entries()) {
    if (process.stderr.isTTY) process.stderr.write(`\r${index + 1} of ${jobs.length} jobs`);
    // One snapshot a job: planners go on meanwhile.
    const report = await dataSource.transaction('REPEATABLE READ', (manager) =>
      verifyLedger(manager, id, since),
    );
    checked += report.checked;
    if (report.violations.length === 0) continue;
    broken += 1;
    process.stdout.write(`${id} ${name}\n${report.violations.map((text) => `  ${text}\n`).join('')}`);
  }
  if (process.stderr.isTTY) process.stderr.write('\n');
  process.stdout.write(`${jobs.length} jobs, ${checked} nominal times, ${broken} ledgers with faults\n`);
  return broken === 0 ? 0 : 1;
}
