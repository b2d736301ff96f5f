import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freePort, waitFor } from '#testing';
import { processesOf, standaloneFolder } from './standalone-process.js';

let instance: Awaited<ReturnType<typeof standaloneFolder>>;

beforeEach(async () => {
  instance = await standaloneFolder();
});

afterEach(() => instance.remove());

async function signIn(base: string, credentials: object): Promise<number> {
  const answer = await fetch(`${base}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(credentials),
  });
  return answer.status;
}

const mode = async (...path: string[]) => (await stat(join(...path))).mode & 0o777;

describe('npm start', () => {
  it('ends ready, lets its administrator in, keeps its data, and leaves no process behind', async () => {
    const first = await instance.start({ WORKER_CONCURENCY: '5' });
    expect(first.output()).toContain('WORKER_CONCURENCY is set, but Chronos reads WORKER_CONCURRENCY');
    expect(first.output()).toContain(`admin@chronos.local / ${first.admin.password} (shown once`);
    expect((await fetch(`${first.base}/health/ready`)).status).toBe(200);
    expect((await fetch(`${first.base}/api/docs`)).status).toBe(200);
    expect(await signIn(first.base, first.admin)).toBe(200);
    expect(await mode(first.dataDir, 'secrets.json')).toBe(0o600);
    expect(await mode(first.dataDir, 'postgres')).toBe(0o700);

    const refused = await instance.refuse({ PORT: String(await freePort()) });
    expect(refused.code).toBe(1);
    expect(refused.output).toContain(`is in use by another Chronos: process ${first.pid}, since `);

    expect((await processesOf(first.folder)).length).toBeGreaterThanOrEqual(4);

    expect(await first.end('SIGINT')).toEqual({ code: 0, signal: null });
    expect(await processesOf(first.folder)).toEqual([]);

    const second = await instance.start();
    expect(second.output()).not.toContain(second.admin.password);
    expect(await signIn(second.base, second.admin)).toBe(200);
  });

  it('recovers after kill -9: nothing survives it, and nothing is lost', async () => {
    const first = await instance.start();
    await first.end('SIGKILL');
    let left = await processesOf(first.folder);
    await waitFor(
      async () => {
        left = await processesOf(first.folder);
        return left.length === 0;
      },
      {
        what: 'API, worker and PostgreSQL to notice',
        timeoutMs: 30_000,
        progress: () => ({ left, output: first.output() }),
      },
    );
    const second = await instance.start();
    expect(await signIn(second.base, second.admin)).toBe(200);
  });

  it('starts a killed API, worker and PostgreSQL again', async () => {
    const { base, folder, output, admin } = await instance.start();
    for (const [part, name] of [
      ['apps/api/src/main.js', 'API'],
      ['apps/worker/src/main.js', 'worker'],
      ['bin/postgres -D', 'PostgreSQL'],
    ] as const) {
      const one = (await processesOf(folder)).find(({ command }) => command.includes(part));
      expect(one, part).toBeDefined();
      process.kill(one?.pid ?? 0, 'SIGKILL');
      await waitFor(() => output().includes(`${name} runs again.`), {
        what: name,
        timeoutMs: 60_000,
        progress: output,
      });
    }
    await waitFor(async () => (await signIn(base, admin)) === 200, {
      what: 'signing in',
      timeoutMs: 30_000,
      progress: output,
    });
  });

  it('names all faults of its settings at once', async () => {
    const { code, output } = await instance.refuse({ PORT: 'http', LEASE_MS: '1', SMTP_SECURE: 'perhaps' });
    expect(code).toBe(1);
    for (const name of ['PORT', 'LEASE_MS', 'SMTP_SECURE']) expect(output).toContain(`- ${name}: must be`);
    expect(output).not.toContain('    at ');
  });
});
