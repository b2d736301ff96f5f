import { spawn } from 'node:child_process';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TempDir, tempDir } from '#testing';
import { EmbeddedPostgres, type EmbeddedPostgresOptions } from './embedded-postgres.js';
import { isAlive } from './postmaster-pid.js';

let folder: TempDir;
let servers: EmbeddedPostgres[];

beforeEach(async () => {
  folder = await tempDir('postgres');
  servers = [];
});

afterEach(async () => {
  await Promise.all(servers.map((server) => server.stop()));
  await folder.remove();
});

async function start(options: Partial<EmbeddedPostgresOptions> = {}): Promise<EmbeddedPostgres> {
  const server = await EmbeddedPostgres.start({
    directory: join(folder.path, 'data'),
    password: 'p@ss:word',
    database: 'chronos',
    settings: { fsync: 'off' },
    isDurable: false,
    ...options,
  });
  servers.push(server);
  return server;
}

async function query<T extends pg.QueryResultRow>(url: string, text: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<T>(text)).rows;
  } finally {
    await client.end();
  }
}

describe('EmbeddedPostgres', () => {
  it('serves loopback with a password, and keeps its data', async () => {
    const first = await start();
    await query(first.url, `CREATE TABLE kept AS SELECT 'yes' AS answer`);
    expect(
      await query(
        first.url,
        `SELECT name, setting FROM pg_settings WHERE name IN
      ('listen_addresses', 'unix_socket_directories', 'synchronous_commit') ORDER BY name`,
      ),
    ).toEqual([
      { name: 'listen_addresses', setting: '127.0.0.1' },
      { name: 'synchronous_commit', setting: 'on' },
      { name: 'unix_socket_directories', setting: '' },
    ]);
    const wrong = first.url.replace(encodeURIComponent('p@ss:word'), 'guess');
    await expect(query(wrong, 'SELECT 1')).rejects.toThrow(/password authentication failed/);
    await first.stop();
    expect(await first.exited).toEqual({ code: 0, signal: null });

    const second = await start();
    expect(await query(second.url, 'SELECT answer FROM kept')).toEqual([{ answer: 'yes' }]);
  });

  it('recovers what was committed when the server was killed', async () => {
    const first = await start();
    await query(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    process.kill(first.pid ?? 0, 'SIGKILL');
    expect(await first.exited).toEqual({ code: null, signal: 'SIGKILL' });
    const second = await start();
    expect(await query(second.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
  });

  it('stops the server that a killed run left behind', async () => {
    const orphan = await start();
    const notices: string[] = [];
    const server = await start({ onNotice: (text) => notices.push(text) });
    expect(await orphan.exited).toMatchObject({ code: 0 });
    expect(notices).toEqual([expect.stringContaining(`(pid ${orphan.pid}) that an earlier run left behind`)]);
    expect(await query(server.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('leaves alone a process that only has the pid of a former server', async () => {
    const first = await start();
    const note = await readFile(join(folder.path, 'data', 'postmaster.pid'), 'utf8');
    await first.stop();
    const bystander = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    try {
      const stale = note.replace(/^\d+/, String(bystander.pid));
      await writeFile(join(folder.path, 'data', 'postmaster.pid'), stale);
      const second = await start();
      expect(await query(second.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
      expect(isAlive(bystander.pid ?? 0)).toBe(true);
    } finally {
      bystander.kill('SIGKILL');
    }
  });

  it('takes another port when the preferred one is taken', async () => {
    const blocker = await listen();
    const { port } = blocker.address() as { port: number };
    const server = await start({ port });
    expect(server.port).not.toBe(port);
    expect(await query(server.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await new Promise((resolve) => blocker.close(resolve));
  });

  it('runs where only the owner may enter', async () => {
    const closed = join(folder.path, 'closed');
    await mkdir(closed);
    await chmod(closed, 0o700);
    const server = await start({ directory: join(closed, 'data'), logFile: join(folder.path, 'log') });
    expect(await query(server.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('refuses data of another major version and says what to do', async () => {
    await mkdir(join(folder.path, 'data'));
    await writeFile(join(folder.path, 'data', 'PG_VERSION'), '17\n');
    await expect(start()).rejects.toThrow(
      /was made by PostgreSQL 17; this Chronos brings 18\. Dump the data/,
    );
  });

  it('begins anew where making the database was interrupted', async () => {
    await mkdir(join(folder.path, 'data.new', 'base'), { recursive: true });
    const server = await start();
    expect(await query(server.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('tells why it does not start', async () => {
    await (await start()).stop();
    await expect(start({ settings: { shared_buffers: 'plenty' } })).rejects.toThrow(
      /did not start\. It said[^]*shared_buffers/,
    );
  });
});

function listen(): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject).listen(0, '127.0.0.1', () => resolve(server));
  });
}
