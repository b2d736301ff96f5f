import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiClient, waitFor } from '#testing';
import { describeOperation } from './operation-stories.js';
import { describeRequirements } from './requirements-stories.js';
import { type Services, startServices } from './services.js';
import { AUTH_LIMIT, createJob, type Execution, executionsOf, untilStatus } from './target.js';

const JOBS = 12;

describe('on 2 API and 3 worker processes of the images', () => {
  let services: Services;

  beforeAll(async () => {
    services = await startServices({ apis: 2, workers: 3 });
  }, 240_000);

  afterAll(() => services.stop());

  const call = (path: string, more: object = {}) => ({
    name: path,
    type: 'http',
    scheduleType: 'immediate',
    payload: { url: `${services.outside.http.url}${path}` },
    ...more,
  });

  describe('the images', () => {
    it('hold what their steps made, with production packages only', () => {
      const { images } = services;
      expect(images.ran).toEqual(
        expect.arrayContaining(['npm run build', 'npm ci --omit=dev --omit=optional', 'mkdir logs']),
      );
      expect(images.leftOut.every((part) => /^(apt-get|rm -rf \/var|chown node:node logs)/.test(part))).toBe(
        true,
      );
      const { folder, env } = images.image('api');
      const holds = (path: string) => existsSync(join(folder, path));
      expect(
        ['node_modules/fastify', 'node_modules/vitest', 'node_modules/typescript', 'libs', 'apps'].map(holds),
      ).toEqual([true, false, false, false, false]);
      expect(holds('dist/libs/testing')).toBe(false);
      expect(env).toMatchObject({ NODE_ENV: 'production', HOST: '0.0.0.0', PORT: '3000' });
    });

    it('migrate an empty database, and a current one not again', () => {
      expect(services.migrated).toMatch(/^Ran \d+: /);
    });

    it.each(['api', 'worker'] as const)(
      '%s passes its own health check, and fails it where nobody answers',
      async (target) => {
        const { healthCheck: [program = '', ...args] = [] } = services.images.image(target);
        const { url } = target === 'api' ? { url: services.apis[0] } : (services.workers[0] ?? {});
        const check = (port: string) =>
          promisify(execFile)(program, args, {
            env: { PATH: process.env['PATH'] ?? '', PORT: port, WORKER_PORT: port },
          });
        await expect(check(new URL(url ?? '').port)).resolves.toBeDefined();
        await expect(check('1')).rejects.toMatchObject({ code: 1 });
      },
    );
  });

  describeRequirements(() => services);
  describeOperation(() => services);

  describe('as one service', () => {
    let onFirst: ApiClient;
    let onSecond: ApiClient;

    beforeAll(async () => {
      const account = {
        email: `both-${crypto.randomUUID()}@example.com`,
        password: 'SecurePass123',
        name: 'Both',
      };
      const [first = '', second = ''] = services.apis;
      const { body } = await new ApiClient(first).post('/auth/register', account);
      [onFirst, onSecond] = [first, second].map(
        (url) => new ApiClient(url, body.data.accessToken as string),
      ) as [ApiClient, ApiClient];
    });

    it('who signed in at one API is signed in at the other', async () => {
      const [first, second] = await Promise.all([onFirst.get('/auth/me'), onSecond.get('/auth/me')]);
      expect([second.status, second.body]).toEqual([200, first.body]);
    });

    it('a job made at one API is cancelled at the other while it runs', async () => {
      const id = await createJob(onFirst, call('/hold/other-api'));
      await untilStatus(onFirst, id, 'running');
      expect((await onSecond.request('POST', `/jobs/${id}/cancel`)).status).toBe(200);
      expect((await executionsOf(onFirst, id))[0]?.status).toBe('cancelled');
    });

    it('an Idempotency-Key holds across the APIs', async () => {
      const headers = { 'idempotency-key': crypto.randomUUID() };
      const answers = [];
      for (const client of [onFirst, onSecond])
        answers.push(await client.post('/jobs', call('/twice'), headers));
      expect(answers.map(({ status }) => status)).toEqual([201, 201]);
      expect(answers[0]?.body.data.id).toBe(answers[1]?.body.data.id);
    });

    it('all workers share the load', async () => {
      const ids = await Promise.all(
        Array.from({ length: JOBS * 4 }, (_, index) => createJob(onFirst, loadJob(index))),
      );
      const executions = (await Promise.all(ids.map((id) => executionsOf(onSecond, id)))).flat();
      expect(executions.map(({ status }) => status)).toEqual(ids.map(() => 'completed'));
      expect(new Set(executions.map(({ workerId }) => workerId)).size).toBe(3);
    });

    it('nothing is lost with a worker that is killed', async () => {
      const ids = await startHeld('/hold-once/killed');
      await services.workers[0]?.end('SIGKILL');
      services.outside.release();
      const executions = await expectAllDone(ids);
      expect(Math.max(...executions.map(({ attempt }) => attempt))).toBe(2);
      services.workers[0] = await services.startWorker();
    });

    it('a rolling restart of all workers loses nothing and spends no attempt', async () => {
      const ids = await startHeld('/hold-once/rolling');
      for (const index of services.workers.keys()) {
        const next = await services.startWorker();
        expect(await services.workers[index]?.end('SIGTERM')).toBe(0);
        services.workers[index] = next;
      }
      const executions = await expectAllDone(ids);
      expect(executions.map(({ attempt }) => attempt)).toEqual(ids.map(() => 1));
    });

    /** Jobs whose first call is never answered: they run until something ends their worker. */
    async function startHeld(path: string): Promise<string[]> {
      const { requests } = services.outside.http;
      const ids = await Promise.all(
        Array.from({ length: JOBS }, (_, index) =>
          // Longer than all restarts take: what is held must not time out.
          createJob(onFirst, call(`${path}/${index}`, { retryDelay: 0, timeout: 300_000 })),
        ),
      );
      const isHeld = () => requests.filter((request) => request.path.startsWith(path)).length === JOBS;
      await waitFor(isHeld, { what: 'all jobs to run' });
      return ids;
    }

    async function expectAllDone(ids: string[]): Promise<Execution[]> {
      const executions = (await Promise.all(ids.map((id) => executionsOf(onSecond, id)))).flat();
      expect(executions.map(({ status }) => status)).toEqual(ids.map(() => 'completed'));
      return executions;
    }
  });

  it('the rate limits are shared by all APIs', async () => {
    const clients = services.apis.map((url) => new ApiClient(url));
    const taken = clients.map(() => 0);
    const ask = async (index: number) => {
      const { status, headers } = (await clients[index]?.post('/auth/refresh', { refreshToken: 'x' })) ?? {};
      if (status !== 429) taken[index] = (taken[index] ?? 0) + 1;
      return { status, wait: Number(headers?.get('retry-after')) };
    };
    let last = await ask(0);
    for (let index = 1; last.status !== 429; index = 1 - index) last = await ask(index);
    expect(last.wait).toBeGreaterThan(0);
    expect(Math.max(...taken)).toBeLessThan(AUTH_LIMIT);
    expect((await Promise.all([ask(0), ask(1)])).map(({ status }) => status)).toEqual([429, 429]);
  });

  it('an API that is stopped leaves the other serving', async () => {
    const second = new ApiClient(services.apis[1] ?? '');
    const answers: number[] = [];
    const ended = { isOver: false };
    const asking = (async () => {
      while (!ended.isOver) answers.push((await second.get('/monitoring/health')).status);
    })();
    expect(await services.apiProcesses[0]?.end('SIGTERM')).toBe(0);
    ended.isOver = true;
    await asking;
    expect(new Set(answers)).toEqual(new Set([200]));
  });
});

function loadJob(index: number): object {
  return {
    name: `load ${index}`,
    type: 'custom',
    scheduleType: 'immediate',
    payload: { handler: 'processData', data: { input: index } },
  };
}
