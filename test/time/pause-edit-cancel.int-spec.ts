import type { TestingModule } from '@nestjs/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { verifyLedger } from '#jobs';
import { waitFor } from '#testing';
import { startTimeBench, type TimeBench } from './time-fixture.js';
import { type WatchedDispatch, watchDispatch } from './watch-dispatch.js';

/** Long enough for a planner to hold an occurrence, short enough to wait for its moment. */
const EVERY = 2_000;
const AHEAD = { plannerLookaheadMs: 3_000 };
const INTERVAL = { scheduleType: 'interval', every: EVERY, maxRetries: 0 };

/** What the section "Pause, edit, cancel" promises, with the real planner holding what is paused, edited and cancelled. */
describe('what a planner already holds', () => {
  let bench: TimeBench;
  let planner: TestingModule;
  let dispatch: WatchedDispatch;
  /** What each execution found in its payload, in the order they began. */
  let seen: { executionId: string; data: unknown }[] = [];

  beforeAll(async () => {
    bench = await startTimeBench();
  });
  afterEach(async () => {
    await bench.stopWorkers();
    seen = [];
  });
  afterAll(() => bench.stop());

  const startPlanner = async (more: object = {}) => {
    planner = await bench.startWorker({ ...AHEAD, ...more });
    dispatch = watchDispatch(planner);
  };
  const send = async (line: string, body?: unknown) => {
    const answer = await bench.send(line, body);
    expect([answer.status < 300, answer.fault]).toEqual([true, undefined]);
    return (answer.body as { data: Record<string, unknown> } | undefined)?.data ?? {};
  };
  const saying = (word: string) => {
    bench.engine.behaviours.set(word, ({ executionId }) => {
      seen.push({ executionId, data: word });
      return word;
    });
    return word;
  };
  const payloadOf = (behaviour: string) => ({ handler: 'scripted', data: behaviour });
  const isSound = async (id: string) =>
    expect(await verifyLedger(bench.engine.dataSource, id)).toMatchObject({ violations: [] });
  const find = async (executionId: string) =>
    (
      await bench.engine.rows<{ status: string }>('SELECT status FROM executions WHERE id = $1', [
        executionId,
      ])
    )[0]?.status;
  /** Jobs that a test leaves would go on to be planned in the next one. */
  const end = async (id: string) => {
    await bench.send(`POST /jobs/${id}/cancel`);
    await isSound(id);
  };

  describe('pause', () => {
    it('takes it back: its moment passes, nothing starts, and its time is part of the gap', async () => {
      await startPlanner();
      const id = await bench.create(INTERVAL, saying('never'));
      const held = await bench.untilHeld(id);
      await send(`POST /jobs/${id}/pause`, { reason: 'supplier is down' });
      expect(await find(held.id)).toBeUndefined();
      await dispatch.untilOffered(held.id);
      expect([seen, await find(held.id)]).toEqual([[], undefined]);
      expect(await send(`POST /jobs/${id}/resume`)).toMatchObject({ status: 'active', statusReason: null });
      expect((await bench.gaps(id))[0]).toMatchObject({ from: held.scheduledFor, reason: 'paused' });
      await end(id);
    });

    it('takes back what is queued already: its message finds nothing', async () => {
      await startPlanner({ roles: ['plan'] });
      const id = await bench.create(INTERVAL, saying('queued too long'));
      const queued = await bench.engine.untilExecution(id, 'queued');
      await send(`POST /jobs/${id}/pause`);
      const other = await bench.create({}, saying('after it'));
      await bench.startWorker({ roles: ['execute'] });
      await bench.engine.untilExecution(other, 'completed');
      expect(await find(queued.id)).toBeUndefined();
      expect(seen.map(({ data }) => data)).toEqual(['after it']);
      await end(id);
    });

    it('lets what has begun go on, retries among it', async () => {
      await startPlanner();
      let open: () => void = () => undefined;
      const door = new Promise<void>((resolve) => (open = resolve));
      bench.engine.behaviours.set('second-time', async ({ attempt }) => {
        if (attempt > 1) return 'at last';
        await door;
        throw new Error('no luck');
      });
      const id = await bench.create({ ...INTERVAL, maxRetries: 1, overlapPolicy: 'skip' }, 'second-time');
      const running = await bench.engine.untilExecution(id, 'running');
      await send(`POST /jobs/${id}/pause`);
      open();
      expect(await bench.engine.untilExecution(id, 'completed')).toMatchObject({
        id: running.id,
        result: 'at last',
        attempts: [{ status: 'failed' }, { status: 'completed' }],
      });
      await end(id);
    });
  });

  describe('resume', () => {
    it('applies the misfire policy to nothing: paused time is a gap with the reason paused', async () => {
      await startPlanner();
      const id = await bench.create({ ...INTERVAL, misfirePolicy: 'fire_all' }, saying('on time'));
      const held = await bench.untilHeld(id);
      await send(`POST /jobs/${id}/pause`);
      await dispatch.untilOffered(held.id);
      const resumed = await send(`POST /jobs/${id}/resume`);
      expect(await bench.gaps(id)).toEqual([
        expect.objectContaining({ from: held.scheduledFor, reason: 'paused', detail: null }),
      ]);
      const next = await bench.engine.untilExecution(id, 'completed');
      expect(next.scheduledFor).toBe(resumed['nextRunAt']);
      expect(Date.parse(next.scheduledFor)).toBeGreaterThan(Date.parse(held.scheduledFor));
      await end(id);
    });

    it('with catchUp applies it: what passed runs under its own time', async () => {
      await startPlanner();
      const id = await bench.create({ ...INTERVAL, overlapPolicy: 'allow_all' }, saying('late'));
      const held = await bench.untilHeld(id);
      await send(`POST /jobs/${id}/pause`);
      await dispatch.untilOffered(held.id);
      await send(`POST /jobs/${id}/resume`, { catchUp: true });
      await waitFor(
        async () =>
          (await bench.occurrences(id)).some(
            ({ at, status }) => at === held.scheduledFor && status === 'completed',
          ),
        { what: 'the time that passed to have run', progress: () => bench.occurrences(id) },
      );
      expect(await bench.gaps(id)).toEqual([]);
      await end(id);
    });
  });

  describe('edit', () => {
    it('of the payload applies to it', async () => {
      await startPlanner();
      const id = await bench.create(INTERVAL, saying('as it was'));
      const held = await bench.untilHeld(id);
      await send(`PATCH /jobs/${id}`, { payload: payloadOf(saying('as it is')) });
      await waitFor(async () => (await find(held.id)) === 'completed', { what: 'the held one to run' });
      expect(seen[0]).toEqual({ executionId: held.id, data: 'as it is' });
      await end(id);
    });

    it('of the schedule takes it back: the new one says when', async () => {
      await startPlanner();
      const id = await bench.create(INTERVAL, saying('at new times'));
      const held = await bench.untilHeld(id);
      const { nextRunAt } = await send(`PATCH /jobs/${id}`, { every: 1_300 });
      expect(await find(held.id)).toBeUndefined();
      await dispatch.untilOffered(held.id);
      const first = await bench.engine.untilExecution(id, 'completed', 'running', 'queued');
      expect(seen.map(({ executionId }) => executionId)).not.toContain(held.id);
      expect((await bench.occurrences(id))[0]?.at).toBe(nextRunAt);
      expect(Date.parse(first.scheduledFor)).not.toBe(Date.parse(held.scheduledFor));
      await end(id);
    });

    it('of the timeout and the retries applies to it', async () => {
      await startPlanner();
      bench.engine.behaviours.set(
        'endless',
        ({ signal }) =>
          new Promise((_, reject) =>
            signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true }),
          ),
      );
      const id = await bench.create({ ...INTERVAL, timeout: 60_000 }, 'endless');
      const held = await bench.untilHeld(id);
      await send(`PATCH /jobs/${id}`, { timeout: 100, maxRetries: 1, retryDelay: 10 });
      await waitFor(async () => (await find(held.id)) === 'timed_out', { what: 'the new time-out' });
      expect((await bench.engine.executions.getWithAttempts(held.id)).attempts).toHaveLength(2);
      await end(id);
    });

    it('of the overlap policy applies to it', async () => {
      await startPlanner();
      let open: () => void = () => undefined;
      const door = new Promise<void>((resolve) => (open = resolve));
      bench.engine.behaviours.set('behind-a-door', () => door.then(() => 'through'));
      const id = await bench.create({ ...INTERVAL, overlapPolicy: 'allow_all' }, 'behind-a-door');
      await bench.engine.untilExecution(id, 'running');
      const held = await bench.untilHeld(id);
      await send(`PATCH /jobs/${id}`, { overlapPolicy: 'skip' });
      await waitFor(async () => (await find(held.id)) === 'skipped', { what: 'the held one to be skipped' });
      open();
      await bench.engine.untilExecution(id, 'completed');
      expect(await find(held.id)).toBe('skipped');
      await end(id);
    });

    it('leaves a running one, retries included, with what it began with', async () => {
      await startPlanner();
      let open: () => void = () => undefined;
      const door = new Promise<void>((resolve) => (open = resolve));
      bench.engine.behaviours.set('first-version', async ({ attempt, executionId }) => {
        seen.push({ executionId, data: `first version, attempt ${attempt}` });
        if (attempt === 1) await door;
        throw new Error('no luck');
      });
      const id = await bench.create({ scheduleType: 'immediate', maxRetries: 1 }, 'first-version');
      const running = await bench.engine.untilExecution(id, 'running');
      await send(`PATCH /jobs/${id}`, {
        payload: payloadOf(saying('second version')),
        maxRetries: 9,
        timeout: 100,
      });
      open();
      const over = await bench.engine.untilExecution(id, 'failed');
      expect([over.id, over.maxAttempts]).toEqual([running.id, 2]);
      expect(seen.map(({ data }) => data)).toEqual(['first version, attempt 1', 'first version, attempt 2']);
      await send(`POST /jobs/${id}/trigger`);
      expect(await bench.engine.untilExecution(id, 'completed')).toMatchObject({ result: 'second version' });
    });
  });

  describe('cancel', () => {
    it('of a job takes it back and ends the job for good', async () => {
      await startPlanner();
      const id = await bench.create(INTERVAL, saying('never'));
      const held = await bench.untilHeld(id);
      expect(await send(`POST /jobs/${id}/cancel`)).toMatchObject({ status: 'cancelled', nextRunAt: null });
      await dispatch.untilOffered(held.id);
      expect([seen, await find(held.id)]).toEqual([[], undefined]);
      for (const [line, body] of [
        ['POST /jobs/:id/resume'],
        ['POST /jobs/:id/trigger'],
        ['POST /jobs/:id/reschedule', { every: EVERY }],
        ['PATCH /jobs/:id', { name: 'Not any more' }],
      ] as const) {
        expect((await bench.send(line.replace(':id', id), body)).fault?.code).toBe('INVALID_STATE');
      }
      await isSound(id);
    });

    it('of an execution that is held ends it, and the job goes on', async () => {
      await startPlanner();
      const id = await bench.create(INTERVAL, saying('the next one'));
      const held = await bench.untilHeld(id);
      expect(await send(`POST /executions/${held.id}/cancel`)).toMatchObject({
        status: 'cancelled',
        reason: 'cancelled_by_user',
      });
      await dispatch.untilOffered(held.id);
      await bench.engine.untilExecution(id, 'completed');
      expect(seen.map(({ executionId }) => executionId)).not.toContain(held.id);
      await end(id);
    });

    it('of a running execution signals its executor, which has 5 s before it is killed', async () => {
      await startPlanner({ types: ['custom', 'script'] });
      const id = await bench.create({
        type: 'script',
        payload: {
          command: 'sh',
          args: ['-c', `trap 'echo told to end' TERM; echo "$$"; while :; do sleep 1; done`],
        },
        maxRetries: 0,
      });
      const running = await bench.engine.untilExecution(id, 'running');
      const lines = async () =>
        (await bench.engine.executions.listLogs(id, { page: 1, limit: 10 })).items.map(
          ({ message }) => message,
        );
      const pid = Number(await waitFor(async () => (await lines())[0], { what: 'the process id' }));
      expect(await send(`POST /executions/${running.id}/cancel`)).toMatchObject({ status: 'running' });
      await bench.engine.untilExecution(id, 'cancelled');
      expect(await lines()).toContain('told to end');
      expect(() => process.kill(pid, 0)).toThrow('ESRCH');
      expect(
        await bench.engine.rows(
          `SELECT finished_at - cancel_requested_at >= interval '5 s' AS waited FROM executions WHERE id = $1`,
          [running.id],
        ),
      ).toEqual([{ waited: true }]);
    });
  });
});
