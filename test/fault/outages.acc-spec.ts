import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runMigrations } from '#database';
import {
  ApiClient,
  type ChronosProcess,
  freePort,
  type HttpReceiver,
  startChronosProcess,
  startHttpReceiver,
  startSmtpReceiver,
  startTcpProxy,
  startTestPostgres,
  startTestRedis,
  type TcpProxy,
  type TestPostgres,
  type TestServer,
  waitFor,
} from '#testing';

/** Services away, restarted, and back, under real processes. */
describe('an outage', () => {
  let postgres: TestPostgres;
  let redis: TestServer;
  let redisDoor: TcpProxy;
  let receiver: HttpReceiver;
  let api: ChronosProcess;
  let worker: ChronosProcess;
  let client: ApiClient;
  let smtpPort: number;

  beforeAll(async () => {
    [postgres, redis, receiver, smtpPort] = await Promise.all([
      startTestPostgres(),
      startTestRedis(),
      startHttpReceiver((_, response) => response.end('ok')),
      freePort(),
    ]);
    await runMigrations(postgres.url);
    redisDoor = await startTcpProxy({ host: '127.0.0.1', port: Number(new URL(redis.url).port) });
    const env = {
      DATABASE_URL: postgres.url,
      REDIS_URL: `redis://127.0.0.1:${redisDoor.port}`,
      QUEUE_BACKEND: 'redis',
      LEASE_MS: '3000',
      RECONCILE_INTERVAL_MS: '500',
      SMTP_HOST: '127.0.0.1',
      SMTP_PORT: String(smtpPort),
      SMTP_FROM: 'chronos@example.com',
    };
    [api, worker] = await Promise.all([startChronosProcess('api', env), startChronosProcess('worker', env)]);
    client = await ApiClient.register(api.url);
  });

  afterAll(async () => {
    await Promise.all([api.end('SIGKILL'), worker.end('SIGKILL')]);
    await redisDoor.close();
    await Promise.all([postgres.stop(), redis.stop(), receiver.close()]);
  });

  const probe = async ({ url }: ChronosProcess, name: 'live' | 'ready') =>
    (await fetch(`${url}/health/${name}`)).status;
  const untilReady = (one: ChronosProcess, status: number) =>
    waitFor(async () => (await probe(one, 'ready')) === status, {
      what: `readiness to answer ${status}`,
      timeoutMs: 30_000,
      intervalMs: 100,
    });
  const httpJob = (path: string, more: object = {}) => ({
    name: path,
    type: 'http',
    scheduleType: 'immediate',
    payload: { url: `${receiver.url}${path}` },
    ...more,
  });
  const create = async (body: object) => {
    const answer = await client.post('/jobs', body);
    return answer.status === 201
      ? (answer.body.data.id as string)
      : Promise.reject(new Error(String(answer.status)));
  };
  const untilCompleted = (id: string) =>
    waitFor(async () => (await client.get(`/jobs/${id}/executions?status=completed`)).body.meta.total === 1, {
      what: `${id} to complete`,
      timeoutMs: 60_000,
      intervalMs: 100,
      progress: worker.output,
    });

  it('of Redis: neither is ready, jobs are taken all the same, and run when it is back', async () => {
    await redisDoor.cut();
    await Promise.all([untilReady(worker, 503), untilReady(api, 503)]);
    expect([await probe(worker, 'live'), await probe(api, 'live')]).toEqual([200, 200]);
    await waitFor(async () => (await client.get('/monitoring/health')).body.data.status === 'degraded', {
      what: 'the health to be degraded',
    });
    const ids = await Promise.all([1, 2, 3].map((index) => create(httpJob(`/redis/${index}`))));
    await redisDoor.restore();
    await Promise.all([untilReady(worker, 200), untilReady(api, 200)]);
    await Promise.all(ids.map(untilCompleted));
    const calls = receiver.requests.filter(({ path }) => path.startsWith('/redis/'));
    expect(calls.map(({ path }) => path).toSorted()).toEqual(['/redis/1', '/redis/2', '/redis/3']);
  });

  it('of PostgreSQL while requests run: clear 503s, what was accepted runs, and readiness mends itself', async () => {
    const accepted: string[] = [];
    const refused = new Set<string>();
    const flow = { isOver: false };
    const asking = (async () => {
      for (let index = 0; !flow.isOver; index += 1) {
        const { status, body } = await client.post('/jobs', httpJob(`/restart/${index}`));
        if (status === 201) accepted.push(body.data.id as string);
        else refused.add(`${status} ${body.error.code}`);
        await pause(10);
      }
    })();
    await waitFor(() => accepted.length >= 5, { what: 'requests to run' });
    await postgres.shutDown();
    await Promise.all([untilReady(api, 503), untilReady(worker, 503)]);
    expect([await probe(api, 'live'), await probe(worker, 'live')]).toEqual([200, 200]);
    await waitFor(() => refused.size > 0, { what: 'a request to be refused' });
    const before = accepted.length;
    await postgres.startAgain();
    await Promise.all([untilReady(api, 200), untilReady(worker, 200)]);
    await waitFor(() => accepted.length >= before + 5, { what: 'requests to be accepted again' });
    flow.isOver = true;
    await asking;
    expect([...refused]).toEqual(['503 DEPENDENCY_DOWN']);
    await Promise.all(accepted.map(untilCompleted));
  });

  it('of the mail server: an e-mail job is tried again until it is back, and sent once', async () => {
    const mail = await create({
      name: 'mail',
      type: 'email',
      scheduleType: 'immediate',
      retryDelay: 500,
      maxRetries: 50,
      backoff: { strategy: 'fixed' },
      payload: { to: 'someone@example.com', subject: 'After the outage', text: 'x' },
    });
    await waitFor(
      async () => {
        const { body } = await client.get(`/jobs/${mail}/logs?level=warn`);
        return (body.data as { message: string }[]).some(({ message }) => message.includes('tried again'));
      },
      { what: 'the e-mail to have failed' },
    );
    const smtp = await startSmtpReceiver({ port: smtpPort });
    try {
      await untilCompleted(mail);
      expect(smtp.mails.map(({ to }) => to)).toEqual([['someone@example.com']]);
    } finally {
      await smtp.close();
    }
  });
});
