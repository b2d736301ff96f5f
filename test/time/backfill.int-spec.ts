import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#database';
import { type Backfill, backfillsOn, HOURLY, hour, range } from './backfill-fixture.js';
import { startTimeBench, type TimeBench } from './time-fixture.js';

describe('a backfill', () => {
  let bench: TimeBench;
  let backfills: ReturnType<typeof backfillsOn>;

  beforeAll(async () => {
    bench = await startTimeBench();
    backfills = backfillsOn(bench);
  });
  afterAll(() => bench.stop());

  it.each([
    ['missing', [-3, -2, -1]],
    ['failed', [-4, 0]],
    ['all', [-5, -4, -3, -2, -1, 0]],
  ])('in mode %s runs the times %j, each under its own nominal time', async (mode, offsets) => {
    const id = await backfills.withHistory();
    const worker = await bench.startWorker();
    const made = await backfills.start(id, range(-5, 0, mode));
    expect(made).toMatchObject({
      jobId: id,
      mode,
      status: 'running',
      total: offsets.length,
      ratePerMinute: null,
    });
    expect(made).toMatchObject({ createdBy: bench.engine.actor.id, overlapPolicy: 'buffer_all', note: null });
    expect(await backfills.over(made.id)).toMatchObject({
      status: 'completed',
      completed: offsets.length,
      dispatched: offsets.length,
      pending: 0,
      running: 0,
      failed: 0,
      skipped: 0,
      finishedAt: expect.any(String),
    });
    expect(await backfills.filled(id)).toEqual(offsets.map((offset) => [hour(offset), 'completed']));
    await backfills.isSound(id);
    await worker.close();
  });

  it('stands in the ledger as the newest of its nominal time, with what there was before', async () => {
    const id = await backfills.withHistory();
    const worker = await bench.startWorker();
    const missing = await backfills.start(id, range(-3, -1));
    await backfills.over(missing.id);
    await backfills.over((await backfills.start(id, range(-4, -4, 'failed'))).id);
    await worker.close();
    const { body } = await bench.send(`GET /jobs/${id}/ledger?from=${hour(-5)}&to=${hour(0)}`);
    const run = { kind: 'execution', status: 'completed', trigger: 'backfill', why: null };
    expect(body.data.entries).toMatchObject([
      { at: hour(-5), trigger: 'schedule', status: 'completed', earlier: [], backfillId: null },
      { at: hour(-4), ...run, earlier: [{ trigger: 'schedule', status: 'failed', reason: null }] },
      {
        at: hour(-3),
        ...run,
        backfillId: missing.id,
        earlier: [{ status: 'missed', reason: 'policy', why: expect.stringContaining('misfire policy') }],
      },
      {
        kind: 'gap',
        at: hour(-2),
        count: 2,
        filled: 2,
        why: expect.stringContaining('has run 2 of them since'),
      },
      { at: hour(-2), ...run, earlier: [] },
      { at: hour(-1), ...run, earlier: [] },
      { at: hour(0), trigger: 'schedule', status: 'cancelled', earlier: [] },
    ]);
    const part = await bench.send(`GET /jobs/${id}/ledger?from=${hour(-5)}&to=${hour(0)}&limit=2`);
    expect(part.body.data).toMatchObject({
      entries: [{ at: hour(-5) }, { at: hour(-4) }],
      nextFrom: hour(-3),
    });
    expect(part.body.data.entries[1].earlier).toHaveLength(1);
    const seen: string[] = [];
    for (let from: string | null = hour(-5); from !== null && seen.length < 20;) {
      const page = await bench.send(`GET /jobs/${id}/ledger?from=${from}&to=${hour(0)}&limit=1`);
      const { entries, nextFrom } = page.body.data as { entries: { at: string }[]; nextFrom: string | null };
      seen.push(...entries.map(({ at }) => at));
      from = nextFrom;
    }
    // The gap reaches into the page after its own, and is told of there as well.
    expect(seen).toEqual([-5, -4, -3, -2, -2, -2, -1, 0].map(hour));
    await backfills.isSound(id);
  });

  it('includes both ends, and not a moment beyond them', async () => {
    const id = await backfills.withHistory();
    const ask = async (body: object) => {
      const answer = await bench.send(`POST /jobs/${id}/backfill`, { ...body, mode: 'all', dryRun: true });
      expect(answer.status).toBe(200);
      return answer.body.data as { total: number; first: string | null; last: string | null };
    };
    expect(await ask({ from: hour(-3), to: hour(-1) })).toMatchObject({
      total: 3,
      first: hour(-3),
      last: hour(-1),
    });
    const inside = (at: string, byMs: number) => new Date(Date.parse(at) + byMs).toISOString();
    expect(await ask({ from: inside(hour(-3), 1), to: inside(hour(-1), -1) })).toMatchObject({ total: 1 });
    expect(await ask({ from: inside(hour(-3), 1), to: inside(hour(-2), -1) })).toMatchObject({
      total: 0,
      first: null,
      last: null,
    });
  });

  it('that is tried first says what it found and does nothing', async () => {
    const id = await backfills.withHistory();
    const { body, status } = await bench.send(`POST /jobs/${id}/backfill`, { ...range(-9, 5), dryRun: true });
    expect(status).toBe(200);
    expect(body.data).toMatchObject({
      total: 7,
      first: hour(-9),
      found: { missing: 7, failed: 2, completed: 1, live: 0, forgotten: 0 },
      excluded: 0,
    });
    expect(Date.parse((body.data as { to: string }).to)).toBeLessThanOrEqual(Date.now());
    expect((await bench.send(`GET /jobs/${id}/backfills`)).body).toMatchObject({
      data: [],
      meta: { total: 0 },
    });
  });

  it('of a time before the job existed goes by the schedule the job has now', async () => {
    const cron = await bench.create({ scheduleType: 'recurring', cronExpression: '0 3 * * *' });
    await bench.send(`PATCH /jobs/${cron}`, { cronExpression: '0 4 * * *', timezone: 'Europe/Paris' });
    const january = { from: '2026-01-01T00:00:00Z', to: '2026-01-31T23:59:59Z', mode: 'missing' };
    const { body } = await bench.send(`POST /jobs/${cron}/backfill`, { ...january, dryRun: true });
    expect(body.data).toMatchObject({
      total: 31,
      first: '2026-01-01T03:00:00.000Z',
      last: '2026-01-31T03:00:00.000Z',
    });
    const interval = await bench.create({ scheduleType: 'interval', every: 90 * 60_000 });
    const { body: steps } = await bench.send(`POST /jobs/${interval}/backfill`, { ...january, dryRun: true });
    const first = Date.parse(String(steps.data.first));
    const { createdAt } = (await bench.send(`GET /jobs/${interval}`)).body.data as { createdAt: string };
    expect(steps.data).toMatchObject({ total: 496 });
    expect((Date.parse(createdAt) - first) % (90 * 60_000)).toBe(0);
  });

  it('runs what history is not kept of only in mode "all": it may have completed', async () => {
    const id = await bench.create({ scheduleType: 'recurring', cronExpression: '0 3 * * *' });
    await bench.asIfDownSince(id, new Date(Date.now() - 100 * 86_400_000));
    await bench.engine.rows('UPDATE jobs SET next_run_at = now() WHERE id = $1', [id]);
    const days = { from: new Date(Date.now() - 120 * 86_400_000), to: new Date(), dryRun: true };
    const ask = async (mode: string) => {
      const { body } = await bench.send(`POST /jobs/${id}/backfill`, { ...days, mode });
      return body.data as { total: number; found: Record<string, number> };
    };
    const missing = await ask('missing');
    expect([missing.found['forgotten'], missing.total]).toEqual([10, 110]);
    expect((await ask('all')).total).toBe(120);
  });

  it('leaves to the schedule what is its own still: what has not been told of yet', async () => {
    const id = await bench.create(HOURLY);
    await bench.asIfDownSince(id, new Date(hour(-3)));
    const { body } = await bench.send(`POST /jobs/${id}/backfill`, { ...range(-5, 0), dryRun: true });
    expect(body.data).toMatchObject({ total: 2, first: hour(-5), last: hour(-4) });
  });

  it('leaves out what a clock change leaves out under dstGap "skip"', async () => {
    const id = await bench.create({
      scheduleType: 'recurring',
      cronExpression: '30 2 * * *',
      timezone: 'Europe/Paris',
      dstGap: 'skip',
    });
    const march = { from: '2026-03-28T00:00:00Z', to: '2026-03-30T12:00:00Z', mode: 'all', dryRun: true };
    const { body } = await bench.send(`POST /jobs/${id}/backfill`, march);
    expect(body.data).toMatchObject({ total: 2, excluded: 1 });
  });

  it('leaves out what the calendars of the job leave out, unless it is told to include it', async () => {
    const calendar = newId();
    const rules = { timezone: 'UTC', dates: [], weekly: [], imports: [] };
    const weekends = [{ days: ['SAT', 'SUN'], from: '00:00', to: '24:00', label: null }];
    await bench.engine.rows("INSERT INTO calendars (id, owner_id, name) VALUES ($1, $2, 'Weekends')", [
      calendar,
      bench.engine.actor.id,
    ]);
    await bench.engine.rows(
      `INSERT INTO calendar_versions (id, calendar_id, version, rules, effective_at) VALUES ($1, $2, 1, $3, now())`,
      [newId(), calendar, JSON.stringify({ ...rules, weekly: weekends })],
    );
    const daily = { scheduleType: 'recurring', cronExpression: '0 3 * * *', calendars: [calendar] };
    const id = await bench.create(daily);
    const week = { from: '2026-01-05T00:00:00Z', to: '2026-01-11T23:59:59Z', mode: 'missing', dryRun: true };
    const { body } = await bench.send(`POST /jobs/${id}/backfill`, week);
    expect(body.data).toMatchObject({ total: 5, excluded: 2, last: '2026-01-09T03:00:00.000Z' });
    const all = await bench.send(`POST /jobs/${id}/backfill`, { ...week, includeBlackouts: true });
    expect(all.body.data).toMatchObject({ total: 7, excluded: 0 });
  });

  it('is refused where it makes no sense, with what to do instead', async () => {
    const id = await bench.create({ scheduleType: 'recurring', cronExpression: '* * * * *' });
    const refused = async (body: object, jobId = id) => {
      const answer = await bench.send(`POST /jobs/${jobId}/backfill`, body);
      return { ...answer.fault, message: JSON.stringify(answer.body.error) };
    };
    expect(
      await refused({ from: '2026-01-01T00:00:00Z', to: '2026-01-08T00:00:00Z', mode: 'missing' }),
    ).toMatchObject({
      status: 400,
      fields: ['to'],
      message: expect.stringMatching(
        /10,081 executions, .* at most 10,000; end it before 2026-01-07T22:40:00.000Z/,
      ),
    });
    expect(
      await refused({ from: '2025-01-01T00:00:00Z', to: '2026-01-08T00:00:00Z', mode: 'failed' }),
    ).toMatchObject({
      status: 400,
      message: expect.stringMatching(
        /more than 100,000 nominal times .*; end it before 2025-03-11T10:40:00.000Z/,
      ),
    });
    expect(await refused(range(-1, -2))).toMatchObject({ status: 400, fields: ['to'] });
    expect(await refused(range(5, 6))).toMatchObject({ status: 400, fields: ['from'] });
    expect(await refused({})).toMatchObject({ status: 400, fields: ['from', 'to', 'mode'] });
    expect(await refused({ ...range(-2, -1), ratePerMinute: 0 })).toMatchObject({
      fields: ['ratePerMinute'],
    });
    expect(await refused({ ...range(-2, -1), overlapPolicy: 'skip' })).toMatchObject({
      fields: ['overlapPolicy'],
    });
    const once = await bench.create({ scheduleType: 'scheduled', scheduledAt: '2040-01-01T00:00:00Z' });
    expect(await refused(range(-2, -1), once)).toMatchObject({
      status: 409,
      message: expect.stringContaining('trigger'),
    });
  });

  it('of nothing is over at once', async () => {
    const id = await backfills.withHistory();
    expect(await backfills.start(id, range(-5, -5))).toMatchObject({ status: 'completed', total: 0 });
  });

  it('is bounded in number, and listed newest first', async () => {
    const id = await bench.create({ ...HOURLY });
    const made: string[] = [];
    for (let count = 0; count < 5; count += 1)
      made.push((await backfills.start(id, range(-3, -1, 'all'))).id);
    expect((await bench.send(`POST /jobs/${id}/backfill`, range(-3, -1, 'all'))).fault).toMatchObject({
      status: 409,
      code: 'INVALID_STATE',
    });
    const first = await bench.send(`GET /jobs/${id}/backfills?limit=3`);
    const rest = await bench.send(`GET /jobs/${id}/backfills?cursor=${first.body.meta.nextCursor}`);
    const ids = [...first.body.data, ...rest.body.data].map((one: Backfill) => one.id);
    expect([ids, first.body.meta.total]).toEqual([made.toReversed(), 5]);
    for (const one of made) expect((await bench.send(`POST /backfills/${one}/cancel`)).status).toBe(200);
    expect(await backfills.start(id, range(-3, -1, 'all'))).toMatchObject({ status: 'running' });
    await bench.send(`DELETE /jobs/${id}`);
  });
});
