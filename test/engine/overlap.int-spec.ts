import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OverlapPolicy } from '#contracts';
import { waitFor } from '#testing';
import { BACKENDS, scriptedJob, type Engine, startEngine } from './engine-fixture.js';

describe.each(BACKENDS)('overlap on %s, with two planners and workers', (backend) => {
  let engine: Engine;

  beforeAll(async () => {
    engine = await startEngine(backend);
    await engine.startWorker();
    await engine.startWorker();
  });
  afterAll(() => engine.stop());

  /** A recurring job that is triggered by hand only, whose executions run until they are let go or aborted. */
  async function heldJob(overlapPolicy: OverlapPolicy, more: { maxConcurrency?: number } = {}) {
    const name = `held-${overlapPolicy}-${Math.random()}`;
    const started: string[] = [];
    const aborted: string[] = [];
    const doors = new Map<string, () => void>();
    let running = 0;
    let most = 0;
    engine.behaviours.set(name, async ({ executionId, signal }) => {
      started.push(executionId);
      most = Math.max(most, ++running);
      await new Promise<void>((resolve, reject) => {
        doors.set(executionId, resolve);
        signal.addEventListener('abort', () => {
          aborted.push(executionId);
          reject(new Error('aborted'));
        });
      }).finally(() => (running -= 1));
      return 'done';
    });
    const job = await engine.create.create(
      engine.actor,
      scriptedJob(name, {
        scheduleType: 'recurring',
        cronExpression: '0 0 1 1 *',
        maxRetries: 0,
        overlapPolicy,
        ...more,
      }),
    );
    const status = async (id: string) => (await engine.executions.get(id)).status;
    return {
      id: job.id,
      started,
      aborted,
      most: () => most,
      trigger: async (own?: OverlapPolicy) =>
        (await engine.run.trigger(engine.actor, job.id, own ? { overlapPolicy: own } : {})).id,
      release: (id: string) => doors.get(id)?.(),
      status,
      until: (id: string, ...wanted: string[]) =>
        waitFor(async () => wanted.includes(await status(id)), {
          what: `execution ${id} to be ${wanted.join(' or ')}`,
          progress: () => engine.executions.listOfJob(job.id, { page: 1, limit: 10 }),
        }),
      untilStarted: (id: string) =>
        waitFor(() => started.includes(id), {
          what: `execution ${id} to start`,
          progress: () => engine.executions.listOfJob(job.id, { page: 1, limit: 10 }),
        }),
      untilBuffered: (id: string) =>
        waitFor(async () => (await engine.executions.get(id)).bufferedAt !== null, {
          what: `execution ${id} to wait`,
        }),
    };
  }

  it('skip refuses a trigger and skips an occurrence', async () => {
    const job = await heldJob('skip');
    const first = await job.trigger();
    await job.untilStarted(first);
    await expect(job.trigger()).rejects.toMatchObject({ code: 'ALREADY_RUNNING' });
    job.release(first);
    await job.until(first, 'completed');
    expect(job.started).toEqual([first]);
  });

  it('buffer_one lets one wait and skips further ones', async () => {
    const job = await heldJob('buffer_one');
    const first = await job.trigger();
    await job.untilStarted(first);
    const second = await job.trigger();
    await job.untilBuffered(second);
    const third = await job.trigger();
    await job.until(third, 'skipped');
    expect(await engine.executions.get(third)).toMatchObject({ reason: 'overlap' });
    expect(await job.status(second)).toBe('scheduled');
    job.release(first);
    await job.untilStarted(second);
    job.release(second);
    await job.until(second, 'completed');
    expect(job.most()).toBe(1);
  });

  it('buffer_all runs all, one after the other, in order', async () => {
    const job = await heldJob('buffer_all');
    const ids = [await job.trigger()];
    await job.untilStarted(ids[0] ?? '');
    for (let n = 0; n < 4; n += 1) {
      ids.push(await job.trigger());
      await job.untilBuffered(ids.at(-1) ?? '');
    }
    for (const id of ids) {
      await job.untilStarted(id);
      job.release(id);
    }
    await job.until(ids.at(-1) ?? '', 'completed');
    expect(job.started).toEqual(ids);
    expect(job.most()).toBe(1);
  });

  it('cancel_other cancels, waits for the end, and starts', async () => {
    const job = await heldJob('cancel_other');
    const first = await job.trigger();
    await job.untilStarted(first);
    const second = await job.trigger();
    await job.untilStarted(second);
    expect(await engine.executions.getWithAttempts(first)).toMatchObject({
      status: 'cancelled',
      reason: 'overlap',
      attempts: [{ status: 'cancelled' }],
    });
    expect(job.aborted).toEqual([first]);
    expect(job.most()).toBe(1);
    job.release(second);
    await job.until(second, 'completed');
  });

  it('terminate_other does not wait', async () => {
    const job = await heldJob('terminate_other');
    const first = await job.trigger();
    await job.untilStarted(first);
    const second = await job.trigger();
    await job.untilStarted(second);
    expect(await engine.executions.getWithAttempts(first)).toMatchObject({
      status: 'cancelled',
      reason: 'overlap',
      attempts: [{ attempt: 1, status: 'cancelled' }],
    });
    await waitFor(() => job.aborted.includes(first), { what: 'the worker to be told' });
    job.release(second);
    await job.until(second, 'completed');
  });

  it('maxConcurrency bounds allow_all', async () => {
    const job = await heldJob('allow_all', { maxConcurrency: 2 });
    const ids = [await job.trigger(), await job.trigger()];
    for (const id of ids) await job.untilStarted(id);
    const third = await job.trigger();
    const fourth = await job.trigger();
    await job.untilBuffered(third);
    await job.untilBuffered(fourth);
    job.release(ids[0] ?? '');
    await job.untilStarted(third);
    expect(job.started).not.toContain(fourth);
    job.release(third);
    await job.untilStarted(fourth);
    for (const id of [ids[1] ?? '', fourth]) job.release(id);
    await job.until(fourth, 'completed');
    expect(job.most()).toBe(2);
  });

  it('obeys the policy a trigger names', async () => {
    const job = await heldJob('skip');
    const first = await job.trigger();
    await job.untilStarted(first);
    const second = await job.trigger('allow_all');
    await job.untilStarted(second);
    const third = await job.trigger('buffer_all');
    await job.untilBuffered(third);
    for (const id of [first, second]) job.release(id);
    await job.untilStarted(third);
    job.release(third);
    await job.until(third, 'completed');
    expect(job.started).toEqual([first, second, third]);
  });

  it('starts what waits when what ran is cancelled, or was lost with its worker', async () => {
    const job = await heldJob('buffer_all');
    const first = await job.trigger();
    await job.untilStarted(first);
    const second = await job.trigger();
    const third = await job.trigger();
    await job.untilBuffered(third);
    await engine.run.cancelExecution(engine.actor, first);
    await job.untilStarted(second);
    // As a worker leaves it that is gone: the lease over, nobody to settle.
    await engine.rows(
      `UPDATE executions SET fence = fence + 1, lease_until = now() - interval '1 s', max_attempts = attempt WHERE id = $1`,
      [second],
    );
    await job.until(second, 'failed');
    await job.untilStarted(third);
    job.release(third);
    await job.until(third, 'completed');
    expect(job.started).toEqual([first, second, third]);
  });

  it('a retry chain counts as one execution until it ends', async () => {
    const began: string[] = [];
    engine.behaviours.set('second-time', ({ executionId, attempt }) => {
      began.push(`${executionId} ${attempt}`);
      if (attempt === 1 && began.length === 1) throw new Error('no luck');
      return 'at last';
    });
    const job = await engine.create.create(
      engine.actor,
      scriptedJob('second-time', {
        scheduleType: 'recurring',
        cronExpression: '0 0 1 1 *',
        retryDelay: 3_600_000,
      }),
    );
    const first = await engine.run.trigger(engine.actor, job.id, {});
    await engine.untilExecution(job.id, 'retrying');
    await expect(engine.run.trigger(engine.actor, job.id, {})).rejects.toMatchObject({
      code: 'ALREADY_RUNNING',
    });
    const second = await engine.run.trigger(engine.actor, job.id, { overlapPolicy: 'buffer_all' });
    await waitFor(async () => (await engine.executions.get(second.id)).bufferedAt !== null, {
      what: 'the second one to wait for the chain',
    });
    await engine.rows('UPDATE executions SET due_at = now() WHERE id = $1', [first.id]);
    await waitFor(async () => (await engine.executions.get(second.id)).status === 'completed', {
      what: 'the second one to run',
    });
    expect(began).toEqual([`${first.id} 1`, `${first.id} 2`, `${second.id} 1`]);
  });

  it('can cancel what waits', async () => {
    const job = await heldJob('buffer_all');
    const first = await job.trigger();
    await job.untilStarted(first);
    const second = await job.trigger();
    await job.untilBuffered(second);
    await engine.run.cancelExecution(engine.actor, second);
    expect(await job.status(second)).toBe('cancelled');
    job.release(first);
    await job.until(first, 'completed');
    expect(job.started).toEqual([first]);
  });
});
