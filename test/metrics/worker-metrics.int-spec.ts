import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { NestFactory } from '@nestjs/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lintMetrics, waitFor } from '#testing';
import { WorkerModule } from '../../apps/worker/src/worker.module.js';
import { type Engine, startEngine } from '../engine/engine-fixture.js';

describe('GET /metrics of a worker', () => {
  let engine: Engine;
  let worker: NestFastifyApplication;

  beforeAll(async () => {
    engine = await startEngine('postgres', {});
    worker = await NestFactory.create<NestFastifyApplication>(
      WorkerModule.forRoot(engine.config),
      new FastifyAdapter(),
      { logger: false, abortOnError: false },
    );
    await worker.init();
  });

  afterAll(async () => {
    await worker.close();
    await engine.stop();
  });

  const scrape = (remoteAddress = '127.0.0.1') => worker.inject({ url: '/metrics', remoteAddress });

  it('counts what it ran by type and outcome, with durations and lateness', async () => {
    const job = await engine.create.create(engine.actor, {
      name: 'Counted',
      type: 'custom',
      payload: { handler: 'processData', data: {} },
      scheduleType: 'immediate',
    });
    await engine.untilExecution(job.id, 'completed', 'failed');
    const { body } = await waitFor(
      async () => {
        const answer = await scrape();
        return answer.body.includes('chronos_executions_total{') && answer;
      },
      { what: 'the execution to be counted' },
    );
    expect(body).toMatch(/^chronos_executions_total\{type="custom",outcome="(completed|failed)"\} 1$/m);
    expect(body).toMatch(/^chronos_execution_attempts_total\{type="custom",outcome="\w+"\} 1$/m);
    expect(body).toMatch(/^chronos_execution_duration_seconds_count\{type="custom"\} 1$/m);
    expect(body).toMatch(/^chronos_execution_lateness_seconds_count\{type="custom"\} 1$/m);
    expect(body).toMatch(/^chronos_worker_slots\{type="custom"\} 50$/m);
    expect(body).toMatch(/^chronos_worker_running_executions 0$/m);
    expect(lintMetrics(body)).toEqual([]);
  });

  it('counts what did not run, by its reason, once it is committed', async () => {
    const hourly = {
      name: 'Missed',
      type: 'custom' as const,
      payload: { handler: 'processData', data: {} },
      scheduleType: 'recurring' as const,
      cronExpression: '0 * * * *',
      misfirePolicy: 'skip' as const,
      catchupWindow: 365 * 86_400_000,
    };
    const [few, many] = [
      await engine.create.create(engine.actor, hourly),
      await engine.create.create(engine.actor, hourly),
    ];
    const missed = (id: string, hours: number) =>
      engine.rows(
        `UPDATE jobs SET next_run_at = date_trunc('hour', now()) - $2 * interval '1 hour' WHERE id = $1`,
        [id, hours],
      );
    const sampleOf = async (series: string) => {
      const { body } = await scrape();
      const line = body.split('\n').find((candidate) => candidate.startsWith(`${series} `));
      return Number(line?.split(' ').at(-1));
    };
    const MISSED = 'chronos_executions_total{type="custom",outcome="missed",reason="policy"}';
    const GAP = 'chronos_ledger_gap_occurrences_total{reason="scheduler_down"}';
    expect([await sampleOf(MISSED), await sampleOf(GAP)]).toEqual([0, 0]);
    await missed(few.id, 2);
    await waitFor(async () => (await sampleOf(MISSED)) > 0, { what: 'the missed ones to be counted' });
    await missed(many.id, 30);
    await waitFor(async () => (await sampleOf(GAP)) > 0, { what: 'the gap to be counted' });
    const rows = await engine.rows<{ missed: number; gap: number }>(
      `SELECT (SELECT count(*)::int FROM executions WHERE status = 'missed') AS missed,
         (SELECT sum(count)::int FROM schedule_gaps) AS gap`,
    );
    expect(rows).toEqual([{ missed: await sampleOf(MISSED), gap: await sampleOf(GAP) }]);
    expect(lintMetrics((await scrape()).body)).toEqual([]);
  });

  it('is for private networks', async () => {
    const answer = await scrape('203.0.113.9');
    expect([answer.statusCode, answer.body]).toEqual([
      403,
      expect.stringContaining('METRICS_TOKEN') as string,
    ]);
  });
});
