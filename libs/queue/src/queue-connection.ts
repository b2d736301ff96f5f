import {
  type ConnectionOptions,
  createPostgresBackend,
  runMigrations,
  setDefaultBackendFactory,
  type QueueOptions,
} from 'bullmq';
import { Redis } from 'ioredis';
import { Client } from 'pg';
import type { ChronosConfig } from '#config';

/**
 * `producer`: commands fail at once while the backend is away, so that a planner can go on and try again later.
 * `consumer`: commands wait for the backend to come back.
 */
export type ConnectionRole = 'producer' | 'consumer';

/**
 * BullMQ's connection options for the configured backend. Selects that backend for the whole process: a process
 * speaks to one queue backend only.
 */
export function queueConnection(
  { database, queue }: Pick<ChronosConfig, 'database' | 'queue'>,
  role: ConnectionRole,
): Pick<QueueOptions, 'connection' | 'prefix'> {
  if (queue.backend === 'postgres') {
    setDefaultBackendFactory(createPostgresBackend);
    // BullMQ types its options for Redis; the factory chosen above takes a pool configuration.
    const connection = { connectionString: database.url, schema: queueSchema(queue.prefix), max: 2 };
    return { connection };
  }
  setDefaultBackendFactory();
  return { connection: redisConnection(queue.redisUrl, role), prefix: queue.prefix };
}

/** Makes or updates the PostgreSQL backend's own tables. Nothing to do on Redis. */
export async function prepareQueueBackend({
  database,
  queue,
}: Pick<ChronosConfig, 'database' | 'queue'>): Promise<void> {
  if (queue.backend !== 'postgres') return;
  const client = new Client({ connectionString: database.url });
  await client.connect();
  try {
    await runMigrations(client, queueSchema(queue.prefix));
  } finally {
    await client.end();
  }
}

function queueSchema(prefix: string): string {
  return `${prefix.toLowerCase().replace(/[^a-z0-9_]/g, '_')}_queue`;
}

function redisConnection(url: string, role: ConnectionRole): ConnectionOptions {
  return {
    url,
    maxRetriesPerRequest: role === 'producer' ? 1 : null,
    enableOfflineQueue: role === 'consumer',
    connectTimeout: 5_000,
    retryStrategy: (times: number) => Math.min(times * 100, 2_000),
  };
}

/** Asks the backend for a sign of life. @throws what the driver throws when there is none within 2 s */
export async function pingQueueBackend({
  database,
  queue,
}: Pick<ChronosConfig, 'database' | 'queue'>): Promise<void> {
  if (queue.backend === 'postgres') {
    const client = new Client({ connectionString: database.url, connectionTimeoutMillis: 2_000 });
    await client.connect();
    try {
      await client.query('SELECT 1');
    } finally {
      await client.end();
    }
    return;
  }
  const redis = new Redis(queue.redisUrl, {
    lazyConnect: true,
    maxRetriesPerRequest: 0,
    connectTimeout: 2_000,
    retryStrategy: () => null,
  });
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    await redis.ping();
  } finally {
    redis.disconnect();
  }
}
