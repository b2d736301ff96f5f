import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { databaseUrl, onServer } from './maintenance.js';
import './provided-context.js';

export interface TestDatabase {
  url: string;
  /** Ends what is still connected and removes it. */
  drop(): Promise<void>;
}

/** A database of its own with the current schema, cloned in some 30 ms. Make one per file, in `beforeAll`. */
export function createTestDatabase(): Promise<TestDatabase> {
  return create(`TEMPLATE ${inject('templateDatabase')}`);
}

/** A database without any schema, for tests of migrations. */
export function createEmptyDatabase(): Promise<TestDatabase> {
  return create('');
}

/** The Redis of the run. It is shared: give each test a `QUEUE_PREFIX` of its own, never flush it. */
export function testRedisUrl(): string {
  return provided('redisUrl');
}

async function create(options: string): Promise<TestDatabase> {
  const server = provided('postgresUrl');
  const name = `test_${randomBytes(8).toString('hex')}`;
  await onServer(server, (client) => client.query(`CREATE DATABASE ${name} ${options}`));
  return {
    url: databaseUrl(server, name),
    drop: async () => {
      await onServer(server, (client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
    },
  };
}

function provided(key: 'postgresUrl' | 'redisUrl'): string {
  const value = inject(key);
  if (value === '')
    throw new Error('No servers in a unit test: name the file *.int-spec.ts or *.acc-spec.ts.');
  return value;
}
