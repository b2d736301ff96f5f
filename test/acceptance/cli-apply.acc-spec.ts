import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { standaloneFolder } from './standalone-process.js';

const MAIN = fileURLToPath(new URL('../../dist/apps/cli/src/main.js', import.meta.url));

interface Applied {
  applied: boolean;
  hasChanges: boolean;
  sum: Record<string, number>;
  jobs: { action: string; name: string; id?: string; state: string; changes: unknown[]; error?: object }[];
}

let instance: Awaited<ReturnType<typeof standaloneFolder>>;
let base: string;
let token: string;

beforeAll(async () => {
  instance = await standaloneFolder();
  const started = await instance.start();
  base = started.base;
  const answer = await fetch(`${base}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(started.admin),
  });
  ({
    data: { accessToken: token },
  } = (await answer.json()) as { data: { accessToken: string } });
});

afterAll(() => instance.remove());

/** Runs the command line as it was built, signed in as the administrator. */
function chronos(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const env = {
    PATH: process.env['PATH'],
    XDG_CONFIG_HOME: instance.path,
    CHRONOS_URL: base,
    CHRONOS_API_KEY: token,
  };
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [MAIN, ...args], { env }, (_, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, stdout, stderr }),
    );
  });
}

async function apply(text: string, ...options: string[]) {
  const file = join(instance.path, 'jobs.yaml');
  await writeFile(file, text);
  return chronos('apply', '-f', file, ...options);
}

async function applyJson(text: string, ...options: string[]): Promise<{ code: number; result: Applied }> {
  const { code, stdout } = await apply(text, '--json', ...options);
  return { code, result: JSON.parse(stdout) as Applied };
}

async function jobsByName(): Promise<Map<string, { id: string; version: number; [field: string]: unknown }>> {
  const answer = await fetch(`${base}/api/v1/jobs?limit=100`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const { data } = (await answer.json()) as { data: { id: string; name: string; version: number }[] };
  return new Map(data.map((job) => [job.name, job]));
}

const HTTP = `name: apply http
type: http
scheduleType: recurring
cronExpression: 0 3 1 1 *
timezone: Europe/Paris
startsAt: 2040-01-01T00:00:00+01:00
backoff: { factor: 3 }
tags: [nightly, nightly]
payload:
  url: https://example.com/report
  headers: { authorization: Bearer first, accept: text/plain }
notifications:
  email: ops@example.com
  webhook: { url: https://hooks.example.com/x, secret: whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw }
`;
const SCRIPT = `name: apply script
type: script
scheduleType: interval
every: 86400000
payload: { command: echo, args: [one], env: { TOKEN: hidden } }
`;
const ONCE = `name: apply once
type: http
scheduleType: scheduled
scheduledAt: 2040-01-01T00:00:00Z
payload: { url: https://example.com/once }
`;
const all = (...documents: string[]) => documents.join('---\n');

describe('chronos apply', () => {
  it('creates, finds nothing to change, changes, prunes, and names what is at fault', async () => {
    const dry = await apply(all(HTTP, SCRIPT, ONCE));
    expect(dry.code).toBe(0);
    expect(dry.stdout).toContain('+ create  apply http');
    expect(dry.stdout).toContain('3 to create, 0 to change, 0 unchanged, 0 to delete.');
    expect(dry.stdout).toContain('Nothing was done: run it again with --yes.');
    expect(dry.stdout).not.toMatch(/Bearer first|whsec_|hidden/);
    expect((await jobsByName()).has('apply http')).toBe(false);

    const created = await apply(all(HTTP, SCRIPT, ONCE), '--yes');
    expect(created.stdout).toContain('3 created, 0 changed, 0 unchanged, 0 deleted.');
    expect(created).toMatchObject({ code: 0, stderr: '' });
    const before = await jobsByName();
    expect(before.get('apply http')).toMatchObject({ version: 1, tags: ['nightly', 'managed'] });
    expect(before.get('apply script')).toMatchObject({ version: 1, tags: ['managed'] });

    const again = await apply(all(HTTP, SCRIPT, ONCE), '--yes', '--prune');
    expect(again).toEqual({ code: 0, stdout: 'No changes: 3 unchanged.\n', stderr: '' });
    expect(await jobsByName()).toEqual(before);

    const changed = await applyJson(all(HTTP, SCRIPT.replace('one', 'two'), ONCE), '--yes');
    expect(changed).toMatchObject({
      code: 0,
      result: {
        applied: true,
        hasChanges: true,
        sum: { create: 0, update: 1, unchanged: 2, delete: 0, failed: 0, notTried: 0 },
      },
    });
    expect(changed.result.jobs[1]).toMatchObject({
      action: 'update',
      state: 'done',
      changes: [{ field: 'payload.args.0', from: 'one', to: 'two' }],
    });
    expect((await jobsByName()).get('apply script')).toMatchObject({
      version: 2,
      payload: { args: ['two'], env: { TOKEN: '********' } },
    });

    const pruneOnly = await apply(all(HTTP, SCRIPT.replace('one', 'two')), '--prune');
    expect(pruneOnly.stdout).toContain('- delete  apply once');
    expect((await jobsByName()).has('apply once')).toBe(true);

    const faulty = HTTP.replace('0 3 1 1 *', '0 99 1 1 *');
    const partly = await apply(all(faulty, SCRIPT.replace('one', 'three')), '--prune', '--yes');
    expect(partly.code).toBe(1);
    expect(partly.stdout).toMatch(/~ change {2}apply http\n(?: {4}.*\n)* {4}cronExpression: .*99/);
    expect(partly.stdout).toContain('0 created, 1 changed, 0 unchanged, 1 deleted, 1 failed.');
    const after = await jobsByName();
    expect(after.get('apply http')).toMatchObject({ version: 1, cronExpression: '0 3 1 1 *' });
    expect(after.get('apply script')).toMatchObject({ payload: { args: ['three'] } });
    expect(after.has('apply once')).toBe(false);
  });

  it('sees no changed secret, and sends it with --rewrite', async () => {
    const text = (secret: string) =>
      `name: apply secret\ntype: script\nscheduleType: interval\nevery: 86400000\npayload: { command: env, env: { A: ${secret} } }`;
    await apply(text('first'), '--yes');
    expect((await applyJson(text('second'), '--yes')).result.hasChanges).toBe(false);
    const rewritten = await apply(text('second'), '--yes', '--rewrite');
    expect(rewritten.stdout).toContain('    payload: sent again');
    expect((await jobsByName()).get('apply secret')).toMatchObject({ version: 2 });
  });

  it('refuses a file at fault and names that are not clear, and does nothing', async () => {
    const before = await jobsByName();
    const twice = await apply(all(ONCE, ONCE), '--yes');
    expect(twice).toMatchObject({ code: 2, stdout: '' });
    expect(twice.stderr).toContain('"apply once"');

    const body = { name: 'apply twin', type: 'http', scheduleType: 'interval', every: 86_400_000 };
    const payload = { url: 'https://example.com' };
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    for (const _ of [1, 2]) {
      const answer = await fetch(`${base}/api/v1/jobs`, {
        method: 'POST',
        headers,
        body: JSON.stringify({ ...body, payload }),
      });
      expect(answer.status).toBe(201);
    }
    const unclear = await apply(all('name: apply new\n', 'name: apply twin\n'), '--yes');
    expect(unclear).toMatchObject({ code: 2, stdout: '' });
    expect(unclear.stderr).toContain('more than one job of the same name: "apply twin" (');
    expect([...(await jobsByName()).keys()].toSorted()).toEqual([...before.keys(), 'apply twin'].toSorted());
  });
});
