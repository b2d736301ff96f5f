import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiClient, waitFor } from '#testing';
import { standaloneFolder } from '../standalone-process.js';
import { describeOperation } from './operation-stories.js';
import { describeRequirements } from './requirements-stories.js';
import { type Outside, startOutside, type Target } from './target.js';

const SEED = fileURLToPath(new URL('../../../scripts/seed.mjs', import.meta.url));

describe('on npm start', () => {
  let outside: Outside;
  let instance: Awaited<ReturnType<typeof standaloneFolder>>;
  let target: Target;

  beforeAll(async () => {
    [outside, instance] = await Promise.all([startOutside(), standaloneFolder()]);
    const { base, admin } = await instance.start(outside.env);
    target = { apis: [base], admin, outside };
  });

  afterAll(async () => {
    await instance.remove();
    await outside.close();
  });

  describeRequirements(() => target);
  describeOperation(() => target);

  it('npm run seed makes a dozen jobs of all types, once, some of which fail, and takes them out again', async () => {
    const [url = ''] = target.apis;
    const { email, password } = target.admin;
    const seed = async (...more: string[]) => {
      const env = { PATH: process.env['PATH'], ADMIN_EMAIL: email, ADMIN_PASSWORD: password };
      const { stdout } = await promisify(execFile)(process.execPath, [SEED, '--url', url, ...more], { env });
      return stdout.trimEnd().split('\n').at(-1);
    };
    expect(await seed()).toBe('12 jobs made, 0 were there.');
    expect(await seed()).toBe('0 jobs made, 12 were there.');
    const admin = await ApiClient.login(url, email, password);
    const jobs = async () =>
      (await admin.get('/jobs?tag=seed&limit=100')).body.data as {
        type: string;
        lastStatus: string | null;
      }[];
    const types = new Set((await jobs()).map(({ type }) => type));
    expect(types).toEqual(new Set(['http', 'webhook', 'script', 'email', 'custom']));
    const ended = (status: string, all: { lastStatus: string | null }[]) =>
      all.filter(({ lastStatus }) => lastStatus === status).length;
    await waitFor(
      async () => {
        const all = await jobs();
        return ended('completed', all) >= 5 && ended('failed', all) >= 4;
      },
      {
        what: 'five seeded jobs to complete and four to fail',
        timeoutMs: 30_000,
        intervalMs: 200,
        progress: jobs,
      },
    );
    expect(await seed('--remove')).toBe('12 jobs removed.');
  });
});
