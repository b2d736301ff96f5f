import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEmptyDatabase, type TestDatabase } from '#testing';
import { dataSourceOptions } from './data-source-options.js';
import { requireCurrentSchema, SchemaOutdatedError } from './require-current-schema.js';
import { runMigrations } from './run-migrations.js';

describe('requireCurrentSchema', () => {
  let database: TestDatabase;
  let dataSource: DataSource;

  beforeAll(async () => {
    database = await createEmptyDatabase();
    dataSource = await new DataSource(dataSourceOptions(database.url)).initialize();
  });

  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  it('names what has not run, without making anything, and is content once it has', async () => {
    const refusal = requireCurrentSchema(dataSource);
    await expect(refusal).rejects.toThrow(SchemaOutdatedError);
    await expect(refusal).rejects.toThrow(/Initial1764000000000.*npm run migrate/);
    const tables = await dataSource.query(`SELECT 1 FROM pg_tables WHERE schemaname = 'public'`);
    expect(tables).toEqual([]);
    await runMigrations(database.url);
    await expect(requireCurrentSchema(dataSource)).resolves.toBeUndefined();
  });
});
