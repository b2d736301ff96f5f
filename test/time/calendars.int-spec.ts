import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ScheduleUpkeep, verifyLedger } from '#jobs';
import { waitFor } from '#testing';
import { startTimeBench, type TimeBench } from './time-fixture.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const EACH_SECOND = { scheduleType: 'interval', every: 1_000, maxRetries: 0, overlapPolicy: 'allow_all' };
const EVERY_DAY = ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'];
const dateOf = (at: number) => new Date(at).toISOString().slice(0, 10);
const event = (from: number, to: number) => {
  const text = (at: number) => new Date(at).toISOString().replaceAll(/[-:]|\.\d+/g, '');
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Test//EN',
    'BEGIN:VEVENT',
    'UID:1',
    `DTSTART:${text(from)}`,
    `DTEND:${text(to)}`,
    'SUMMARY:Maintenance',
    'END:VEVENT',
    'END:VCALENDAR',
  ].join('\r\n');
};

describe('calendars', () => {
  let bench: TimeBench;

  beforeAll(async () => {
    bench = await startTimeBench();
  });
  afterAll(() => bench.stop());

  const make = async (fields: Record<string, unknown> = {}) => {
    const answer = await bench.send('POST /calendars', { name: crypto.randomUUID(), ...fields });
    expect(answer.fault).toBeUndefined();
    return answer.body.data.id as string;
  };
  const isSound = async (id: string) => {
    const report = await verifyLedger(bench.engine.dataSource, id);
    expect(report).toMatchObject({ violations: [] });
    return report.checked;
  };
  const outcomes = async (id: string) =>
    (await bench.occurrences(id)).map(({ status, reason }) => (reason ? `${status}: ${reason}` : status));
  const until = (id: string, what: string, holds: (rows: string[]) => boolean) =>
    waitFor(async () => holds(await outcomes(id)), { what, progress: () => outcomes(id) });
  /** As if the job had been made, and its calendar, long before what follows. */
  const asIfOld = async (calendar: string) => {
    await bench.engine.rows(
      `UPDATE calendar_versions SET effective_at = now() - interval '1 year' WHERE calendar_id = $1`,
      [calendar],
    );
  };

  it('an event that begins in a moment closes the job, and its end opens it again', async () => {
    const calendar = await make();
    const id = await bench.create({ ...EACH_SECOND, calendars: [calendar] });
    const worker = await bench.startWorker();
    const from = Math.ceil(Date.now() / 1_000) * 1_000 + 2_000;
    const imported = await bench.send(`POST /calendars/${calendar}/import`, {
      ics: event(from, from + 3_000),
    });
    expect(imported.body.data).toMatchObject({ report: { taken: 1 } });
    await until(
      id,
      'runs after the closure',
      (rows) =>
        rows.lastIndexOf('completed') > rows.lastIndexOf('skipped: blackout') &&
        rows.includes('skipped: blackout'),
    );
    await worker.close();
    for (const { at, status } of await bench.occurrences(id)) {
      const isClosed = Date.parse(at) >= from && Date.parse(at) < from + 3_000;
      expect([at, status === 'skipped']).toEqual([at, isClosed]);
    }
    expect(await isSound(id)).toBeGreaterThanOrEqual(4);
  });

  it('closing at once takes back what a planner holds; opening lets the next one run', async () => {
    const calendar = await make({ timezone: 'UTC' });
    const id = await bench.create({ ...EACH_SECOND, calendars: [calendar] });
    const worker = await bench.startWorker();
    await until(id, 'a run', (rows) => rows.includes('completed'));
    const days = [dateOf(Date.now() - DAY), dateOf(Date.now()), dateOf(Date.now() + DAY)];
    await bench.send(`PATCH /calendars/${calendar}`, { dates: days });
    const [{ at: closedAt }] = (await bench.engine.rows<{ at: Date }>(
      'SELECT effective_at AS at FROM calendar_versions WHERE calendar_id = $1 AND until_at IS NULL',
      [calendar],
    )) as [{ at: Date }];
    const job = (await bench.send(`GET /jobs/${id}`)).body.data;
    expect(Date.parse(job.nextRunAt)).toBeGreaterThan(Date.parse(dateOf(Date.now() + DAY)));
    const planned = (await bench.occurrences(id)).filter(({ at }) => Date.parse(at) > closedAt.getTime());
    expect(planned).toEqual([]);
    await waitFor(async () => Date.now() > closedAt.getTime() + 2_500, { what: 'some closed times to pass' });
    await bench.send(`PATCH /calendars/${calendar}`, { dates: [] });
    const [{ at: openedAt }] = (await bench.engine.rows<{ at: Date }>(
      'SELECT effective_at AS at FROM calendar_versions WHERE calendar_id = $1 AND until_at IS NULL',
      [calendar],
    )) as [{ at: Date }];
    await waitFor(
      async () =>
        (await bench.occurrences(id)).some(
          ({ at, status }) => status === 'completed' && Date.parse(at) > openedAt.getTime(),
        ),
      { what: 'a run after it opened' },
    );
    await worker.close();
    for (const { at, status } of await bench.occurrences(id)) {
      const isClosed = Date.parse(at) > closedAt.getTime() && Date.parse(at) <= openedAt.getTime();
      if (isClosed) expect([at, status]).toEqual([at, 'skipped']);
    }
    await isSound(id);
  });

  it('a job that is given a calendar obeys it from then on', async () => {
    const calendar = await make({
      weekly: [
        { days: EVERY_DAY, from: '00:00', to: '23:00' },
        { days: EVERY_DAY, from: '23:30', to: '24:00' },
      ],
    });
    const id = await bench.create({
      scheduleType: 'recurring',
      cronExpression: '*/10 * * * *',
      timezone: 'UTC',
    });
    const patched = await bench.send(`PATCH /jobs/${id}`, { calendars: [calendar] });
    expect(patched.body.data).toMatchObject({
      version: 2,
      calendars: [calendar],
      nextRunAt: expect.stringMatching(/T23:[012]0:00/),
    });
    const { body } = await bench.send(`GET /jobs/${id}/ledger`);
    expect(
      (body.data.entries as { status: string; why: string }[]).find(({ status }) => status === 'skipped')
        ?.why,
    ).toMatch(/^Blackout of the calendar "[0-9a-f-]{36}"\.$/);
    const entries = body.data.entries as {
      at: string;
      status: string;
      reason: string | null;
      why: string | null;
    }[];
    for (const { at, status, reason } of entries) {
      const isOpen = /T23:[012]0/.test(at);
      expect([at, status, reason]).toEqual([at, isOpen ? 'expected' : 'skipped', isOpen ? null : 'blackout']);
    }
    await isSound(id);
  });

  it('a long closure of a job that comes often is one gap, which grows; nothing is planned meanwhile', async () => {
    const today = Math.floor(Date.now() / DAY) * DAY;
    const calendar = await make({ dates: [{ from: dateOf(today - 9 * DAY), to: dateOf(today + 9 * DAY) }] });
    await asIfOld(calendar);
    const id = await bench.create({
      scheduleType: 'recurring',
      cronExpression: '* * * * *',
      calendars: [calendar],
    });
    const first = Math.floor((Date.now() - 3 * DAY) / 60_000) * 60_000;
    await bench.asIfDownSince(id, new Date(first));
    await bench.engine.rows('UPDATE jobs SET skip_from = next_run_at, runs_at = $2 WHERE id = $1', [
      id,
      new Date(today + 10 * DAY),
    ]);
    const worker = await bench.startWorker();
    const told = async () => (await bench.gaps(id)) as { from: string; reason: string; count: number }[];
    await waitFor(async () => (await told()).length > 0, { what: 'the closure to be told' });
    const [gap] = await told();
    expect(gap).toMatchObject({ from: new Date(first).toISOString(), reason: 'blackout', detail: null });
    expect(gap?.count).toBeGreaterThan(4_000);
    expect(await bench.occurrences(id)).toEqual([]);
    // Time passes: what is told next goes on with it.
    const until = Date.parse((gap as unknown as { to: string }).to);
    await bench.engine.rows(
      "UPDATE schedule_gaps SET to_at = to_at - interval '1 hour', count = count - 60 WHERE job_id = $1",
      [id],
    );
    await bench.engine.rows(`UPDATE jobs SET next_run_at = $2, skip_from = $2 WHERE id = $1`, [
      id,
      new Date(until - HOUR + 60_000),
    ]);
    await waitFor(
      async () => (await told()).reduce((sum, { count }) => sum + count, 0) >= (gap?.count ?? 0),
      {
        what: 'the gap to grow',
      },
    );
    expect(await told()).toHaveLength(1);
    expect(await isSound(id)).toBeGreaterThan(4_000);
    await worker.close();
  });

  it('few closed times are told in a row each, when a while has passed', async () => {
    const today = Math.floor(Date.now() / DAY) * DAY;
    const calendar = await make({ dates: [{ from: dateOf(today - 4 * DAY), to: dateOf(today + 4 * DAY) }] });
    await asIfOld(calendar);
    const id = await bench.create({
      scheduleType: 'recurring',
      cronExpression: '0 0 * * *',
      calendars: [calendar],
    });
    await bench.asIfDownSince(id, new Date(today - 2 * DAY));
    await bench.engine.rows('UPDATE jobs SET skip_from = next_run_at, runs_at = $2 WHERE id = $1', [
      id,
      new Date(today + 5 * DAY),
    ]);
    const worker = await bench.startWorker();
    await worker.get(ScheduleUpkeep).run();
    await waitFor(async () => (await bench.occurrences(id)).length >= 2, {
      what: 'what was skipped to be told',
    });
    await worker.close();
    expect((await outcomes(id)).every((one) => one === 'skipped: blackout')).toBe(true);
    const { body } = await bench.send(`GET /jobs/${id}/ledger?from=${dateOf(today - 3 * DAY)}`);
    expect(body.data.entries[0]).toMatchObject({
      kind: 'execution',
      status: 'skipped',
      reason: 'blackout',
      why: expect.stringContaining('Blackout of the calendar'),
    });
    await isSound(id);
  });

  it('an outage about a closure: what was open is a misfire, what was closed a blackout, and the latest open one runs', async () => {
    // Half an hour ago: not so lately that it would still count as on time.
    const latest = Math.floor(Date.now() / MINUTE) * MINUTE - 30 * MINUTE;
    const [from, to] = [latest - 5 * HOUR, latest - 2 * HOUR];
    const calendar = await make();
    await asIfOld(calendar);
    await bench.send(`POST /calendars/${calendar}/import`, { ics: event(from, to) });
    await asIfOld(calendar);
    const id = await bench.create({
      scheduleType: 'recurring',
      cronExpression: `${new Date(latest).getUTCMinutes()} * * * *`,
      calendars: [calendar],
    });
    await bench.asIfDownSince(id, new Date(latest - 7 * HOUR));
    const worker = await bench.startWorker();
    await until(id, 'the latest to run', (rows) => rows.includes('completed'));
    await worker.close();
    expect(await outcomes(id)).toEqual([
      'missed: policy',
      'missed: policy',
      'skipped: blackout',
      'skipped: blackout',
      'skipped: blackout',
      'missed: policy',
      'missed: policy',
      'completed',
    ]);
    await isSound(id);
  });

  it('a manual run is no matter of calendars', async () => {
    const calendar = await make({
      dates: [{ from: dateOf(Date.now() - DAY), to: dateOf(Date.now() + DAY) }],
    });
    const id = await bench.create({
      scheduleType: 'recurring',
      cronExpression: '@daily',
      calendars: [calendar],
    });
    const worker = await bench.startWorker();
    expect((await bench.send(`POST /jobs/${id}/trigger`, {})).status).toBe(202);
    await bench.engine.untilExecution(id, 'completed');
    await worker.close();
  });

  it('a pause and a cancellation in the middle of a closure leave a sound ledger', async () => {
    const now = Math.floor(Date.now() / HOUR) * HOUR;
    const calendar = await make();
    await bench.send(`POST /calendars/${calendar}/import`, { ics: event(now - 40 * HOUR, now - 20 * HOUR) });
    await asIfOld(calendar);
    const id = await bench.create({
      scheduleType: 'recurring',
      cronExpression: '0,30 * * * *',
      calendars: [calendar],
    });
    await bench.asIfDownSince(id, new Date(now - 60 * HOUR));
    expect((await bench.send(`POST /jobs/${id}/pause`)).status).toBe(200);
    expect((await bench.send(`POST /jobs/${id}/resume`)).status).toBe(200);
    expect((await bench.gaps(id)).map(({ reason, count }) => [reason, count])).toEqual([
      ['paused', 40],
      ['blackout', 40],
      ['paused', expect.any(Number)],
    ]);
    expect((await bench.send(`POST /jobs/${id}/cancel`)).status).toBe(200);
    await isSound(id);
  });

  it('ledger:verify finds what ran in a blackout, and what was skipped without one', async () => {
    const id = await bench.create({ scheduleType: 'recurring', cronExpression: '0 * * * *' });
    const now = Math.floor(Date.now() / HOUR) * HOUR;
    await bench.asIfDownSince(id, new Date(now - 2 * HOUR));
    await bench.send(`PATCH /jobs/${id}`, { name: 'Renamed' });
    await bench.engine.rows(
      `INSERT INTO executions (id, job_id, type, trigger, status, reason, scheduled_for, effective_at, due_at, priority, max_attempts, finished_at)
       SELECT gen_random_uuid(), $1, 'custom', 'schedule', 'skipped', 'blackout', at, at, at, 0, 1, now()
       FROM generate_series($2::timestamptz, $3::timestamptz, interval '1 hour') AS at`,
      [id, new Date(now - 2 * HOUR), new Date(now)],
    );
    await bench.engine.rows('UPDATE jobs SET next_run_at = $2 WHERE id = $1', [id, new Date(now + HOUR)]);
    const report = await verifyLedger(bench.engine.dataSource, id);
    expect(report.violations).toEqual(
      [2, 1, 0].map(
        (hours) =>
          `${new Date(now - hours * HOUR).toISOString()} is skipped for a blackout, and no calendar was closed.`,
      ),
    );
  });
});
