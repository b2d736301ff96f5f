import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyLedger } from '#jobs';
import { waitFor } from '#testing';
import { startTimeBench, type TimeBench } from './time-fixture.js';

const HOUR = 3_600_000;
const LATEST = Math.floor(Date.now() / 60_000) * 60_000 - 0.5 * HOUR;
const HOURLY = { scheduleType: 'recurring', cronExpression: `${new Date(LATEST).getUTCMinutes()} * * * *` };
const hour = (offset: number) => new Date(LATEST + offset * HOUR);

interface Entry {
  kind: string;
  at: string;
  status?: string;
  [field: string]: unknown;
}

describe('the ledger', () => {
  let bench: TimeBench;

  beforeAll(async () => {
    bench = await startTimeBench();
  });
  afterAll(() => bench.stop());

  const ledger = async (id: string, query = '') => {
    const { body, status } = await bench.send(`GET /jobs/${id}/ledger${query}`);
    expect(status).toBe(200);
    return (body as { data: { entries: Entry[]; nextFrom: string | null } }).data;
  };
  const range = (from: number, to: number) =>
    `?from=${hour(from).toISOString()}&to=${hour(to).toISOString()}`;
  const isSound = async (id: string) => {
    const report = await verifyLedger(bench.engine.dataSource, id);
    expect(report).toMatchObject({ violations: [] });
    return report.checked;
  };

  it('tells of what ran, what was missed and why, and what is to come, in one list', async () => {
    const id = await bench.create({ ...HOURLY, misfirePolicy: 'fire_once' });
    await bench.asIfDownSince(id, hour(-2));
    const worker = await bench.startWorker();
    await bench.engine.untilExecution(id, 'completed');
    await worker.close();
    const { entries, nextFrom } = await ledger(id, range(-3, 2));
    expect(entries.map(({ kind, at, status }) => [kind, at, status])).toEqual([
      ['execution', hour(-2).toISOString(), 'missed'],
      ['execution', hour(-1).toISOString(), 'missed'],
      ['execution', hour(0).toISOString(), 'completed'],
      ['forecast', hour(1).toISOString(), 'expected'],
      ['forecast', hour(2).toISOString(), 'expected'],
    ]);
    expect(entries[0]).toMatchObject({ reason: 'policy', why: expect.stringContaining('misfire policy') });
    expect(entries[2]).toMatchObject({ reason: null, why: null, latenessMs: expect.any(Number) });
    expect(nextFrom).toBeNull();
    expect(await isSound(id)).toBe(3);
    const firstTwo = await ledger(id, `${range(-3, 2)}&limit=2`);
    expect([firstTwo.entries.length, firstTwo.nextFrom]).toEqual([2, hour(0).toISOString()]);
  });

  it('tells of a pause as a gap once it is over, and as held while it lasts', async () => {
    const id = await bench.create(HOURLY);
    await bench.send(`POST /jobs/${id}/pause`);
    expect((await ledger(id, range(0, 2))).entries).toMatchObject([
      { kind: 'forecast', at: hour(1).toISOString(), status: 'held', why: 'The job is paused.' },
      { kind: 'forecast', at: hour(2).toISOString(), status: 'held' },
    ]);
    await bench.asIfDownSince(id, hour(-3));
    await bench.send(`POST /jobs/${id}/resume`);
    expect((await ledger(id, range(-1, 0))).entries).toMatchObject([
      {
        kind: 'gap',
        at: hour(-3).toISOString(),
        until: hour(0).toISOString(),
        count: 4,
        why: 'The job was paused.',
      },
    ]);
    expect(await isSound(id)).toBe(4);
  });

  it('stays explainable over edits: each time belongs to the schedule in force at it', async () => {
    const id = await bench.create({ scheduleType: 'interval', every: 1_000 });
    const worker = await bench.startWorker();
    const completed = async () =>
      (await bench.occurrences(id)).filter(({ status }) => status === 'completed');
    const ran = (count: number) =>
      waitFor(async () => (await completed()).length >= count, { what: `${count} occurrences` });
    await ran(2);
    expect((await bench.send(`PATCH /jobs/${id}`, { every: 1_500 })).status).toBe(200);
    await ran(4);
    expect((await bench.send(`PATCH /jobs/${id}`, { name: 'Renamed' })).status).toBe(200);
    expect((await bench.send(`POST /jobs/${id}/pause`)).status).toBe(200);
    expect((await bench.send(`POST /jobs/${id}/resume`)).status).toBe(200);
    await ran(6);
    expect((await bench.send(`POST /jobs/${id}/cancel`)).status).toBe(200);
    await worker.close();
    expect(await isSound(id)).toBeGreaterThanOrEqual(6);
  });

  it('an edit while nothing runs leaves what the old schedule owed in the ledger', async () => {
    const id = await bench.create({ ...HOURLY, misfirePolicy: 'skip' });
    await bench.asIfDownSince(id, hour(-2));
    await bench.send(`PATCH /jobs/${id}`, { cronExpression: '@daily' });
    expect((await bench.occurrences(id)).map(({ at, reason }) => [at, reason])).toEqual(
      [-2, -1, 0].map((offset) => [hour(offset).toISOString(), 'policy']),
    );
    expect(await isSound(id)).toBe(3);
  });

  it('says what a clock change does to what is to come', async () => {
    const id = await bench.create({
      scheduleType: 'recurring',
      cronExpression: '30 2 * * *',
      timezone: 'Europe/Paris',
      dstGap: 'skip',
      dstOverlap: 'both',
    });
    const spring = await ledger(id, '?from=2030-03-30T12:00:00Z&to=2030-04-01T12:00:00Z');
    expect(spring.entries).toMatchObject([
      { at: '2030-03-31T01:30:00.000Z', status: 'skipped', reason: 'dst_gap', note: null },
      { at: '2030-04-01T00:30:00.000Z', localTime: '2030-04-01T02:30:00+02:00', status: 'expected' },
    ]);
    const autumn = await ledger(id, '?from=2030-10-26T12:00:00Z&to=2030-10-27T12:00:00Z');
    expect(autumn.entries.map(({ localTime, note }) => [localTime, note])).toEqual([
      ['2030-10-27T02:30:00+02:00', expect.stringMatching(/^DST repeat: .* this is the first one\.$/)],
      ['2030-10-27T02:30:00+01:00', expect.stringMatching(/^DST repeat: .* this is the second one\.$/)],
    ]);
  });

  it('tells what a job still owed when it was cancelled as a gap with the reason job_ended', async () => {
    const id = await bench.create(HOURLY);
    await bench.asIfDownSince(id, hour(-3));
    expect((await bench.send(`POST /jobs/${id}/cancel`)).status).toBe(200);
    const { entries } = await ledger(id, range(-4, 2));
    expect(entries).toMatchObject([
      {
        kind: 'gap',
        at: hour(-3).toISOString(),
        until: hour(0).toISOString(),
        count: 4,
        reason: 'job_ended',
      },
    ]);
    expect(await isSound(id)).toBe(4);
  });

  it('tells what clocks leave out between two runs in whichever view one of them ends', async () => {
    const id = await bench.create({
      scheduleType: 'recurring',
      cronExpression: '0 */2 * * *',
      timezone: 'Europe/Paris',
    });
    const notes = async (query: string) =>
      (await ledger(id, query)).entries.map(({ localTime, note }) => [localTime, note]);
    expect(await notes('?from=2030-03-30T20:30:00Z&to=2030-03-31T01:30:00Z')).toEqual([
      ['2030-03-30T22:00:00+01:00', null],
      [
        '2030-03-31T00:00:00+01:00',
        expect.stringMatching(/^DST skip before the next run: 02:00 on 2030-03-31 does not exist/),
      ],
    ]);
    expect(await notes('?from=2030-03-31T01:30:00Z&to=2030-03-31T03:00:00Z')).toEqual([
      ['2030-03-31T04:00:00+02:00', expect.stringMatching(/^DST skip: 02:00 on 2030-03-31 does not exist/)],
    ]);
    expect(await notes('?from=2030-03-30T20:30:00Z&to=2030-03-31T00:30:00Z')).toEqual([
      ['2030-03-30T22:00:00+01:00', null],
      ['2030-03-31T00:00:00+01:00', null],
    ]);
  });

  it('shows when each is due, jitter included, and no more than maxRuns', async () => {
    const id = await bench.create({ ...HOURLY, jitter: 600_000, maxRuns: 2 });
    const { entries } = await ledger(id, range(0, 20));
    expect(entries.map(({ at }) => at)).toEqual([hour(1).toISOString(), hour(2).toISOString()]);
    for (const { at, dueAt } of entries) {
      const shift = Date.parse(String(dueAt)) - Date.parse(at);
      expect(shift).toBeGreaterThanOrEqual(0);
      expect(shift).toBeLessThan(600_000);
    }
  });

  it('is not for strangers, and refuses a range that runs backwards', async () => {
    const id = await bench.create(HOURLY);
    expect((await bench.send(`GET /jobs/${id}/ledger${range(1, 0)}`)).fault).toMatchObject({
      status: 400,
      fields: ['to'],
    });
    expect((await bench.send(`GET /jobs/${bench.engine.actor.id}/ledger`)).status).toBe(404);
  });
});
