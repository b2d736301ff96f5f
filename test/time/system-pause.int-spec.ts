import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { verifyLedger } from '#jobs';
import { waitFor } from '#testing';
import { startTimeBench, type TimeBench } from './time-fixture.js';
import { watchDispatch } from './watch-dispatch.js';

const HOUR = 3_600_000;
const LATEST = Math.floor(Date.now() / 60_000) * 60_000 - 0.5 * HOUR;
const HOURLY = { scheduleType: 'recurring', cronExpression: `${new Date(LATEST).getUTCMinutes()} * * * *` };
const hour = (offset: number) => new Date(LATEST + offset * HOUR);
const REASON = 'database maintenance';

describe('a pause of everything', () => {
  let bench: TimeBench;

  beforeAll(async () => {
    bench = await startTimeBench();
  });
  afterEach(async () => {
    await bench.stopWorkers();
    // Tests move their pause into the past; no two may overlap.
    await bench.engine.rows('DELETE FROM system_pauses');
  });
  afterAll(() => bench.stop());

  const pause = async (more: object = {}) => {
    const { status, body } = await bench.send('POST /system/pause', { reason: REASON, ...more });
    expect(status).toBe(200);
    return (body as { data: Record<string, unknown> }).data;
  };
  const resume = async (body?: object) => {
    const answer = await bench.send('POST /system/resume', body);
    expect(answer.status).toBe(200);
    return (answer.body as { data: Record<string, unknown> }).data;
  };
  /** As if it had been asked for then. */
  const asIfPausedSince = (since: Date) =>
    bench.engine.rows('UPDATE system_pauses SET since_at = $1 WHERE until_at IS NULL', [since]);
  const jobOf = async (id: string) =>
    (await bench.send(`GET /jobs/${id}`)).body.data as Record<string, unknown>;
  const untilRunning = () =>
    waitFor(async () => (await bench.send('GET /system/pause')).body.data.state === 'running', {
      what: 'the pause to be settled',
    });
  const untilNextRun = (id: string) =>
    waitFor(async () => (await jobOf(id))['nextRunAt'] !== null && (await bench.gaps(id)).length > 0, {
      what: `job ${id} to have its gap told`,
      progress: () => bench.gaps(id),
    });
  const isSound = async (id: string) => {
    expect(await verifyLedger(bench.engine.dataSource, id)).toMatchObject({ violations: [] });
  };

  it('holds back what a planner already holds; its time becomes part of the gap', async () => {
    const dispatch = watchDispatch(await bench.startWorker({ plannerLookaheadMs: 3_000 }));
    const id = await bench.create({ scheduleType: 'interval', every: 2_000 });
    const held = await bench.untilHeld(id);
    await pause();
    await dispatch.untilOffered(held.id);
    expect(await bench.engine.executions.get(held.id)).toMatchObject({ status: 'scheduled', queuedAt: null });
    await resume();
    const next = await bench.engine.untilExecution(id, 'completed');
    expect(Date.parse(next.scheduledFor)).toBeGreaterThan(Date.parse(held.scheduledFor));
    expect((await bench.gaps(id))[0]).toMatchObject({
      from: held.scheduledFor,
      reason: 'system_paused',
      detail: null,
    });
    await bench.send(`POST /jobs/${id}/cancel`);
    await isSound(id);
  });

  it('holds back retries that come due, and they go on afterwards', async () => {
    let attempts = 0;
    bench.engine.behaviours.set('second-time', () => {
      attempts += 1;
      if (attempts === 1) throw new Error('no luck');
      return attempts;
    });
    await bench.startWorker();
    const id = await bench.create({ scheduleType: 'immediate', retryDelay: 700 }, 'second-time');
    const waiting = await bench.engine.untilExecution(id, 'retrying');
    await pause();
    await waitFor(
      async () =>
        (await bench.engine.rows('SELECT 1 FROM executions WHERE id = $1 AND due_at < now()', [waiting.id]))
          .length,
      { what: 'the retry to be due' },
    );
    expect(await bench.engine.executions.get(waiting.id)).toMatchObject({ status: 'retrying', attempt: 1 });
    await resume();
    expect(await bench.engine.untilExecution(id, 'completed')).toMatchObject({ id: waiting.id, attempt: 2 });
  });

  it('lets what runs go on to its end, and records it', async () => {
    let open: () => void = () => undefined;
    const door = new Promise<void>((resolve) => (open = resolve));
    bench.engine.behaviours.set('behind-a-door', () => door.then(() => 'through'));
    await bench.startWorker();
    const id = await bench.create({}, 'behind-a-door');
    await bench.engine.untilExecution(id, 'running');
    expect(await pause()).toMatchObject({ state: 'paused', executions: { running: 1 } });
    open();
    expect(await bench.engine.untilExecution(id, 'completed')).toMatchObject({ result: 'through' });
    expect((await bench.send('GET /system/pause')).body.data).toMatchObject({ state: 'paused' });
  });

  it('cancels what runs where it is told to', async () => {
    bench.engine.behaviours.set(
      'until-told',
      ({ signal }) =>
        new Promise((_, reject) =>
          signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true }),
        ),
    );
    await bench.startWorker();
    const id = await bench.create({}, 'until-told');
    await bench.engine.untilExecution(id, 'running');
    await pause({ cancelRunning: true });
    expect(await bench.engine.untilExecution(id, 'cancelled')).toMatchObject({ reason: 'system_paused' });
    expect(await jobOf(id)).toMatchObject({ status: 'cancelled' });
  });

  it('refuses runs that are asked for, with the reason; jobs can be made, and wait', async () => {
    await bench.startWorker();
    const ran = await bench.create({});
    const { id: over } = await bench.engine.untilExecution(ran, 'completed');
    await pause();
    for (const line of [`POST /jobs/${ran}/trigger`, `POST /executions/${over}/retry`]) {
      const { body, fault } = await bench.send(line);
      expect(fault).toEqual({ status: 409, code: 'SYSTEM_PAUSED', fields: [] });
      expect((body as { error: { message: string } }).error.message).toContain(REASON);
    }
    const made = await bench.create({});
    expect(await bench.engine.executions.listOfJob(made, { page: 1, limit: 5 })).toMatchObject({
      items: [{ status: 'scheduled' }],
    });
    await resume();
    await bench.engine.untilExecution(made, 'completed');
    expect((await bench.send(`POST /jobs/${ran}/trigger`)).status).toBe(202);
  });

  it('leaves each job what it was: paused ones with their own reason, the others with a gap', async () => {
    const [own, active] = [await bench.create(HOURLY), await bench.create(HOURLY)];
    await bench.send(`POST /jobs/${own}/pause`, { reason: 'supplier is down' });
    for (const id of [own, active]) await bench.asIfDownSince(id, hour(-2));
    expect(await pause()).toMatchObject({ reason: REASON, jobs: { paused: 1 }, pausedBy: { name: 'A' } });
    await asIfPausedSince(hour(-3));
    expect(await jobOf(active)).toMatchObject({ status: 'active', statusReason: null, nextRunAt: null });
    const answer = await resume();
    expect((answer['jobs'] as { due: number }).due).toBeGreaterThanOrEqual(1);
    await bench.startWorker();
    await untilNextRun(active);
    expect(await jobOf(active)).toMatchObject({ status: 'active', nextRunAt: hour(1).toISOString() });
    expect(await bench.gaps(active)).toEqual([
      expect.objectContaining({
        from: hour(-2).toISOString(),
        to: hour(0).toISOString(),
        reason: 'system_paused',
        count: 3,
      }),
    ]);
    expect(await bench.occurrences(active)).toEqual([]);
    expect(await jobOf(own)).toMatchObject({ status: 'paused', statusReason: 'supplier is down' });
    expect(await bench.gaps(own)).toEqual([]);
    await isSound(active);
  });

  it('has misfire policies applied to what passed where the resume asks for it', async () => {
    const once = await bench.create({ ...HOURLY, misfirePolicy: 'fire_once' });
    const none = await bench.create({ ...HOURLY, misfirePolicy: 'skip', catchupWindow: 30 * 24 * HOUR });
    await bench.asIfDownSince(once, hour(-2));
    await bench.asIfDownSince(none, hour(-30));
    await pause();
    await asIfPausedSince(hour(-31));
    await resume({ catchUp: true });
    await bench.startWorker();
    await bench.engine.untilExecution(once, 'completed');
    expect((await bench.occurrences(once)).map(({ status, reason }) => [status, reason])).toEqual([
      ['missed', 'policy'],
      ['missed', 'policy'],
      ['completed', null],
    ]);
    await untilNextRun(none);
    expect(await bench.gaps(none)).toMatchObject([{ reason: 'system_paused', detail: 'policy', count: 31 }]);
    for (const id of [once, none]) await isSound(id);
  });

  it('gaps only what fell into it: what was missed before is for the misfire policy', async () => {
    const id = await bench.create({ ...HOURLY, misfirePolicy: 'fire_once' });
    await bench.asIfDownSince(id, hour(-4));
    await pause();
    await asIfPausedSince(hour(-1.5));
    await resume();
    await bench.startWorker();
    await bench.engine.untilExecution(id, 'completed');
    expect((await bench.occurrences(id)).map(({ at, status }) => [at, status])).toEqual([
      [hour(-4).toISOString(), 'missed'],
      [hour(-3).toISOString(), 'missed'],
      [hour(-2).toISOString(), 'completed'],
    ]);
    expect(await bench.gaps(id)).toMatchObject([{ from: hour(-1).toISOString(), count: 2 }]);
    await isSound(id);
  });

  it('ends a one-off job whose time fell into it, and says why', async () => {
    const id = await bench.create({
      scheduleType: 'scheduled',
      scheduledAt: new Date(Date.now() + HOUR).toISOString(),
    });
    await bench.engine.rows(
      `UPDATE jobs SET scheduled_at = scheduled_at - interval '2 h', next_run_at = next_run_at - interval '2 h' WHERE id = $1`,
      [id],
    );
    await pause();
    await asIfPausedSince(hour(-3));
    await resume();
    await bench.startWorker();
    await waitFor(async () => (await jobOf(id))['status'] === 'failed', { what: 'the job to end' });
    expect(await jobOf(id)).toMatchObject({ statusReason: expect.stringContaining('everything was paused') });
  });

  it('shows in the ledger as held, and then as a gap with its reason', async () => {
    const id = await bench.create(HOURLY);
    await bench.asIfDownSince(id, hour(-1));
    await pause();
    await asIfPausedSince(hour(-2));
    const range = `?from=${hour(-2).toISOString()}&to=${hour(1).toISOString()}`;
    const entries = async () => (await bench.send(`GET /jobs/${id}/ledger${range}`)).body.data.entries;
    expect(await entries()).toMatchObject(
      [-1, 0, 1].map((offset) => ({
        kind: 'forecast',
        at: hour(offset).toISOString(),
        status: 'held',
        why: `An administrator has paused everything: "${REASON}".`,
      })),
    );
    await resume();
    await bench.startWorker();
    await untilNextRun(id);
    expect(await entries()).toMatchObject([
      {
        kind: 'gap',
        count: 2,
        reason: 'system_paused',
        why: `An administrator had paused everything: "${REASON}".`,
      },
      { kind: 'forecast', status: 'expected', why: null },
    ]);
  });

  it('leaves a sound ledger where jobs are edited, paused, cancelled and deleted meanwhile', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 5; n += 1) ids.push(await bench.create(HOURLY));
    for (const id of ids) await bench.asIfDownSince(id, hour(-2));
    const [edited = '', paused = '', cancelled = '', deleted = '', resumed = ''] = ids;
    await bench.send(`POST /jobs/${resumed}/pause`);
    await pause();
    await asIfPausedSince(hour(-3));
    await bench.send(`PATCH /jobs/${edited}`, { cronExpression: '@daily' });
    await bench.send(`POST /jobs/${paused}/pause`);
    await bench.send(`POST /jobs/${cancelled}/cancel`);
    await bench.send(`DELETE /jobs/${deleted}`);
    await bench.send(`POST /jobs/${resumed}/resume`, { catchUp: true });
    for (const id of [edited, cancelled, deleted, resumed]) {
      expect(await bench.gaps(id)).toMatchObject([{ reason: 'system_paused', count: 3 }]);
    }
    await resume();
    await bench.startWorker();
    await untilRunning();
    await bench.send(`POST /jobs/${paused}/resume`);
    expect(await bench.gaps(paused)).toMatchObject([{ reason: 'paused', count: 3 }]);
    for (const id of ids) await isSound(id);
  });

  it('settles many jobs in short transactions, planned ones and others', async () => {
    const model = await bench.create({ ...HOURLY, tags: ['many'] });
    const count = 1_300;
    await bench.engine.rows(
      `INSERT INTO jobs SELECT (jsonb_populate_record(j, jsonb_build_object('id', gen_random_uuid()))).*
       FROM jobs j, generate_series(2, $2) WHERE j.id = $1`,
      [model, count],
    );
    await bench.engine.rows(
      `INSERT INTO job_versions (job_id, version, definition, effective_at)
       SELECT j.id, 1, v.definition, v.effective_at FROM jobs j, job_versions v
       WHERE v.job_id = $1 AND j.id <> $1 AND j.tags = '{many}'`,
      [model],
    );
    await bench.engine.rows(`UPDATE jobs SET next_run_at = $1, created_at = $2 WHERE tags = '{many}'`, [
      hour(0),
      hour(-1.2),
    ]);
    await bench.engine.rows(
      `UPDATE job_versions v SET effective_at = $1 FROM jobs j WHERE j.id = v.job_id AND j.tags = '{many}'`,
      [hour(-1.2)],
    );
    await pause();
    await asIfPausedSince(hour(-1.1));
    await bench.engine.rows(
      `INSERT INTO executions (id, scheduled_for, job_id, type, trigger, status, effective_at, due_at, max_attempts)
       SELECT gen_random_uuid(), $1, id, 'custom', 'schedule', 'scheduled', $1, $1, 1 FROM jobs WHERE tags = '{many}'`,
      [hour(-1)],
    );
    await resume();
    await Promise.all([bench.startWorker(), bench.startWorker()]);
    const told = () =>
      bench.engine.rows<{ jobs: number; times: number }>(
        `SELECT count(*)::int AS jobs, sum(g.count)::int AS times FROM schedule_gaps g JOIN jobs j ON j.id = g.job_id
         WHERE j.tags = '{many}' AND g.reason = 'system_paused'`,
      );
    await waitFor(async () => (await told())[0]?.jobs === count, { what: 'all gaps', progress: told });
    expect(await told()).toEqual([{ jobs: count, times: 2 * count }]);
    await isSound(model);
  });

  it('is for admins to decide, and for everybody to see', async () => {
    const answer = await bench.send('POST /system/pause', { reason: ' ' });
    expect(answer.fault).toMatchObject({ status: 400, fields: ['reason'] });
    expect((await bench.send('POST /system/resume')).fault).toMatchObject({ code: 'INVALID_STATE' });
    await pause();
    expect((await bench.send('POST /system/pause', { reason: 'again' })).fault).toMatchObject({
      code: 'INVALID_STATE',
    });
    expect((await bench.sendAsUser('POST /system/pause', { reason: 'x' })).fault?.status).toBe(403);
    expect((await bench.sendAsUser('POST /system/resume')).fault?.status).toBe(403);
    expect((await bench.sendAsUser('GET /system/pause')).body.data).toMatchObject({
      state: 'paused',
      reason: REASON,
      jobs: { active: 0, due: 0, paused: 0 },
      executions: { running: 0, waiting: 0 },
    });
  });

  it('shows on the dashboard, in health, metrics and the audit trail', async () => {
    await pause();
    expect((await bench.send('GET /monitoring/dashboard?days=1')).body.data).toMatchObject({
      paused: { reason: REASON, by: 'A' },
      upcoming: [],
    });
    expect((await bench.send('GET /monitoring/health')).body.data).toMatchObject({ paused: true });
    expect((await bench.send('GET /monitoring/metrics')).body.data).toMatchObject({ planner: { lagMs: 0 } });
    expect(await bench.metrics()).toContain('\nchronos_system_paused 1\n');
    await resume();
    expect((await bench.send('GET /audit?action=system&limit=2')).body.data).toMatchObject([
      { action: 'system.resume', before: { reason: REASON }, after: { catchUp: false } },
      { action: 'system.pause', after: { reason: REASON }, targetType: 'system' },
    ]);
  });
});
