import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FeedBackfills } from '#jobs';
import { waitFor } from '#testing';
import { backfillsOn, HOURLY, hour, range } from './backfill-fixture.js';
import { startTimeBench, type TimeBench } from './time-fixture.js';

/** Plans nothing: what feeds in its place is called by the test. */
const EXECUTES_ONLY = { roles: ['execute' as const] };

describe('the runs of a backfill', () => {
  let bench: TimeBench;
  let backfills: ReturnType<typeof backfillsOn>;

  beforeAll(async () => {
    bench = await startTimeBench();
    backfills = backfillsOn(bench);
  });
  afterAll(() => bench.stop());

  it('come one after another, oldest first, whatever the overlap policy of the job skips', async () => {
    const held = backfills.held('one-by-one');
    const id = await backfills.withHistory({ overlapPolicy: 'skip' }, 'one-by-one');
    const worker = await bench.startWorker();
    const { id: backfillId } = await backfills.start(id, range(-3, -1));
    await held.untilStarted(hour(-3));
    expect(await backfills.read(backfillId)).toMatchObject({ pending: 2, running: 1, dispatched: 1 });
    held.release(hour(-3));
    await held.untilStarted(hour(-2));
    held.releaseAll();
    expect(await backfills.over(backfillId)).toMatchObject({ status: 'completed', completed: 3 });
    expect(held.started).toEqual([-3, -2, -1].map(hour));
    expect(held.most()).toBe(1);
    await worker.close();
  });

  it('do not make the schedule skip: what comes due beside one waits, and goes before the rest', async () => {
    const held = backfills.held('beside');
    const id = await bench.create({ ...HOURLY, overlapPolicy: 'skip' }, 'beside');
    const worker = await bench.startWorker();
    const { id: backfillId } = await backfills.start(id, range(-3, -1, 'all'));
    await held.untilStarted(hour(-3));
    // The next nominal time, come early.
    const due = new Date(Date.now() - 1_000).toISOString();
    await bench.engine.rows(
      `INSERT INTO executions (id, scheduled_for, job_id, type, trigger, status, effective_at, due_at, max_attempts)
       VALUES (gen_random_uuid(), $2, $1, 'custom', 'schedule', 'scheduled', $2, $2, 1)`,
      [id, due],
    );
    await waitFor(
      async () => {
        const [row] = await bench.engine.rows<{ waits: boolean }>(
          `SELECT buffered_at IS NOT NULL AS waits FROM executions WHERE job_id = $1 AND trigger = 'schedule'`,
          [id],
        );
        return row?.waits;
      },
      { what: 'the occurrence to wait', progress: () => backfills.runs(id) },
    );
    held.release(hour(-3));
    await held.untilStarted(due);
    held.releaseAll();
    await backfills.over(backfillId);
    expect(held.started).toEqual([hour(-3), due, hour(-2), hour(-1)]);
    expect(held.most()).toBe(1);
    await worker.close();
  });

  it('side by side are bounded by maxConcurrency', async () => {
    const held = backfills.held('side-by-side');
    const id = await backfills.withHistory({ overlapPolicy: 'allow_all', maxConcurrency: 2 }, 'side-by-side');
    const worker = await bench.startWorker();
    const made = await backfills.start(id, range(-5, 0, 'all'));
    expect(made).toMatchObject({ overlapPolicy: 'allow_all', total: 6 });
    await held.untilStarted(hour(-4));
    held.releaseAll();
    expect(await backfills.over(made.id)).toMatchObject({ completed: 6 });
    expect(held.most()).toBe(2);
    await worker.close();
  });

  it('go on where a planner died, each nominal time once, with several feeding at once', async () => {
    const id = await bench.create({ ...HOURLY, overlapPolicy: 'allow_all' });
    const { id: backfillId } = await backfills.start(id, range(-48, -1));
    // The first planner makes executions and dies before it dispatches any.
    const first = await bench.startWorker(EXECUTES_ONLY);
    const made = await first.get(FeedBackfills).feed();
    expect(made).toBeGreaterThan(0);
    await first.close();
    expect(await backfills.read(backfillId)).toMatchObject({ dispatched: made, pending: 48 - made });
    const workers = [await bench.startWorker(), await bench.startWorker()];
    await Promise.all(
      workers.flatMap((worker) => Array.from({ length: 20 }, () => worker.get(FeedBackfills).feed())),
    );
    expect(await backfills.over(backfillId)).toMatchObject({ completed: 48, failed: 0, skipped: 0 });
    const times = (await backfills.filled(id)).map(([at]) => at);
    expect(times).toEqual(Array.from({ length: 48 }, (_, index) => hour(index - 48)));
    for (const worker of workers) await worker.close();
  });

  it('are none for what has completed meanwhile, or is about to', async () => {
    const id = await backfills.withHistory();
    const { id: first } = await backfills.start(id, range(-5, 0));
    const { id: second } = await backfills.start(id, range(-5, 0));
    await backfills.past(id, -2, 'completed');
    const worker = await bench.startWorker();
    const over = [await backfills.over(first), await backfills.over(second)];
    expect(over).toMatchObject([{ total: 3 }, { total: 3 }]);
    const sum = (field: string) => over.reduce((total, one) => total + Number(one[field]), 0);
    expect([sum('completed'), sum('skipped')]).toEqual([2, 4]);
    expect(await backfills.filled(id)).toEqual([-3, -1].map((offset) => [hour(offset), 'completed']));
    await worker.close();
  });

  it('that had not begun never do once it is cancelled; what had goes on', async () => {
    const held = backfills.held('cancelled-midway');
    const id = await backfills.withHistory({}, 'cancelled-midway');
    const worker = await bench.startWorker();
    const { id: backfillId } = await backfills.start(id, range(-3, -1));
    await held.untilStarted(hour(-3));
    const { body, status } = await bench.send(`POST /backfills/${backfillId}/cancel`);
    expect([status, body.data]).toMatchObject([
      200,
      { status: 'cancelled', running: 1, cancelled: 2, pending: 0 },
    ]);
    held.releaseAll();
    await backfills.until(backfillId, ({ completed }) => completed === 1, 'the run that had begun to end');
    expect(await backfills.read(backfillId)).toMatchObject({
      status: 'cancelled',
      completed: 1,
      cancelled: 2,
    });
    expect((await bench.send(`POST /backfills/${backfillId}/cancel`)).fault).toMatchObject({ status: 409 });
    // What did not have its turn is missing still.
    const again = await backfills.start(id, range(-3, -1));
    expect(again.total).toBe(2);
    await backfills.over(again.id);
    expect(held.started).toEqual([-3, -2, -1].map(hour));
    await worker.close();
  });

  it('that had begun are cancelled with it where it is asked for', async () => {
    const held = backfills.held('cancelled-with-it');
    const id = await backfills.withHistory({ maxRetries: 0 }, 'cancelled-with-it');
    const worker = await bench.startWorker();
    const { id: backfillId } = await backfills.start(id, range(-3, -1));
    await held.untilStarted(hour(-3));
    expect((await bench.send(`POST /backfills/${backfillId}/cancel?running=perhaps`)).fault).toMatchObject({
      fields: ['running'],
    });
    expect((await bench.send(`POST /backfills/${backfillId}/cancel?running=true`)).status).toBe(200);
    await backfills.until(backfillId, ({ running }) => running === 0, 'the run to end');
    expect(await backfills.read(backfillId)).toMatchObject({ cancelled: 3, completed: 0, total: 3 });
    expect(held.started).toEqual([hour(-3)]);
    await worker.close();
  });

  it('wait while the job is paused, and go on when it is resumed', async () => {
    const held = backfills.held('paused');
    const id = await backfills.withHistory({ overlapPolicy: 'allow_all', maxConcurrency: 1 }, 'paused');
    const { id: backfillId } = await backfills.start(id, { ...range(-3, -1), overlapPolicy: 'allow_all' });
    const feeder = await bench.startWorker(EXECUTES_ONLY);
    expect(await feeder.get(FeedBackfills).feed()).toBe(1);
    expect((await bench.send(`POST /jobs/${id}/pause`)).status).toBe(200);
    expect(await backfills.read(backfillId)).toMatchObject({
      status: 'running',
      pending: 3,
      dispatched: 0,
      note: expect.stringContaining('paused'),
    });
    expect(await feeder.get(FeedBackfills).feed()).toBe(0);
    await bench.send(`POST /jobs/${id}/resume`);
    held.releaseAll();
    const worker = await bench.startWorker();
    expect(await backfills.over(backfillId)).toMatchObject({ completed: 3, note: null });
    await backfills.isSound(id);
    for (const started of [feeder, worker]) await started.close();
  });

  it('end with their job', async () => {
    const [cancelled, deleted] = [await backfills.withHistory(), await backfills.withHistory()];
    const made = [
      await backfills.start(cancelled, range(-3, -1)),
      await backfills.start(deleted, range(-3, -1)),
    ];
    await bench.send(`POST /jobs/${cancelled}/cancel`);
    await bench.send(`DELETE /jobs/${deleted}`);
    for (const { id } of made)
      expect(await backfills.read(id)).toMatchObject({ status: 'cancelled', cancelled: 3 });
    expect((await bench.send(`POST /jobs/${cancelled}/backfill`, range(-3, -1))).fault).toMatchObject({
      status: 409,
    });
  });

  it('are retried as others are, and count as failed when they are out of attempts', async () => {
    bench.engine.behaviours.set('fails', () => {
      throw new Error('no');
    });
    const id = await backfills.withHistory({ maxRetries: 1 }, 'fails');
    const worker = await bench.startWorker();
    const { id: backfillId } = await backfills.start(id, range(-3, -3));
    expect(await backfills.over(backfillId)).toMatchObject({ status: 'completed', failed: 1, completed: 0 });
    const { body } = await bench.send(
      `GET /jobs/${id}/executions?from=${hour(-3)}&to=${hour(-3)}&status=failed`,
    );
    expect(body.data).toMatchObject([
      { attempt: 2, trigger: 'backfill', backfillId, latenessMs: expect.any(Number) },
    ]);
    expect(Number(body.data[0].latenessMs)).toBeLessThan(60_000);
    await worker.close();
  });
});
