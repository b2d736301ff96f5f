import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#database';
import { PlanDueJobs, verifyLedger } from '#jobs';
import { waitFor } from '#testing';
import { HOURLY, hour } from './backfill-fixture.js';
import { startTimeBench, type TimeBench } from './time-fixture.js';

const HOUR = 3_600_000;

interface Waiting {
  jobId: string;
  held: number;
  [field: string]: unknown;
}

describe('the review of misfires', () => {
  let bench: TimeBench;

  beforeAll(async () => {
    bench = await startTimeBench('postgres', { catchupReviewAfterMs: 2 * HOUR });
  });
  afterEach(async () => {
    await bench.stopWorkers();
    await bench.send('POST /catchup/drop');
  });
  afterAll(() => bench.stop());

  /** An hourly job that met an outage of so many of its times; with a worker, everything is up again. */
  const missing = async (hours: number, fields: Record<string, unknown>) => {
    const id = await bench.create({ ...HOURLY, overlapPolicy: 'allow_all', ...fields });
    await bench.asIfDownSince(id, new Date(hour(1 - hours)));
    return id;
  };
  const waiting = async (jobId: string) => {
    const { body } = await bench.send(`GET /catchup?jobId=${jobId}`);
    expect(body.meta.total).toBe((body.data as Waiting[]).length);
    return (body.data as Waiting[]).find((one) => one.jobId === jobId);
  };
  const untilHeld = (jobId: string, held: number) =>
    waitFor(async () => (await waiting(jobId))?.held === held, {
      what: `${held} misfires to wait`,
      progress: () => bench.occurrences(jobId),
    });
  const outcomes = async (jobId: string) =>
    (await bench.occurrences(jobId)).map(({ status, reason }) => (reason ? `${status}: ${reason}` : status));
  const untilOutcomes = (jobId: string, expected: string[]) =>
    waitFor(async () => JSON.stringify(await outcomes(jobId)) === JSON.stringify(expected), {
      what: expected.join(', '),
      progress: () => bench.occurrences(jobId),
    });
  const isSound = async (jobId: string) =>
    expect(await verifyLedger(bench.engine.dataSource, jobId)).toMatchObject({ violations: [] });

  it('holds what the policy would run after a long outage, and says so to both sides', async () => {
    const [once, all] = [
      await missing(4, { misfirePolicy: 'fire_once' }),
      await missing(4, { misfirePolicy: 'fire_all', name: 'All of them' }),
    ];
    const none = await missing(4, { misfirePolicy: 'skip' });
    const brief = await missing(1, { misfirePolicy: 'fire_all' });
    await bench.startWorker();
    await untilHeld(all, 4);
    await untilHeld(once, 1);
    await untilOutcomes(brief, ['completed']);
    await untilOutcomes(none, Array<string>(4).fill('missed: policy'));
    expect(await waiting(all)).toMatchObject({
      jobName: 'All of them',
      jobStatus: 'active',
      ownerId: bench.engine.actor.id,
      ownerEmail: 'a@example.com',
      misfirePolicy: 'fire_all',
      misfires: 4,
      from: hour(-3),
      to: hour(0),
      held: 4,
      heldFrom: hour(-3),
      heldTo: hour(0),
      openedAt: expect.any(String),
    });
    expect(await waiting(once)).toMatchObject({ misfires: 4, held: 1, heldFrom: hour(0), from: hour(-3) });
    expect(await outcomes(once)).toEqual([...Array<string>(3).fill('missed: policy'), 'scheduled']);
    const { body } = await bench.send(`GET /jobs/${once}/ledger?from=${hour(-3)}&to=${hour(0)}`);
    const openedAt = (await waiting(once))?.['openedAt'];
    expect(body.data.review).toMatchObject({ held: 1, from: hour(0), to: hour(0), openedAt });
    expect((await bench.send('GET /catchup?limit=1')).body).toMatchObject({
      data: [{ jobId: expect.any(String) }],
      meta: { total: 2 },
    });
    const others = await bench.send(`GET /catchup?jobId=${none}`);
    expect(others.body).toMatchObject({ data: [], meta: { total: 0 } });
    expect((await bench.send('GET /catchup?jobId=7')).fault).toMatchObject({
      status: 400,
      fields: ['jobId'],
    });
    const entry = (body.data.entries as { executionId: string }[]).at(-1);
    expect(entry).toMatchObject({
      status: 'scheduled',
      why: expect.stringContaining('an administrator releases or drops it'),
    });
    expect((await bench.send(`GET /executions/${entry?.executionId}`)).body.data).toMatchObject({
      nextAttemptAt: null,
      heldForReview: body.data.review.id as string,
    });
    for (const id of [once, all]) await isSound(id);
  });

  it('does not hold up what comes due meanwhile', async () => {
    const id = await bench.create({ scheduleType: 'interval', every: 1_000, misfirePolicy: 'fire_once' });
    await bench.asIfDownSince(id, new Date(Date.now() - 3 * HOUR));
    await bench.startWorker();
    await untilHeld(id, 1);
    const completed = async () =>
      (await bench.occurrences(id)).filter(({ status }) => status === 'completed');
    await waitFor(async () => (await completed()).length >= 2, {
      what: 'fresh occurrences to run',
      progress: () => bench.occurrences(id),
    });
    expect(await waiting(id)).toMatchObject({ held: 1 });
    const row = (await bench.occurrences(id)).find(({ status }) => status === 'scheduled');
    expect((await bench.send(`POST /catchup/${id}/release`)).status).toBe(200);
    await waitFor(async () => (await completed()).some(({ at }) => at === row?.at), {
      what: 'the misfire to run',
      progress: () => bench.occurrences(id),
    });
    await bench.send(`POST /jobs/${id}/cancel`);
    await isSound(id);
  });

  it('lets run what is released, at the pace asked for', async () => {
    const id = await missing(4, { misfirePolicy: 'fire_all' });
    await bench.startWorker();
    await untilHeld(id, 4);
    const released = await bench.send(`POST /catchup/${id}/release`, { ratePerMinute: 30 });
    expect([released.status, released.body.data]).toEqual([200, { jobs: 1, executions: 4, paused: 0 }]);
    const due = (await bench.occurrences(id)).map(({ due_at }) => due_at.getTime());
    expect(due.slice(1).map((at, index) => at - (due[index] ?? 0))).toEqual([2_000, 2_000, 2_000]);
    expect(await waiting(id)).toBeUndefined();
    await untilOutcomes(id, Array<string>(4).fill('completed'));
    expect((await bench.send(`POST /catchup/${id}/release`)).fault).toMatchObject({
      status: 409,
      code: 'INVALID_STATE',
    });
    await isSound(id);
  });

  it('holds each once, and decides about each once, however many do so', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 6; n += 1) ids.push(await missing(4, { misfirePolicy: 'fire_all' }));
    const planners = [await bench.startWorker(), await bench.startWorker()];
    await Promise.all(planners.flatMap((one) => [one.get(PlanDueJobs).plan(), one.get(PlanDueJobs).plan()]));
    for (const id of ids) {
      await untilHeld(id, 4);
      expect(await waiting(id)).toMatchObject({ misfires: 4 });
    }
    const verdicts = ['release', 'drop', 'release', 'drop'];
    const decisions = await Promise.all(verdicts.map((verdict) => bench.send(`POST /catchup/${verdict}`)));
    const decided = decisions.map(({ body }) => body.data as { jobs: number; executions: number });
    expect(decided.reduce((sum, { jobs }) => sum + jobs, 0)).toBe(6);
    expect(decided.reduce((sum, { executions }) => sum + executions, 0)).toBe(24);
    for (const id of ids) {
      await waitFor(
        async () => new Set(await outcomes(id)).size === 1 && !(await outcomes(id)).includes('scheduled'),
        {
          what: 'all of a job to end alike',
          progress: () => bench.occurrences(id),
        },
      );
      expect(['completed', 'missed: review']).toContain((await outcomes(id))[0]);
      expect(await bench.send(`GET /audit?jobId=${id}&action=catchup`)).toMatchObject({
        body: { data: [{}] },
      });
      await isSound(id);
    }
  });

  it('runs what is released however late, when planners died meanwhile', async () => {
    const id = await missing(4, { misfirePolicy: 'fire_once', catchupWindow: 4 * HOUR });
    await bench.startWorker();
    await untilHeld(id, 1);
    await bench.stopWorkers();
    expect((await bench.send(`POST /catchup/${id}/release`)).status).toBe(200);
    const late = `interval '1 day'`;
    await bench.engine.rows(
      `UPDATE executions SET due_at = due_at - ${late} WHERE job_id = $1 AND status = 'scheduled'`,
      [id],
    );
    await bench.startWorker();
    await untilOutcomes(id, [...Array<string>(3).fill('missed: policy'), 'completed']);
    await isSound(id);
  });

  it('leaves undone what is dropped, with who did so and why', async () => {
    const id = await missing(4, { misfirePolicy: 'fire_all' });
    await bench.startWorker();
    await untilHeld(id, 4);
    const dropped = await bench.send(`POST /catchup/${id}/drop`, { reason: 'sent again by hand' });
    expect(dropped.body.data).toEqual({ jobs: 1, executions: 4, paused: 0 });
    expect(await outcomes(id)).toEqual(Array<string>(4).fill('missed: review'));
    const { body } = await bench.send(`GET /jobs/${id}/ledger?from=${hour(0)}&to=${hour(0)}`);
    expect(body.data).toMatchObject({
      review: null,
      entries: [
        { why: expect.stringMatching(/dropped it\. a@example\.com did so: "sent again by hand"\.$/) },
      ],
    });
    const { body: trail } = await bench.send(`GET /audit?jobId=${id}&action=catchup.drop`);
    expect(trail.data).toMatchObject([
      { targetId: id, after: { executions: 4, from: hour(-3), to: hour(0), reason: 'sent again by hand' } },
    ]);
    await isSound(id);
    // What was dropped is missing: a backfill may run it after all.
    const range = { from: hour(-3), to: hour(0), mode: 'missing', dryRun: true };
    expect((await bench.send(`POST /jobs/${id}/backfill`, range)).body.data).toMatchObject({ total: 4 });
  });

  it('ends a job that was to run once when its only time is dropped', async () => {
    const id = await bench.create({
      scheduleType: 'scheduled',
      scheduledAt: new Date(Date.now() + HOUR).toISOString(),
    });
    await bench.engine.rows(
      `UPDATE jobs SET scheduled_at = scheduled_at - interval '5 h', next_run_at = next_run_at - interval '5 h' WHERE id = $1`,
      [id],
    );
    await bench.startWorker();
    await untilHeld(id, 1);
    await bench.send(`POST /catchup/${id}/drop`);
    expect((await bench.send(`GET /jobs/${id}`)).body.data).toMatchObject({
      status: 'failed',
      statusReason: expect.stringContaining('a review dropped it'),
    });
  });

  it('decides about all jobs at once, but releases none that is paused', async () => {
    const ids = [
      await missing(4, { misfirePolicy: 'fire_all' }),
      await missing(3, { misfirePolicy: 'fire_all' }),
    ];
    const paused = await missing(4, { misfirePolicy: 'fire_all' });
    await bench.startWorker();
    for (const [index, id] of [...ids, paused].entries()) await untilHeld(id, index === 1 ? 3 : 4);
    expect((await bench.send(`POST /jobs/${paused}/pause`)).status).toBe(200);
    expect((await bench.send(`POST /catchup/${paused}/release`)).fault).toMatchObject({ status: 409 });
    const { body } = await bench.send('POST /catchup/release');
    expect(body.data).toEqual({ jobs: 2, executions: 7, paused: 1 });
    for (const id of ids) await untilOutcomes(id, Array<string>(id === ids[1] ? 3 : 4).fill('completed'));
    await isSound(paused);
    await bench.send(`POST /jobs/${paused}/resume`);
    expect(await waiting(paused)).toMatchObject({ held: 4 });
    await isSound(paused);
    expect((await bench.send('POST /catchup/drop', { reason: 'no' })).body.data).toMatchObject({
      jobs: 1,
      executions: 4,
    });
    await isSound(paused);
  });

  it('survives a restart and an edit, and adds the misfires of a second outage', async () => {
    const id = await missing(4, { misfirePolicy: 'fire_all' });
    await bench.startWorker();
    await untilHeld(id, 4);
    await bench.stopWorkers();
    await bench.send(`PATCH /jobs/${id}`, { name: 'Renamed' });
    await bench.send(`PATCH /jobs/${id}`, { ...HOURLY, timezone: 'UTC', jitter: 1_000 });
    await isSound(id);
    // As if the first outage had been a day earlier, and there were another now.
    const back = `interval '1 day'`;
    await bench.engine.rows(
      `UPDATE executions SET scheduled_for = scheduled_for - ${back}, effective_at = effective_at - ${back} WHERE job_id = $1`,
      [id],
    );
    await bench.engine.rows(
      `UPDATE catchup_reviews SET from_at = from_at - ${back}, to_at = to_at - ${back} WHERE job_id = $1`,
      [id],
    );
    await bench.engine.rows('UPDATE jobs SET next_run_at = $2 WHERE id = $1', [id, hour(-3)]);
    await bench.startWorker();
    await untilHeld(id, 8);
    expect(await waiting(id)).toMatchObject({ misfires: 8, to: hour(0) });
    expect((await bench.send(`POST /jobs/${id}/cancel`)).status).toBe(200);
    expect(await waiting(id)).toBeUndefined();
    expect(await outcomes(id)).toEqual(Array<string>(8).fill('cancelled: job_cancelled'));
  });

  it('is not asked where a resume has said to catch up', async () => {
    const id = await missing(4, { misfirePolicy: 'fire_once' });
    await bench.send(`POST /jobs/${id}/pause`);
    await bench.send(`POST /jobs/${id}/resume`, { catchUp: true });
    await bench.startWorker();
    await untilOutcomes(id, [...Array<string>(3).fill('missed: policy'), 'completed']);
    expect(await waiting(id)).toBeUndefined();
  });

  it('is not asked about a pause of everything that is resumed to be caught up with', async () => {
    const id = await missing(4, { misfirePolicy: 'fire_once' });
    await bench.engine.rows(
      `INSERT INTO system_pauses (id, since_at, until_at, reason, catch_up, settled_at)
       VALUES ($1, $2, now(), 'supplier is down', true, now())`,
      [newId(), hour(-9)],
    );
    await bench.startWorker();
    await untilOutcomes(id, [...Array<string>(3).fill('missed: policy'), 'completed']);
    await bench.engine.rows('DELETE FROM system_pauses');
    await isSound(id);
    expect(await waiting(id)).toBeUndefined();
  });

  it('shows on the dashboard and in the metrics', async () => {
    const id = await missing(4, { misfirePolicy: 'fire_all' });
    await bench.startWorker();
    await untilHeld(id, 4);
    const catchup = async () =>
      (await bench.send('GET /monitoring/dashboard?days=1')).body.data.catchup as unknown;
    await expect.poll(catchup, { timeout: 30_000 }).toEqual({ jobs: 1, executions: 4 });
    await expect
      .poll(() => bench.metrics(), { timeout: 30_000 })
      .toContain('\nchronos_catchup_held_executions 4\n');
  });

  it('is for administrators, about jobs there are, and says what is wrong', async () => {
    const nobodys = '01900000-0000-7000-8000-000000000001';
    expect((await bench.send(`POST /catchup/${nobodys}/release`)).fault).toMatchObject({ status: 404 });
    const id = await bench.create(HOURLY);
    expect((await bench.send(`POST /catchup/${id}/drop`)).fault).toMatchObject({ status: 409 });
    expect((await bench.send(`POST /catchup/${id}/release`, { ratePerMinute: 61 })).fault).toMatchObject({
      fields: ['ratePerMinute'],
    });
    await bench.engine.rows(`UPDATE users SET role = 'user'`);
    for (const line of ['GET /catchup', 'POST /catchup/release', `POST /catchup/${id}/drop`]) {
      expect((await bench.send(line)).fault).toMatchObject({ status: 403, code: 'FORBIDDEN' });
    }
    await bench.engine.rows(`UPDATE users SET role = 'admin'`);
  });
});
