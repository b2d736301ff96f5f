import { existsSync, rmSync } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedPostgres, isAlive } from '#embedded-postgres';

export interface TestServer {
  url: string;
  stop(): Promise<void>;
}

export interface TestPostgres extends TestServer {
  /** Ends the server and keeps its data, as an outage does. */
  shutDown(): Promise<void>;
  /** Starts it again, at the same address. */
  startAgain(): Promise<void>;
}

const PREFIX = 'chronos-test-postgres-';

/** Nothing here outlives the run: trade durability for speed. */
const SETTINGS = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '400',
  autovacuum_naptime: '10s',
};

let serial = 0;

/** A PostgreSQL of its own, in memory where the system allows it, gone with its data after `stop` or with this process. */
export async function startTestPostgres(settings: Record<string, string> = {}): Promise<TestPostgres> {
  const base = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
  await sweep(base);
  const folder = join(base, `${PREFIX}${process.pid}-${++serial}`);
  await mkdir(folder, { mode: 0o711 });
  const start = (port?: number) =>
    EmbeddedPostgres.start({
      directory: join(folder, 'data'),
      password: 'test',
      database: 'postgres',
      settings: { ...SETTINGS, ...settings },
      isDurable: false,
      port,
    });
  let server = await start();
  const onExit = () => {
    server.kill();
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  };
  process.once('exit', onExit);
  return {
    url: server.url,
    shutDown: () => server.stop(),
    startAgain: async () => {
      server = await start(server.port);
    },
    stop: async () => {
      process.off('exit', onExit);
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Removes what a run left behind that was killed. */
async function sweep(base: string): Promise<void> {
  for (const name of await readdir(base)) {
    const pid = name.startsWith(PREFIX) ? Number(name.slice(PREFIX.length).split('-')[0]) : Number.NaN;
    if (Number.isInteger(pid) && !isAlive(pid)) await rm(join(base, name), { recursive: true, force: true });
  }
}
