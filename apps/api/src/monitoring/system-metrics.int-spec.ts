import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#database';
import type { SystemFigures } from '#monitoring';
import { createJob } from '../testing/job-fixtures.js';
import { createTestApi, type TestAccount, type TestApi } from '../testing/test-api.js';

describe('GET /monitoring/metrics', () => {
  let api: TestApi;
  let admin: TestAccount;

  beforeAll(async () => {
    api = await createTestApi();
    admin = await api.createAccount('admin');
    const holder = newId();
    const job = await createJob(api, admin.accessToken);
    const add = (status: string, times: string, count: number, type = 'custom') =>
      api.dataSource.query(
        `INSERT INTO executions (id, scheduled_for, job_id, type, trigger, status, effective_at, due_at, attempt,
           max_attempts, queued_at, started_at, finished_at, lease_until, worker_id)
         SELECT gen_random_uuid(), now() - interval '10 s', $1, $5, 'manual', $2, now() - interval '10 s',
           now() - interval '10 s', 1, 1, now() - interval '8 s', ${times}, $4 FROM generate_series(1, $3)`,
        [job.id, status, count, status === 'running' ? holder : null, type],
      );
    const started = `now() - interval '10 s' + interval '25 ms'`;
    await add('queued', 'NULL, NULL, NULL', 3);
    await add('running', `${started}, NULL, now() + interval '1 hour'`, 2);
    await add('running', `${started}, NULL, now() + interval '1 hour'`, 1, 'http');
    await add('completed', `${started}, now() - interval '9 s', NULL`, 4);
    await add('failed', `${started}, now() - interval '5 min', NULL`, 1);
    for (const [host, heartbeat, stopped, id] of [
      ['alive', 'now()', 'NULL', holder],
      ['silent', `now() - interval '1 min'`, 'NULL', newId()],
      ['ended', 'now()', 'now()', newId()],
    ]) {
      await api.dataSource.query(
        `INSERT INTO workers (id, host, pid, version, types, roles, concurrency, running, heartbeat_at, stopped_at)
         VALUES ($1, $2, 42, '1.0.0', '{http,custom}', '{execute}', 50, 2, ${heartbeat}, ${stopped})`,
        [id, host],
      );
    }
  });

  afterAll(() => api.close());

  const figures = async (): Promise<SystemFigures> => {
    const { status, body } = await api.request('GET /monitoring/metrics', { token: admin.accessToken });
    expect(status).toBe(200);
    return (body as { data: SystemFigures }).data;
  };

  it('counts executions that wait and run, by type', async () => {
    const none = { waiting: 0, active: 0, oldestWaitMs: null };
    const { queues } = await figures();
    expect(queues).toEqual({
      http: { waiting: 0, active: 1, oldestWaitMs: null },
      webhook: none,
      script: none,
      email: none,
      custom: { waiting: 3, active: 2, oldestWaitMs: expect.any(Number) as number },
    });
    expect(queues.custom.oldestWaitMs).toBeGreaterThanOrEqual(8_000);
  });

  it('lists the workers that live or fell silent, not those that ended', async () => {
    const { workers } = await figures();
    expect(workers.map(({ host, state }) => [host, state])).toEqual([
      ['alive', 'alive'],
      ['silent', 'silent'],
    ]);
    expect(workers[0]).toMatchObject({
      types: ['http', 'custom'],
      roles: ['execute'],
      concurrency: 50,
      running: 2,
    });
    expect(workers.map(({ runningByType }) => runningByType)).toEqual([
      { http: 1, custom: 2 },
      { http: 0, custom: 0 },
    ]);
  });

  it('tells throughput and lateness', async () => {
    const { throughput, latenessMs } = await figures();
    expect(throughput).toEqual({
      lastMinute: { completed: 4, failed: 0 },
      last15Minutes: { completed: 4, failed: 1 },
      perSecond: 0.07,
    });
    expect(latenessMs).toEqual({ p50: 25, p95: 25, p99: 25 });
  });

  it('tells how far the planner is behind', async () => {
    expect((await figures()).planner).toEqual({ lagMs: 0 });
    await api.dataSource.query(`UPDATE jobs SET next_run_at = now() - interval '1 hour'`);
    expect((await figures()).planner.lagMs).toBeGreaterThanOrEqual(3_600_000);
  });

  it('tells of the process and the database', async () => {
    const { process: own, database } = await figures();
    expect(own).toMatchObject({ pid: process.pid, nodeVersion: process.versions.node });
    expect(database.sizeBytes).toBeGreaterThan(1_000_000);
    expect(database.pool.total).toBeGreaterThan(0);
    expect(database.connections).toBeLessThanOrEqual(database.maxConnections);
  });

  it('is for admins', async () => {
    const user = await api.createAccount();
    const answer = await api.request('GET /monitoring/metrics', { token: user.accessToken });
    expect(answer.fault).toMatchObject({ status: 403, code: 'FORBIDDEN' });
    expect((await api.request('GET /monitoring/metrics')).fault).toMatchObject({ status: 401 });
  });
});
