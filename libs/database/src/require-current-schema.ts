import { type DataSource, MigrationExecutor } from 'typeorm';

/** The schema is older than the program. */
export class SchemaOutdatedError extends Error {
  override readonly name = 'SchemaOutdatedError';

  constructor(readonly pending: readonly string[]) {
    super(
      `The database schema is not up to date: ${pending.join(', ')} has not run. Run "npm run migrate" first.`,
    );
  }
}

/**
 * Changes nothing. A schema newer than the program is fine: that is what a rolling upgrade looks like.
 * @throws SchemaOutdatedError when a migration this program knows has not run
 */
export async function requireCurrentSchema(dataSource: DataSource): Promise<void> {
  const pending = await new MigrationExecutor(dataSource).getPendingMigrations();
  if (pending.length > 0) throw new SchemaOutdatedError(pending.map(({ name }) => name));
}
