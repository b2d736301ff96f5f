import { ConfigError, loadDatabaseConfig } from '#config';
import { runMigrations } from '#database';

/** Brings the database up to date and ends: the one-shot of Compose and Kubernetes, and `npm run migrate`. */
try {
  const ran = await runMigrations(loadDatabaseConfig().url);
  const what = ran.length === 0 ? 'The schema was up to date.' : `Ran ${ran.length}: ${ran.join(', ')}.`;
  process.stdout.write(`${what}\n`);
} catch (error) {
  const text = error instanceof ConfigError ? error.message : `Migrating failed: ${describe(error)}`;
  process.stderr.write(`${text}\n`);
  process.exitCode = 1;
}

/** A refused connection is an `AggregateError` without a message of its own. */
function describe(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(describe).join('; ');
  return error instanceof Error ? error.message : String(error);
}
