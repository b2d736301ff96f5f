import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { promisify } from 'node:util';
import { Redis } from 'ioredis';
import { freePort } from '#embedded-postgres';
import type { TestServer } from './postgres-server.js';
import { tempDir } from './temp-dir.js';
import { waitFor } from './wait-for.js';

const run = promisify(execFile);

/** `REDIS_URL` if it is set, else a server of our own. */
export async function redisForRun(): Promise<TestServer> {
  const url = process.env['REDIS_URL'];
  return url ? { url, stop: () => Promise.resolve() } : startTestRedis();
}

/** A Redis of its own on a free loopback port, without persistence, gone after `stop` or with this process. */
export async function startTestRedis(): Promise<TestServer> {
  await ensureInstalled();
  const folder = await tempDir('redis');
  const port = await freePort();
  const child = spawn(
    'redis-server',
    [
      ...['--port', String(port), '--bind', '127.0.0.1', '--dir', folder.path],
      ...['--save', '', '--appendonly', 'no', '--maxmemory-policy', 'noeviction'],
    ],
    { stdio: ['ignore', 'pipe', 'pipe'], detached: true },
  );
  const onExit = () => {
    child.kill('SIGKILL');
    rmSync(folder.path, { recursive: true, force: true });
  };
  process.once('exit', onExit);
  const url = `redis://127.0.0.1:${port}`;
  const stop = async () => {
    process.off('exit', onExit);
    await end(child);
    await rm(folder.path, { recursive: true, force: true });
  };
  try {
    await answers(url, child);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, stop };
}

async function answers(url: string, child: ChildProcess): Promise<void> {
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => (output += String(chunk)));
  const client = new Redis(url, { lazyConnect: true, retryStrategy: () => 20 });
  // Refused connections are expected until it listens; the wait below decides.
  client.on('error', () => undefined);
  void client.connect().catch(() => undefined);
  try {
    await waitFor(() => client.status === 'ready', {
      what: `redis-server on ${url}`,
      progress: () => output,
    });
  } finally {
    client.disconnect();
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await exited;
}

async function ensureInstalled(): Promise<void> {
  if (await isInstalled()) return;
  const canInstall =
    process.getuid?.() === 0 &&
    (await run('apt-get', ['--version']).then(
      () => true,
      () => false,
    ));
  if (!canInstall) {
    throw new Error(
      'The tests need a Redis 7 or newer. Set REDIS_URL to one that may be written to, or install redis-server.',
    );
  }
  process.stderr.write('Installing redis-server, which the tests need (apt-get) ...\n');
  await run('apt-get', ['update', '-qq'], { maxBuffer: 1 << 24 });
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'redis-server'], {
    env,
    maxBuffer: 1 << 24,
  });
}

function isInstalled(): Promise<boolean> {
  return run('redis-server', ['--version']).then(
    () => true,
    () => false,
  );
}
