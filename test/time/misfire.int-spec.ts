import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitFor } from '#testing';
import { startTimeBench, type TimeBench } from './time-fixture.js';

const HOUR = 3_600_000;
/** The last full minute but 30, each hour: far from any moment a test could run at. */
const LATEST = Math.floor(Date.now() / 60_000) * 60_000 - 0.5 * HOUR;
const HOURLY = { scheduleType: 'recurring', cronExpression: `${new Date(LATEST).getUTCMinutes()} * * * *` };

const hoursAgo = (hours: number) => new Date(LATEST - hours * HOUR);

describe('misfires', () => {
  let bench: TimeBench;

  beforeAll(async () => {
    bench = await startTimeBench();
  });
  afterAll(() => bench.stop());

  /** A job that was hourly and met an outage: its last occurrences, and then everything is up again. */
  const missing = async (hours: number, fields: Record<string, unknown>) => {
    const id = await bench.create({ ...HOURLY, ...fields });
    await bench.asIfDownSince(id, hoursAgo(hours));
    return id;
  };
  const settled = (id: string, count: number) =>
    waitFor(
      async () => {
        const rows = await bench.occurrences(id);
        return (
          rows.length >= count && rows.every(({ status }) => !/scheduled|queued|running/.test(status)) && rows
        );
      },
      { what: `${count} occurrences to have ended`, progress: () => bench.occurrences(id) },
    );
  const outcomes = (rows: { status: string; reason: string | null }[]) =>
    rows.map(({ status, reason }) => (reason ? `${status}: ${reason}` : status));

  it('end as their policy says, each under its own nominal time', async () => {
    const once = await missing(3, { misfirePolicy: 'fire_once' });
    const all = await missing(3, { misfirePolicy: 'fire_all', overlapPolicy: 'allow_all' });
    const none = await missing(3, { misfirePolicy: 'skip' });
    const late = await missing(3, {
      misfirePolicy: 'fire_all',
      catchupWindow: HOUR,
    });
    const worker = await bench.startWorker();
    expect(outcomes(await settled(once, 4))).toEqual([
      'missed: policy',
      'missed: policy',
      'missed: policy',
      'completed',
    ]);
    const rows = await settled(all, 4);
    expect(outcomes(rows)).toEqual(['completed', 'completed', 'completed', 'completed']);
    expect(rows.map(({ at }) => at)).toEqual([3, 2, 1, 0].map((hours) => hoursAgo(hours).toISOString()));
    expect(outcomes(await settled(none, 4))).toEqual(Array(4).fill('missed: policy'));
    expect(outcomes(await settled(late, 4))).toEqual([
      ...Array<string>(3).fill('missed: catchup_window'),
      'completed',
    ]);
    await worker.close();
  });

  it('are caught up with one a second, oldest first, and their lateness is not hidden', async () => {
    const id = await missing(3, { misfirePolicy: 'fire_all', overlapPolicy: 'allow_all' });
    const worker = await bench.startWorker();
    const rows = await settled(id, 4);
    const due = rows.map(({ due_at }) => due_at.getTime());
    for (const [index, at] of due.entries()) {
      if (index > 0) expect(at - (due[index - 1] ?? 0)).toBeGreaterThanOrEqual(1_000);
    }
    for (const { at, effective_at } of rows) expect(effective_at.toISOString()).toBe(at);
    await worker.close();
  });

  it('of a long outage are told in gaps, with the rule that left them out', async () => {
    const id = await missing(100, { misfirePolicy: 'skip', catchupWindow: 50 * HOUR });
    const worker = await bench.startWorker();
    const gaps = await waitFor(
      async () => {
        const found = await bench.gaps(id);
        return found.length === 2 && found;
      },
      { what: 'two gaps', progress: () => bench.gaps(id) },
    );
    expect(gaps).toMatchObject([
      { reason: 'scheduler_down', detail: 'catchup_window' },
      { reason: 'scheduler_down', detail: 'policy' },
    ]);
    expect(gaps[0]?.from).toBe(hoursAgo(100).toISOString());
    expect(gaps.map(({ count }) => count)).toEqual([51, 50]);
    await worker.close();
  });

  it('planned by a planner that died before their time are judged by the policy, too', async () => {
    const id = await missing(3, { misfirePolicy: 'skip' });
    const planned = hoursAgo(3);
    await bench.engine.rows(
      `INSERT INTO executions (id, scheduled_for, job_id, type, trigger, status, effective_at, due_at, max_attempts)
       VALUES (gen_random_uuid(), $2, $1, 'custom', 'schedule', 'scheduled', $2, $2, 1)`,
      [id, planned],
    );
    await bench.engine.rows('UPDATE jobs SET next_run_at = $2 WHERE id = $1', [id, hoursAgo(2)]);
    const worker = await bench.startWorker();
    const rows = await settled(id, 4);
    expect(rows[0]).toMatchObject({ at: planned.toISOString(), status: 'missed', reason: 'policy' });
    await worker.close();
  });

  it('of a job that runs once end it, when they are not caught up with', async () => {
    const scheduledAt = new Date(Date.now() + HOUR).toISOString();
    const id = await bench.create({ scheduleType: 'scheduled', scheduledAt, misfirePolicy: 'skip' });
    await bench.engine.rows(
      `UPDATE jobs SET scheduled_at = scheduled_at - interval '3 h', next_run_at = next_run_at - interval '3 h' WHERE id = $1`,
      [id],
    );
    const worker = await bench.startWorker();
    expect(outcomes(await settled(id, 1))).toEqual(['missed: policy']);
    const { body } = await bench.send(`GET /jobs/${id}`);
    expect(body.data).toMatchObject({ status: 'failed', statusReason: expect.stringContaining('"skip"') });
    await worker.close();
  });

  it('are not what passed during a pause, unless the resume asks for it', async () => {
    const [plain, caughtUp] = [await missing(3, {}), await missing(3, { misfirePolicy: 'fire_once' })];
    for (const id of [plain, caughtUp]) expect((await bench.send(`POST /jobs/${id}/pause`)).status).toBe(200);
    expect((await bench.send(`POST /jobs/${plain}/resume`)).status).toBe(200);
    expect((await bench.send(`POST /jobs/${caughtUp}/resume`, { catchUp: true })).body.data).toMatchObject({
      status: 'active',
      nextRunAt: hoursAgo(-1).toISOString(),
    });
    expect(await bench.occurrences(plain)).toEqual([]);
    expect(await bench.gaps(plain)).toMatchObject([{ reason: 'paused', detail: null, count: 4 }]);
    const worker = await bench.startWorker();
    expect(outcomes(await settled(caughtUp, 4)).at(-1)).toBe('completed');
    expect(await bench.gaps(caughtUp)).toEqual([]);
    await worker.close();
  });
});
