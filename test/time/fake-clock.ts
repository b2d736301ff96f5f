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
    // Not in SQL: the planner of PostgreSQL asks for the time again and again, and PL/pgSQL keeps its plan.
    ...['now', 'clock_timestamp'].map(
      (name) => `CREATE FUNCTION fake.${name}() RETURNS timestamptz LANGUAGE plpgsql STABLE AS
        'BEGIN RETURN (SELECT at FROM fake.clock); END'`,
    ),
    DROP_WEEKS,
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

/** All that the simulated time brings lies in the default partitions. Every statement would be planned for the weeks of ours, too. */
const DROP_WEEKS = `
  DO $$ DECLARE week regclass; BEGIN
    FOR week IN SELECT i.inhrelid FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
      WHERE c.relkind = 'r' AND pg_get_expr(c.relpartbound, c.oid) <> 'DEFAULT'
    LOOP EXECUTE format('DROP TABLE %s', week); END LOOP;
  END $$`;
