import {
  ApiClient,
  type ChronosProcess,
  createEmptyDatabase,
  freePort,
  startServer,
  startTestRedis,
} from '#testing';
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { buildImages, type Images } from '../../images/build-images.js';
import { type Outside, startOutside, type Target } from './target.js';

const ADMIN = { email: 'admin@example.com', password: 'Administrator1' };

/** Services mode as it is deployed: what the images hold, started as they start it, on one PostgreSQL and one Redis. */
export interface Services extends Target {
  images: Images;
  /** What the `migrate` image wrote. */
  migrated: string;
  apiProcesses: ChronosProcess[];
  workers: ChronosProcess[];
  startWorker(): Promise<ChronosProcess>;
  client(api: number): Promise<ApiClient>;
  stop(): Promise<void>;
}

export async function startServices({ apis, workers }: { apis: number; workers: number }): Promise<Services> {
  const started: ChronosProcess[] = [];
  const resources = await Promise.allSettled([
    buildImages(),
    startOutside(),
    createEmptyDatabase(),
    startTestRedis(),
  ]);
  const [images, outside, database, redis] = resources;
  const stop = async () => {
    await Promise.all(started.map((one) => one.end('SIGKILL')));
    await Promise.all([
      images.status === 'fulfilled' && images.value.remove(),
      outside.status === 'fulfilled' && outside.value.close(),
      database.status === 'fulfilled' && database.value.drop(),
      redis.status === 'fulfilled' && redis.value.stop(),
    ]);
  };
  try {
    const env = productionEnv(valueOf(outside), valueOf(database).url, valueOf(redis).url);
    const start = async (target: 'api' | 'worker') => {
      const image = valueOf(images).image(target);
      const port = await freePort();
      const ports = { HOST: '127.0.0.1', PORT: String(port), WORKER_PORT: String(port) };
      const one = await startServer(image.command, {
        port,
        cwd: image.folder,
        env: { ...image.env, ...env, ...ports },
      });
      started.push(one);
      return one;
    };
    const times = (count: number, target: 'api' | 'worker') =>
      Promise.all(Array.from({ length: count }, () => start(target)));
    const migrated = await migrate(valueOf(images), env);
    const apiProcesses = await times(apis, 'api');
    return {
      apis: apiProcesses.map(({ url }) => url),
      admin: ADMIN,
      outside: valueOf(outside),
      images: valueOf(images),
      migrated,
      apiProcesses,
      workers: await times(workers, 'worker'),
      startWorker: () => start('worker'),
      client: (api) => ApiClient.register(apiProcesses[api]?.url ?? ''),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function valueOf<Value>(settled: PromiseSettledResult<Value>): Value {
  if (settled.status === 'rejected') throw settled.reason;
  return settled.value;
}

/** As docker-compose.yml gives it to all three, with secrets of its own: production refuses any example. */
function productionEnv(outside: Outside, databaseUrl: string, redisUrl: string): Record<string, string> {
  return {
    DATABASE_URL: databaseUrl,
    REDIS_URL: redisUrl,
    QUEUE_BACKEND: 'redis',
    JWT_SECRET: randomBytes(32).toString('hex'),
    ENCRYPTION_KEY: randomBytes(32).toString('hex'),
    ADMIN_EMAIL: ADMIN.email,
    ADMIN_PASSWORD: ADMIN.password,
    SHUTDOWN_GRACE_MS: '1000',
    ...outside.env,
  };
}

async function migrate(images: Images, env: Record<string, string>): Promise<string> {
  const { command, folder, env: own } = images.image('migrate');
  const [program = '', ...args] = command;
  const options = { cwd: folder, env: { PATH: process.env['PATH'] ?? '', ...own, ...env } };
  return (await promisify(execFile)(program, args, options)).stdout;
}
