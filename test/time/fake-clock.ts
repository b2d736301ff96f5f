import type { DataSource } from 'typeorm';
import { queryRows } from '#database';

/**
 * A clock of the test's own for everything that asks the database for the time: a schema with `now()` and
 * `clock_timestamp()` of its own stands before PostgreSQL's on the search path of every connection made from here on.
 * The code under test is the real code, and its SQL too.
 */
export async function installFakeClock(dataSource: DataSource): Promise<void> {
  const [row] = await queryRows<{ name: string }>(dataSource, 'SELECT current_database() AS name');
  for (const statement of [
    'CREATE SCHEMA fake',
    'CREATE TABLE fake.clock (at timestamptz NOT NULL)',
    'INSERT INTO fake.clock VALUES (pg_catalog.now())',
    `CREATE FUNCTION fake.now() RETURNS timestamptz LANGUAGE sql STABLE AS 'SELECT at FROM fake.clock'`,
    `CREATE FUNCTION fake.clock_timestamp() RETURNS timestamptz LANGUAGE sql STABLE AS 'SELECT at FROM fake.clock'`,
    `ALTER DATABASE ${row?.name} SET search_path = fake, pg_catalog, public`,
  ]) {
    await dataSource.query(statement);
  }
  await dataSource.destroy();
  await dataSource.initialize();
}

export async function setFakeClock(dataSource: DataSource, at: number): Promise<void> {
  await dataSource.query('UPDATE fake.clock SET at = $1', [new Date(at)]);
}
