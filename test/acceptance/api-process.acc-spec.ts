import { type ChildProcess, type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer, type Server } from 'node:net';
import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { request } from 'undici';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  createEmptyDatabase,
  createTestDatabase,
  freePort,
  TEST_SECRETS,
  tempDir,
  type TempDir,
  type TestDatabase,
  waitFor,
} from '#testing';

const MAIN = fileURLToPath(new URL('../../dist/apps/api/src/main.js', import.meta.url));

interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

describe('the API process', () => {
  let database: TestDatabase;
  let folder: TempDir;
  const children: ChildProcess[] = [];

  beforeAll(async () => {
    [database, folder] = await Promise.all([createTestDatabase(), tempDir('api-process')]);
  });

  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
  });

  afterAll(async () => {
    await database.drop();
    await folder.remove();
  });

  function start(env: Record<string, string>) {
    const child = spawn(process.execPath, [MAIN], {
      cwd: folder.path,
      env: {
        ...TEST_SECRETS,
        PATH: process.env['PATH'] ?? '',
        HOST: '127.0.0.1',
        QUEUE_BACKEND: 'postgres',
        LOG_DIR: 'off',
        DATABASE_URL: database.url,
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    }) as ChildProcessByStdio<null, Readable, Readable>;
    children.push(child);
    const text = { stdout: '', stderr: '' };
    child.stdout.on('data', (chunk: Buffer) => (text.stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (text.stderr += chunk.toString()));
    // Not 'close': Node leaves it out when the parent disconnects.
    const ended = Promise.all([once(child, 'exit'), finished(child.stdout), finished(child.stderr)]).then(
      ([[code]]): Ended => ({ code: code as number | null, ...text }),
    );
    return { child, ended, ready: Promise.race([once(child, 'message'), ended]) };
  }

  it('reports ready, serves, logs JSON only, and ends in order on SIGTERM', async () => {
    const port = await freePort();
    const { child, ready, ended } = start({ PORT: String(port) });
    expect(await ready).toEqual([{ type: 'ready' }, undefined]);
    const answer = await request(`http://127.0.0.1:${port}/api/v1/auth/me`, {
      headers: { 'x-request-id': 'seen-in-the-log' },
    });
    expect(answer.statusCode).toBe(401);
    await answer.body.dump();
    child.kill('SIGTERM');
    const { code, stdout, stderr } = await ended;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.every(({ app, level }) => app === 'api' && typeof level === 'string')).toBe(true);
    expect(lines.find(({ requestId }) => requestId === 'seen-in-the-log')).toMatchObject({
      req: { method: 'GET', url: '/api/v1/auth/me' },
      res: { statusCode: 401 },
    });
  });

  it('answers what is under way before it ends', async () => {
    const port = await freePort();
    const { child, ready, ended } = start({ PORT: String(port) });
    await ready;
    const other = new Client({ connectionString: database.url });
    await other.connect();
    await other.query('BEGIN; LOCK TABLE users IN ACCESS EXCLUSIVE MODE');
    const login = request(`http://127.0.0.1:${port}/api/v1/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'nobody@example.com', password: 'SecurePass123' }),
    });
    await waitFor(async () => (await other.query('SELECT 1 FROM pg_locks WHERE NOT granted')).rowCount, {
      what: 'the request to wait for the table',
    });
    child.kill('SIGTERM');
    await waitFor(() => isRefused(port), { what: 'the port to be closed' });
    await other.query('COMMIT');
    const [answer, { code }] = await Promise.all([login, ended]);
    await other.end();
    expect([answer.statusCode, code]).toEqual([401, 0]);
  });

  it('says who to ask when the port is taken', async () => {
    const taken: Server = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as { port: number };
    const { code, stderr } = await start({ PORT: String(port) }).ended;
    taken.close();
    expect(code).toBe(1);
    expect(stderr).toBe(
      `The api cannot listen on 127.0.0.1:${port} (HOST, PORT): another process has this port. Stop it or set another PORT.\n`,
    );
  });

  it('says so when PostgreSQL cannot be reached, refuses, or has no current schema', async () => {
    const port = await freePort();
    const gone = await start({ DATABASE_URL: `postgres://someone:hunter2@127.0.0.1:${port}/nowhere` }).ended;
    expect(gone.code).toBe(1);
    expect(gone.stderr).toMatch(
      new RegExp(
        `^PostgreSQL at 127.0.0.1:${port}/nowhere \\(DATABASE_URL or DB_\\*\\): it cannot be reached`,
      ),
    );
    expect(gone.stdout + gone.stderr).not.toContain('hunter2');

    const missing = new URL(database.url);
    missing.pathname = '/no_such_database';
    const nowhere = await start({ DATABASE_URL: missing.href }).ended;
    expect([nowhere.code, nowhere.stderr]).toEqual([1, expect.stringContaining('there is no such database')]);

    const empty = await createEmptyDatabase();
    const outdated = await start({ DATABASE_URL: empty.url }).ended;
    await empty.drop();
    expect([outdated.code, outdated.stderr]).toEqual([1, expect.stringContaining('npm run migrate')]);
  });

  it('lists every fault of its configuration', async () => {
    const { code, stderr } = await start({ PORT: 'http', JWT_SECRET: 'short' }).ended;
    expect(code).toBe(1);
    expect(stderr).toMatch(/2 faults/);
    expect(stderr).toMatch(/PORT:.*\n.*JWT_SECRET:/);
  });

  it('ends when the process that forked it is gone', async () => {
    const { child, ready, ended } = start({ PORT: String(await freePort()) });
    await ready;
    child.disconnect();
    expect((await ended).code).toBe(0);
  });
});

async function isRefused(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return false;
  } catch {
    return true;
  } finally {
    socket.destroy();
  }
}
