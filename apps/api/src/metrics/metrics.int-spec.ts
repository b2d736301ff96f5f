import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lintMetrics } from '#testing';
import { createJob, WEEKLY_REPORT } from '../testing/job-fixtures.js';
import { createTestApi, type TestApi } from '../testing/test-api.js';

const TOKEN = 'a-token-of-some-length';

describe('GET /metrics of the API', () => {
  let api: TestApi;

  beforeAll(async () => {
    api = await createTestApi({ auth: { rateLimitPerMinute: 5 } });
  });
  afterAll(() => api.close());

  const scrape = (headers: Record<string, string> = {}, remoteAddress = '127.0.0.1', of = api) =>
    of.app.inject({ url: '/metrics', headers, remoteAddress });

  it('answers the text of Prometheus, free of what promtool objects to', async () => {
    const answer = await scrape();
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(lintMetrics(answer.body)).toEqual([]);
  });

  it('tells of queues, workers, planner, database and pool', async () => {
    const { body } = await scrape();
    for (const sample of [
      'chronos_database_up 1',
      'chronos_queue_executions{type="http",state="waiting"} 0',
      'chronos_queue_executions{type="custom",state="active"} 0',
      'chronos_workers{state="alive"} 0',
      'chronos_planner_lag_seconds 0',
      'chronos_system_paused 0',
      'chronos_database_pool_connections{state="idle"}',
      'chronos_database_pool_waiting_requests 0',
      'process_cpu_seconds_total',
      'nodejs_eventloop_lag_p99_seconds',
    ]) {
      expect(body).toContain(`\n${sample}`);
    }
  });

  it('counts the times that a resume leaves out', async () => {
    const { accessToken: token } = await api.createAccount();
    const { id } = await createJob(api, token, WEEKLY_REPORT);
    await api.request(`POST /jobs/${id}/pause`, { token });
    const GAP = 'chronos_ledger_gap_occurrences_total{reason="paused"}';
    expect((await scrape()).body).toContain(`\n${GAP} 0\n`);
    await api.dataSource.query(
      `UPDATE jobs SET next_run_at = next_run_at - interval '14 days' WHERE id = $1`,
      [id],
    );
    await api.request(`POST /jobs/${id}/resume`, { token });
    expect((await scrape()).body).toContain(`\n${GAP} 2\n`);
  });

  it('is not limited as people are', async () => {
    for (let count = 0; count < 8; count += 1) expect((await scrape()).statusCode).toBe(200);
  });

  it('is for private networks where there is no token', async () => {
    expect((await scrape({}, '10.2.3.4')).statusCode).toBe(200);
    expect((await scrape({}, '203.0.113.9')).json()).toMatchObject({ error: { code: 'FORBIDDEN' } });
    expect((await scrape({ 'x-forwarded-for': '10.0.0.1' })).statusCode).toBe(403);
  });

  it('asks for the token where there is one', async () => {
    const guarded = await createTestApi({ metricsToken: TOKEN });
    try {
      const answer = await scrape({}, '127.0.0.1', guarded);
      expect([answer.statusCode, answer.json()]).toEqual([
        401,
        expect.objectContaining({ error: expect.objectContaining({ code: 'UNAUTHENTICATED' }) as unknown }),
      ]);
      const authorization = `Bearer ${TOKEN}`;
      expect((await scrape({ authorization }, '203.0.113.9', guarded)).statusCode).toBe(200);
    } finally {
      await guarded.close();
    }
  });
});
