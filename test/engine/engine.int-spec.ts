import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ChronosError, PermanentError } from '#contracts';
import { waitFor } from '#testing';
import { BACKENDS, scriptedJob, type Engine, startEngine } from './engine-fixture.js';

describe.each(BACKENDS)('the engine on %s', (backend) => {
  let engine: Engine;

  beforeAll(async () => {
    engine = await startEngine(backend);
    await engine.startWorker();
  });
  afterAll(() => engine.stop());

  const create = (handler: string, more = {}) =>
    engine.create.create(engine.actor, scriptedJob(handler, more));

  it('runs an immediate job and ends it as its execution ended', async () => {
    const job = await create('ok');
    const execution = await engine.untilExecution(job.id, 'completed');
    expect(execution).toMatchObject({
      trigger: 'api',
      attempt: 1,
      maxAttempts: 4,
      result: 'done',
      error: null,
    });
    expect(execution.attempts).toMatchObject([{ attempt: 1, status: 'completed' }]);
    expect(await engine.jobs.get(engine.actor, job.id)).toMatchObject({
      status: 'completed',
      lastStatus: 'completed',
    });
  });

  it('runs a scheduled job at its time, not before', async () => {
    const scheduledAt = new Date(Date.now() + 700);
    const job = await create('ok', { scheduleType: 'scheduled', scheduledAt });
    expect(job.nextRunAt).toBe(scheduledAt.toISOString());
    const execution = await engine.untilExecution(job.id, 'completed');
    expect(execution.scheduledFor).toBe(scheduledAt.toISOString());
    expect(execution.latenessMs).toBeGreaterThanOrEqual(0);
  });

  it('runs a recurring job at each of its times', async () => {
    const job = await create('ok', {
      scheduleType: 'recurring',
      cronExpression: '* * * * * *',
      overlapPolicy: 'allow_all',
    });
    const items = await waitFor(
      async () => {
        const page = await engine.executions.listOfJob(job.id, { page: 1, limit: 10, status: ['completed'] });
        return page.total >= 3 && page.items;
      },
      { what: 'three executions' },
    );
    const times = items.map(({ scheduledFor }) => Date.parse(scheduledFor));
    const [newest = 0, before = 0] = times;
    expect(newest - before).toBe(1_000);
    expect(new Set(times).size).toBe(times.length);
    expect(await engine.jobs.get(engine.actor, job.id)).toMatchObject({ status: 'active' });
    await engine.lifecycle.cancel(engine.actor, job.id);
  });

  it('retries what failed until it succeeds, and tells of each attempt', async () => {
    engine.behaviours.set('third-time', ({ attempt, logger }) => {
      logger.info(`attempt ${attempt}`);
      if (attempt < 3) throw new Error(`no luck ${attempt}`);
      return { attempt };
    });
    const job = await create('third-time');
    const execution = await engine.untilExecution(job.id, 'completed');
    expect(execution.result).toEqual({ attempt: 3 });
    expect(execution.attempts).toMatchObject([
      { attempt: 1, status: 'failed', error: { message: 'no luck 1', retryable: true } },
      { attempt: 2, status: 'failed', error: { message: 'no luck 2' } },
      { attempt: 3, status: 'completed', error: null },
    ]);
    const logs = await engine.executions.listLogs(job.id, { page: 1, limit: 10 });
    expect(logs.items.map(({ level, message }) => `${level}: ${message}`)).toEqual([
      'info: attempt 3',
      'warn: Attempt 2 of 4 failed: no luck 2 (tried again in 10 ms)',
      'info: attempt 2',
      'warn: Attempt 1 of 4 failed: no luck 1 (tried again in 10 ms)',
      'info: attempt 1',
    ]);
  });

  it('gives up after the last attempt, and at once where no retry can help', async () => {
    engine.behaviours.set('never', () => {
      throw new Error('never');
    });
    engine.behaviours.set('for-good', () => {
      throw new PermanentError('for good');
    });
    const never = await create('never', { maxRetries: 2 });
    expect((await engine.untilExecution(never.id, 'failed')).attempts).toHaveLength(3);
    expect(await engine.jobs.get(engine.actor, never.id)).toMatchObject({ status: 'failed' });
    const forGood = await create('for-good', { maxRetries: 2 });
    expect((await engine.untilExecution(forGood.id, 'failed')).attempts).toHaveLength(1);
  });

  it('ends an attempt that takes too long', async () => {
    engine.behaviours.set('slow', ({ signal }) => untilAborted(signal));
    const job = await create('slow', { timeout: 100, maxRetries: 1 });
    const execution = await engine.untilExecution(job.id, 'timed_out');
    expect(execution.attempts).toMatchObject([{ status: 'timed_out' }, { status: 'timed_out' }]);
    expect(execution.error).toMatchObject({ code: 'TIMEOUT' });
  });

  it('cancels a running execution', async () => {
    engine.behaviours.set('endless', ({ signal }) => untilAborted(signal));
    const job = await create('endless');
    const running = await engine.untilExecution(job.id, 'running');
    expect(await engine.run.cancelExecution(engine.actor, running.id)).toMatchObject({ status: 'running' });
    const cancelled = await engine.untilExecution(job.id, 'cancelled');
    expect(cancelled).toMatchObject({ reason: 'cancelled_by_user', attempts: [{ status: 'cancelled' }] });
    await expect(engine.run.cancelExecution(engine.actor, running.id)).rejects.toMatchObject({
      code: 'INVALID_STATE',
    });
  });

  it('does not run a job over itself unless told to', async () => {
    engine.behaviours.set('held', ({ signal }) => untilAborted(signal));
    const job = await create('held');
    const running = await engine.untilExecution(job.id, 'running');
    await expect(engine.run.trigger(engine.actor, job.id, {})).rejects.toMatchObject({
      code: 'ALREADY_RUNNING',
    });
    const second = await engine.run.trigger(engine.actor, job.id, { overlapPolicy: 'allow_all' });
    await waitFor(async () => (await engine.executions.get(second.id)).status === 'running', {
      what: 'the second run',
    });
    for (const { id } of [running, second]) await engine.run.cancelExecution(engine.actor, id);
    await waitFor(async () => (await engine.jobs.get(engine.actor, job.id)).status === 'cancelled', {
      what: 'the end',
    });
  });

  it('holds a paused job back, also what is planned, and tells of the gap', async () => {
    const job = await create('ok', { scheduleType: 'recurring', cronExpression: '* * * * * *' });
    await engine.untilExecution(job.id, 'completed');
    const paused = await engine.lifecycle.pause(engine.actor, job.id, 'maintenance');
    expect(paused).toMatchObject({ status: 'paused', statusReason: 'maintenance', nextRunAt: null });
    const before = await engine.executions.listOfJob(job.id, { page: 1, limit: 1 });
    await new Promise((resolve) => setTimeout(resolve, 2_100));
    const after = await engine.executions.listOfJob(job.id, { page: 1, limit: 1 });
    expect(after.total).toBe(before.total);
    await engine.lifecycle.resume(engine.actor, job.id);
    await waitFor(
      async () => (await engine.executions.listOfJob(job.id, { page: 1, limit: 1 })).total > before.total,
      { what: 'a run after the resume' },
    );
    const times = await engine.rows<{ at: Date }>(
      `SELECT scheduled_for AS at FROM executions WHERE job_id = $1 AND trigger = 'schedule'
       UNION ALL SELECT generate_series(from_at, to_at, interval '1 second') FROM schedule_gaps WHERE job_id = $1
       ORDER BY 1`,
      [job.id],
    );
    const steps = times.slice(1).map(({ at }, index) => at.getTime() - (times[index]?.at.getTime() ?? 0));
    expect(new Set(steps)).toEqual(new Set([1_000]));
    await engine.lifecycle.cancel(engine.actor, job.id);
  });

  it('does once what is asked twice under one key', async () => {
    const key = { key: 'k1', scope: 'POST /jobs', body: { a: 1 } };
    const [first, second] = await Promise.all([
      engine.create.create(engine.actor, scriptedJob('ok'), key),
      engine.create.create(engine.actor, scriptedJob('ok'), key),
    ]);
    expect(second).toEqual(first);
    await expect(
      engine.create.create(engine.actor, scriptedJob('ok'), { ...key, body: { a: 2 } }),
    ).rejects.toBeInstanceOf(ChronosError);
  });
});

/** Runs until told to end, as an executor that obeys its signal does. */
function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
}
