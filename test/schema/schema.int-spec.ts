import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as audit from '#audit';
import * as auth from '#auth';
import * as calendars from '#calendars';
import { dataSourceOptions, ensurePartitions, runMigrations } from '#database';
import * as executions from '#executions';
import * as jobs from '#jobs';
import * as notifications from '#notifications';
import * as secrets from '#secrets';
import { createEmptyDatabase, type TestDatabase } from '#testing';

const ENTITIES = [audit, auth, calendars, jobs, executions, notifications, secrets].flatMap((lib) =>
  Object.entries(lib as Record<string, unknown>)
    .filter(([name, value]) => name.endsWith('Entity') && typeof value === 'function')
    .map(([, entity]) => entity as new () => object),
);

describe('the schema', () => {
  let database: TestDatabase;
  let dataSource: DataSource;

  beforeAll(async () => {
    database = await createEmptyDatabase();
    await runMigrations(database.url);
    dataSource = await new DataSource({
      ...dataSourceOptions(database.url),
      entities: ENTITIES,
    }).initialize();
  });
  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  it('is what the entities say', async () => {
    const difference = await dataSource.driver.createSchemaBuilder().log();
    expect(difference.upQueries.map(({ query }) => query)).toEqual([]);
    const tables = (await dataSource.query(
      `SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND NOT relispartition
       AND relnamespace = 'public'::regnamespace AND relname <> 'schema_migrations' ORDER BY 1`,
    )) as { relname: string }[];
    expect(dataSource.entityMetadatas.map(({ tableName }) => tableName).toSorted()).toEqual(
      tables.map(({ relname }) => relname),
    );
  });

  it('goes down and up again, leaving nothing behind', async () => {
    for (let left = dataSource.migrations.length; left > 0; left -= 1) await dataSource.undoLastMigration();
    const left = (await dataSource.query(
      `SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')`,
    )) as { relname: string }[];
    expect(left.map(({ relname }) => relname)).toEqual(['schema_migrations']);
    expect(await runMigrations(database.url)).toEqual(dataSource.migrations.map(({ name }) => name));
  });

  it('has a partition for each week around now, and moves what the default one took in', async () => {
    const inSixWeeks = new Date(Date.now() + 42 * 86_400_000);
    await dataSource.query(
      `INSERT INTO job_logs (id, logged_at, job_id, execution_id, attempt, level, message)
       VALUES (gen_random_uuid(), $1, gen_random_uuid(), gen_random_uuid(), 1, 'info', 'early')`,
      [inSixWeeks],
    );
    const made = await ensurePartitions(dataSource, inSixWeeks);
    expect(made.length).toBeGreaterThan(0);
    const found = (await dataSource.query(`SELECT tableoid::regclass::text AS partition FROM job_logs`)) as {
      partition: string;
    }[];
    expect(found).toHaveLength(1);
    expect(made).toContain(found[0]?.partition);
    expect(await ensurePartitions(dataSource, inSixWeeks)).toEqual([]);
  });

  it('is migrated once, however many processes start at the same time', async () => {
    const fresh = await createEmptyDatabase();
    const ran = await Promise.all([1, 2, 3].map(() => runMigrations(fresh.url)));
    expect(ran.flat()).toHaveLength(dataSource.migrations.length);
    await fresh.drop();
  });
});
