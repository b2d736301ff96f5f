import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '#embedded-postgres';

const STANDALONE = fileURLToPath(new URL('../../standalone/src/main.js', import.meta.url));
const ADMIN = { email: 'demo@example.com', password: 'Demonstration1' };

/** A private Chronos in a temporary folder, as `npm start` would run it. */
export interface Instance {
  api: Api;
  /** Ends it and removes its folder. */
  stop(): Promise<void>;
}

export interface Api {
  get<Data>(path: string): Promise<Data>;
  post<Data>(path: string, body?: unknown): Promise<Data>;
}

/**
 * @param env settings of this instance; a `REDIS_URL` in our own environment goes along, and the queue is there then
 * @throws Error with what it wrote when it does not become ready
 */
export async function startInstance(env: Record<string, string>): Promise<Instance> {
  const folder = await mkdtemp(join(tmpdir(), 'chronos-demo-'));
  await chmod(folder, 0o755);
  const port = await freePort();
  const child = spawn(process.execPath, [STANDALONE], {
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      ...(process.env['REDIS_URL'] && { REDIS_URL: process.env['REDIS_URL'] }),
      CHRONOS_DATA_DIR: folder,
      LOG_DIR: join(folder, 'logs'),
      PORT: String(port),
      WORKER_PORT: String(await freePort()),
      ADMIN_EMAIL: ADMIN.email,
      ADMIN_PASSWORD: ADMIN.password,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: folder,
  });
  const stop = async () => {
    await endProcess(child);
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  try {
    const url = `http://127.0.0.1:${port}`;
    await untilReady(child, `${url}/health/ready`);
    return { api: await signIn(`${url}/api/v1`), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function untilReady(child: ChildProcess, url: string): Promise<void> {
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += String(chunk)));
  while (!output.includes('Chronos is ready')) {
    if (child.exitCode !== null) throw new Error(`The private instance did not start:\n${output}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const { ok } = await fetch(url);
  if (!ok) throw new Error(`The private instance is not ready:\n${output}`);
}

function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
}

async function signIn(base: string): Promise<Api> {
  const { accessToken } = await call<{ accessToken: string }>(base, 'POST', '/auth/login', ADMIN);
  return {
    get: (path) => call(base, 'GET', path, undefined, accessToken),
    post: (path, body = {}) => call(base, 'POST', path, body, accessToken),
  };
}

async function call<Data>(
  base: string,
  method: string,
  path: string,
  body?: unknown,
  token?: string,
): Promise<Data> {
  const response = await fetch(base + path, {
    method,
    headers: {
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(token && { authorization: `Bearer ${token}` }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
  return (JSON.parse(text) as { data: Data }).data;
}
