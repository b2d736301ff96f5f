import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Redis } from 'ioredis';
import { onServer } from './maintenance.js';
import { createEmptyDatabase, createTestDatabase, type TestDatabase, testRedisUrl } from './test-database.js';

async function tables(url: string): Promise<string[]> {
  const { rows } = await onServer(url, (client) =>
    client.query<{ name: string }>(`SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`),
  );
  return rows.map((row) => row.name);
}

describe('test databases', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
  });

  afterAll(() => database.drop());

  it('has the current schema', async () => {
    expect(await tables(database.url)).toEqual(expect.arrayContaining(['users', 'jobs', 'executions']));
  });

  it('can be empty', async () => {
    const empty = await createEmptyDatabase();
    expect(await tables(empty.url)).toEqual([]);
    await empty.drop();
  });

  it('is gone after drop, whoever is still connected', async () => {
    const other = await createTestDatabase();
    await onServer(other.url, async (client) => {
      client.on('error', () => undefined);
      await other.drop();
    });
    await expect(onServer(other.url, () => Promise.resolve())).rejects.toThrow(/does not exist/);
  });
});

it('has a Redis', async () => {
  const client = new Redis(testRedisUrl());
  expect(await client.ping()).toBe('PONG');
  client.disconnect();
});
