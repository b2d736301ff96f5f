import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitFor } from '#testing';
import { startTimeBench, type TimeBench } from './time-fixture.js';

const EACH_SECOND = { scheduleType: 'interval', every: 1_000, maxRetries: 0 };

describe('schedules with bounds', () => {
  let bench: TimeBench;

  beforeAll(async () => {
    bench = await startTimeBench();
    await bench.startWorker();
  });
  afterAll(() => bench.stop());

  const job = async (id: string) =>
    (await bench.send(`GET /jobs/${id}`)).body.data as Record<string, unknown>;
  const untilStatus = (id: string, status: string) =>
    waitFor(async () => (await job(id))['status'] === status && job(id), {
      what: `job ${id} to be ${status}`,
      progress: () => bench.occurrences(id),
    });

  it('interval: runs at even steps from the creation on, and maxRuns ends it', async () => {
    const id = await bench.create({ ...EACH_SECOND, maxRuns: 3 });
    const createdAt = Date.parse(String((await job(id))['createdAt']));
    expect(await untilStatus(id, 'completed')).toMatchObject({
      nextRunAt: null,
      statusReason: 'its schedule has come to its end',
    });
    const rows = await bench.occurrences(id);
    expect(rows.map(({ status }) => status)).toEqual(['completed', 'completed', 'completed']);
    expect(rows.map(({ at }) => Date.parse(at) - createdAt)).toEqual([1_000, 2_000, 3_000]);
  });

  it('maxRuns does not count what is skipped', async () => {
    let runs = 0;
    bench.engine.behaviours.set('first-is-slow', async () => {
      runs += 1;
      const isFirst = runs === 1;
      if (isFirst) {
        await waitFor(async () => (await bench.occurrences(id)).some(({ status }) => status === 'skipped'), {
          what: 'a skipped occurrence',
        });
      }
      return runs;
    });
    const id = await bench.create({ ...EACH_SECOND, maxRuns: 2, overlapPolicy: 'skip' }, 'first-is-slow');
    await untilStatus(id, 'completed');
    const rows = await bench.occurrences(id);
    expect(rows.filter(({ status }) => status === 'completed')).toHaveLength(2);
    expect(rows.filter(({ reason }) => reason === 'overlap').length).toBeGreaterThanOrEqual(1);
    expect(rows.at(-1)?.status).toBe('completed');
  });

  it('startsAt and endsAt: nothing before, nothing after, and then it is completed', async () => {
    const begin = Date.now();
    const [startsAt, endsAt] = [new Date(begin + 1_500), new Date(begin + 3_600)];
    const id = await bench.create({ ...EACH_SECOND, startsAt, endsAt });
    expect(await job(id)).toMatchObject({
      nextRunAt: startsAt.toISOString(),
      startsAt: startsAt.toISOString(),
    });
    await untilStatus(id, 'completed');
    const steps = [0, 1_000, 2_000].map((step) => new Date(startsAt.getTime() + step).toISOString());
    expect((await bench.occurrences(id)).map(({ at }) => at)).toEqual(steps);
  });

  it('jitter: due later by the same for the same time, never past the next, and nominal times stay even', async () => {
    const id = await bench.create({ ...EACH_SECOND, jitter: 60_000, maxRuns: 3, overlapPolicy: 'allow_all' });
    await untilStatus(id, 'completed');
    const rows = await bench.occurrences(id);
    for (const { at, effective_at, queued_at } of rows) {
      const shift = effective_at.getTime() - Date.parse(at);
      expect(shift).toBeGreaterThanOrEqual(0);
      expect(shift).toBeLessThan(1_000);
      expect(queued_at?.getTime()).toBeGreaterThanOrEqual(effective_at.getTime());
    }
    expect(new Set(rows.map(({ at }) => Date.parse(at) % 1_000)).size).toBe(1);
    expect(
      new Set(rows.map(({ at, effective_at }) => effective_at.getTime() - Date.parse(at))).size,
    ).toBeGreaterThan(1);
  });

  it('pauseAfterFailures: pauses after so many in a row, and counts anew after a resume', async () => {
    bench.engine.behaviours.set('fails', () => {
      throw new Error('no luck');
    });
    const id = await bench.create({ ...EACH_SECOND, pauseAfterFailures: 2 }, 'fails');
    const failures = async () =>
      (await bench.occurrences(id)).filter(({ status }) => status === 'failed').length;
    expect(await untilStatus(id, 'paused')).toMatchObject({
      statusReason: 'its last 2 executions failed; resume it when the cause is mended',
    });
    const before = await failures();
    expect(before).toBeGreaterThanOrEqual(2);
    expect((await bench.send(`POST /jobs/${id}/resume`)).body.data).toMatchObject({ status: 'active' });
    await untilStatus(id, 'paused');
    expect((await failures()) - before).toBeGreaterThanOrEqual(2);
    const rows = await bench.occurrences(id);
    expect(rows.every(({ status }) => status === 'failed')).toBe(true);
  });

  it('dstGap skip: the time that does not exist is in the ledger as skipped', async () => {
    const id = await bench.create({
      scheduleType: 'recurring',
      cronExpression: '30 2 * * *',
      timezone: 'America/New_York',
      dstGap: 'skip',
      misfirePolicy: 'fire_all',
      catchupWindow: 365 * 86_400_000,
    });
    await bench.engine.rows(
      `UPDATE jobs SET next_run_at = '2026-03-08T07:30Z', ends_at = '2026-03-09T12:00Z' WHERE id = $1`,
      [id],
    );
    await untilStatus(id, 'completed');
    expect(await bench.occurrences(id)).toMatchObject([
      { at: '2026-03-08T07:30:00.000Z', status: 'skipped', reason: 'dst_gap' },
      { at: '2026-03-09T06:30:00.000Z', status: 'completed', reason: null },
    ]);
  });
});
