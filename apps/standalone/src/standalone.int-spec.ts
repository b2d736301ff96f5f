import { once } from 'node:events';
import { readFile, stat, writeFile, readdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConfigError } from '#config';
import { freePort, type TempDir, tempDir, waitFor } from '#testing';
import { Standalone, StoppedError } from './standalone.js';

/** Stands in for an app: notes the environment it was given, and its end in a diary shared by both. */
const FAKE_APP = `
  import { appendFileSync, writeFileSync } from 'node:fs';
  const [name] = import.meta.url.split('/').at(-1).split('.');
  const { FAKE_DIR } = process.env;
  writeFileSync(FAKE_DIR + '/' + name + '.json', JSON.stringify({ ...process.env, pid: process.pid }));
  process.on('SIGTERM', () => { appendFileSync(FAKE_DIR + '/diary', name + ' stopped\\n'); process.exit(0); });
  process.on('disconnect', () => process.exit(1));
  setInterval(() => {}, 1000);
  process.send({ type: 'ready' });
`;

let folder: TempDir;
let said: string[];
let migrated: string[];
let standalone: Standalone;
let env: Record<string, string | undefined>;

beforeEach(async () => {
  folder = await tempDir('standalone');
  for (const name of ['api', 'worker']) await writeFile(join(folder.path, `${name}.mjs`), FAKE_APP);
  said = [];
  migrated = [];
  env = {
    PATH: process.env['PATH'],
    FAKE_DIR: folder.path,
    CHRONOS_DATA_DIR: join(folder.path, 'data'),
    PORT: String(await freePort()),
  };
  standalone = build();
});

afterEach(async () => {
  await standalone.stop();
  await folder.remove();
});

function build(overrides: Record<string, string> = {}): Standalone {
  return new Standalone({
    env: { ...env, ...overrides },
    entries: { api: join(folder.path, 'api.mjs'), worker: join(folder.path, 'worker.mjs') },
    migrate: (url) => Promise.resolve(migrated.push(url)),
    say: (text) => said.push(text),
  });
}

async function seenBy(name: 'api' | 'worker'): Promise<Record<string, string>> {
  return JSON.parse(await readFile(join(folder.path, `${name}.json`), 'utf8')) as Record<string, string>;
}

const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );

/** The claims on the data directory. */
async function locks(): Promise<string[]> {
  const names = await readdir(join(folder.path, 'data'));
  return names.filter((name) => name.startsWith('lock'));
}

describe('Standalone', () => {
  it('starts everything on one machine, stops it in order and starts again with the same data', async () => {
    await standalone.start();
    const api = await seenBy('api');
    expect(api).toMatchObject({
      HOST: '127.0.0.1',
      QUEUE_BACKEND: 'postgres',
      ADMIN_EMAIL: 'admin@chronos.local',
    });
    expect(api['DATABASE_URL']).toMatch(/^postgres:\/\/chronos:.+@127\.0\.0\.1:\d+\/chronos$/);
    expect(migrated).toEqual([api['DATABASE_URL']]);
    expect(await seenBy('worker')).toMatchObject({
      JWT_SECRET: api['JWT_SECRET'],
      DATABASE_URL: api['DATABASE_URL'],
    });
    expect(said.join('\n')).toContain(`admin@chronos.local / ${api['ADMIN_PASSWORD']} (shown once`);

    await standalone.stop();
    expect(await readFile(join(folder.path, 'diary'), 'utf8')).toBe('worker stopped\napi stopped\n');
    expect(await locks()).toEqual([]);
    expect(await exists(join(folder.path, 'data', 'postgres', 'postmaster.pid'))).toBe(false);

    said = [];
    standalone = build();
    await standalone.start();
    const again = await seenBy('api');
    for (const name of ['JWT_SECRET', 'ENCRYPTION_KEY', 'ADMIN_PASSWORD'])
      expect(again[name]).toBe(api[name]);
    expect(said.join('\n')).not.toContain(again['ADMIN_PASSWORD']);
  });

  it('starts a killed worker again', async () => {
    await standalone.start();
    const { pid } = await seenBy('worker');
    process.kill(Number(pid), 'SIGKILL');
    await waitFor(() => said.includes('The worker runs again.'), {
      what: 'the worker',
      progress: () => said,
    });
    expect((await seenBy('worker'))['pid']).not.toBe(pid);
  });

  it('says who holds the data directory', async () => {
    await standalone.start();
    await expect(build({ PORT: String(await freePort()) }).start()).rejects.toThrow(
      new RegExp(`data is in use by another Chronos: process ${process.pid}, since \\d{4}-`),
    );
  });

  it('names the variable of a port that is taken', async () => {
    const blocker = createServer().listen(Number(env['PORT']), '127.0.0.1');
    await once(blocker, 'listening');
    await expect(standalone.start()).rejects.toThrow(/is taken.*PORT=/);
    blocker.close();
  });

  it('chooses another port for the worker probes unless one was asked for', async () => {
    const taken = await freePort();
    const blocker = createServer().listen(taken, '127.0.0.1');
    await once(blocker, 'listening');
    const asked = build({ WORKER_PORT: String(taken), CHRONOS_DATA_DIR: join(folder.path, 'other') });
    await expect(asked.start()).rejects.toThrow(/WORKER_PORT=/);
    await asked.stop();
    blocker.close();

    const same = build({ WORKER_PORT: env['PORT'] ?? '', CHRONOS_DATA_DIR: join(folder.path, 'other') });
    await expect(same.start()).rejects.toThrow(/WORKER_PORT=/);
    await same.stop();
  });

  it('reports all faults of the settings before it makes anything', async () => {
    const faulty = build({ LEASE_MS: 'long', SCRIPT_JOBS: 'maybe' });
    const started = faulty.start();
    await expect(started).rejects.toThrow(ConfigError);
    await expect(started).rejects.toThrow(/LEASE_MS[^]*SCRIPT_JOBS/);
    expect(await exists(join(folder.path, 'data'))).toBe(false);
  });

  it('leaves nothing behind when an app cannot start', async () => {
    await writeFile(join(folder.path, 'worker.mjs'), `process.stderr.write('no way'); process.exitCode = 1;`);
    await expect(standalone.start()).rejects.toThrow('The worker ended while starting (exit code 1).');
    await standalone.stop();
    expect(said).toContain('no way');
    expect(await locks()).toEqual([]);
  });

  it('can be stopped at any moment of its start', async () => {
    const refusal = standalone.start().catch((error: unknown) => error);
    await waitFor(() => said.includes('Making the database ...'), { what: 'the first step' });
    await standalone.stop();
    expect(await refusal).toBeInstanceOf(StoppedError);
    await standalone.stop();
    expect(await locks()).toEqual([]);
  });
});
