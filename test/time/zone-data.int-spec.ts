import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TestingModule } from '@nestjs/testing';
import { WorkerRegistry } from '#executions';
import { FollowZoneData, verifyLedger } from '#jobs';
import { zoneDataVersion } from '#scheduling';
import { newId } from '#database';
import { startTimeBench, type TimeBench } from './time-fixture.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** At +05:45 all year, and hardly anything will change that. */
const ZONE = 'Asia/Kathmandu';
const OFFSET = 5.75 * HOUR;
/** What the data before these are made to have said: half an hour less. */
const FORMER_OFFSET = 5.25 * HOUR;
const FORMER_VERSION = '2019a';

interface Change {
  jobId: string;
  jobName: string;
  timezone: string;
  before: Side;
  after: Side;
}
interface Side {
  zoneData: string;
  nextRunAt: string;
  firstMoved: { at: string; localTime: string } | null;
}

describe('new zone data', () => {
  let bench: TimeBench;
  let planner: TestingModule;

  beforeAll(async () => {
    bench = await startTimeBench();
    planner = await bench.engine.startWorker({ roles: ['execute'] });
  });
  afterAll(() => bench.stop());
  beforeEach(async () => {
    await bench.engine.rows('DELETE FROM zone_data');
    await bench.engine.rows('DELETE FROM zone_changes');
    await bench.engine.rows(
      'UPDATE jobs SET deleted_at = now(), next_run_at = NULL WHERE deleted_at IS NULL',
    );
  });

  /** A process that has just started with the present data. */
  const newProcess = () =>
    new FollowZoneData(bench.engine.dataSource, planner.get(WorkerRegistry, { strict: false }));
  const follow = async (process = newProcess()) => {
    await process.adopt();
    await moveAll(process);
  };
  const moveAll = async (process: FollowZoneData) => {
    while (await process.move());
  };
  /** As if the installation had planned by data that had the zone half an hour off. */
  const forge = (offsetMs = FORMER_OFFSET, version = FORMER_VERSION) =>
    bench.engine.rows(
      `INSERT INTO zone_data (timezone, tz_version, adopted_at, from_at, until_at, offsets, settled_at)
       VALUES ($1, $2, now() - interval '40 days', $3, $4, $5, now())`,
      [
        ZONE,
        version,
        new Date(Date.now() - 400 * DAY),
        new Date(Date.now() + 400 * DAY),
        JSON.stringify([{ atMs: Date.now() - 400 * DAY, offsetMs }]),
      ],
    );
  const report = async (query = '') => {
    const { body, status } = await bench.send(`GET /schedules/zone-changes${query}`);
    expect(status).toBe(200);
    return body as { data: Change[]; meta: { total: number; nextCursor: string | null } };
  };
  const nextRunAt = async (id: string) => {
    const [row] = await bench.engine.rows<{ next_run_at: Date }>(
      'SELECT next_run_at FROM jobs WHERE id = $1',
      [id],
    );
    return row?.next_run_at;
  };
  const recordsOfZone = () =>
    bench.engine.rows<{ tz_version: string; settled_at: Date | null }>(
      'SELECT tz_version, settled_at FROM zone_data WHERE timezone = $1 ORDER BY adopted_at',
      [ZONE],
    );

  /** The next instant, more than three hours away, at which a clock with this offset shows a full hour; and that hour. */
  const later = Math.ceil((Date.now() + 3 * HOUR + OFFSET) / HOUR) * HOUR;
  const hour = new Date(later).getUTCHours();
  const daily = { scheduleType: 'recurring', cronExpression: `0 ${hour} * * *`, timezone: ZONE };
  const present = new Date(later - OFFSET);
  const former = new Date(later - FORMER_OFFSET);

  /** A job as the former data left it: run for three days, at their times. */
  async function jobOfFormerData(fields: Record<string, unknown> = {}): Promise<string> {
    const id = await bench.create({ ...daily, ...fields });
    const ran = [3, 2, 1].map((days) => new Date(former.getTime() - days * DAY));
    await bench.asIfDownSince(id, ran[0] as Date);
    await bench.engine.rows('UPDATE jobs SET next_run_at = $2 WHERE id = $1', [id, former]);
    for (const at of ran) {
      await bench.engine.rows(
        `INSERT INTO executions (id, job_id, type, trigger, status, scheduled_for, effective_at, due_at, started_at,
           finished_at, attempt, max_attempts, priority)
         VALUES ($1, $2, 'custom', 'schedule', 'completed', $3, $3, $3, $3, $3, 1, 1, 0)`,
        [newId(), id, at],
      );
    }
    return id;
  }

  it('correct the next run, report it, and leave the ledger sound', async () => {
    const id = await jobOfFormerData();
    const elsewhere = await bench.create({ ...daily, timezone: 'Asia/Tokyo' });
    const elsewhereNext = await nextRunAt(elsewhere);
    await forge();
    await follow();
    expect(await nextRunAt(id)).toEqual(present);
    expect(await nextRunAt(elsewhere)).toEqual(elsewhereNext);
    const { data, meta } = await report();
    const clock = new Date(later).toISOString().slice(0, 19);
    expect(data).toEqual([
      {
        id: expect.any(String) as string,
        jobId: id,
        jobName: 'ok',
        timezone: ZONE,
        notedAt: expect.any(String) as string,
        before: {
          zoneData: FORMER_VERSION,
          nextRunAt: former.toISOString(),
          firstMoved: { at: former.toISOString(), localTime: `${clock}+05:15` },
        },
        after: {
          zoneData: zoneDataVersion(),
          nextRunAt: present.toISOString(),
          firstMoved: { at: present.toISOString(), localTime: `${clock}+05:45` },
        },
      },
    ]);
    expect(meta.total).toBe(1);
    expect(await verifyLedger(bench.engine.dataSource, id)).toEqual({
      jobId: id,
      checked: 3,
      violations: [],
    });
    const ledger = await bench.send(
      `GET /jobs/${id}/ledger?from=${new Date(Date.now() - 5 * DAY).toISOString()}&to=${new Date(later + DAY).toISOString()}`,
    );
    const entries = (ledger.body as { data: { entries: { kind: string; at: string }[] } }).data.entries;
    expect(entries.map(({ kind }) => kind)).toEqual([
      'execution',
      'execution',
      'execution',
      'forecast',
      'forecast',
    ]);
    expect(entries[3]?.at).toBe(present.toISOString());
  });

  it('are put on record where none were, and change nothing where they say the same', async () => {
    const id = await bench.create(daily);
    await follow();
    expect(await recordsOfZone()).toEqual([
      { tz_version: zoneDataVersion(), settled_at: expect.any(Date) as Date },
    ]);
    await bench.engine.rows(
      `UPDATE zone_data SET tz_version = '2019a', until_at = now() + interval '1 year'`,
    );
    await follow();
    const rows = await bench.engine.rows<{ tz_version: string; years: number }>(
      `SELECT tz_version, extract(year FROM until_at)::int - extract(year FROM now())::int AS years
       FROM zone_data WHERE timezone = $1`,
      [ZONE],
    );
    expect(rows).toEqual([{ tz_version: zoneDataVersion(), years: 4 }]);
    expect(await nextRunAt(id)).toEqual(present);
    expect((await report()).data).toEqual([]);
  });

  it('do not run again what has run, and put what is over by them down as missed', async () => {
    const ahead = await jobOfFormerData();
    const over = await jobOfFormerData({ misfirePolicy: 'skip' });
    // By the data before, the one ran an hour ago; by the present ones it would be due half an hour ago.
    const ranAt = new Date(Math.floor(Date.now() / MINUTE) * MINUTE - HOUR);
    const local = new Date(ranAt.getTime() + 6.25 * HOUR);
    const cron = `${local.getUTCMinutes()} ${local.getUTCHours()} * * *`;
    await bench.engine.rows(`UPDATE jobs SET cron_expression = $2 WHERE id = ANY($1)`, [[ahead, over], cron]);
    await bench.engine.rows(
      `UPDATE job_versions SET definition = definition || jsonb_build_object('cronExpression', $2::text) WHERE job_id = ANY($1)`,
      [[ahead, over], cron],
    );
    await bench.engine.rows('DELETE FROM executions WHERE job_id = ANY($1)', [[ahead, over]]);
    await bench.engine.rows('UPDATE job_versions SET effective_at = $2 WHERE job_id = ANY($1)', [
      [ahead, over],
      new Date(ranAt.getTime() - MINUTE),
    ]);
    await bench.engine.rows(
      `INSERT INTO executions (id, job_id, type, trigger, status, scheduled_for, effective_at, due_at, started_at,
         finished_at, attempt, max_attempts, priority)
       VALUES ($1, $2, 'custom', 'schedule', 'completed', $3, $3, $3, $3, $3, 1, 1, 0)`,
      [newId(), ahead, ranAt],
    );
    await bench.engine.rows('UPDATE jobs SET next_run_at = $2 WHERE id = $1', [
      ahead,
      new Date(ranAt.getTime() + DAY),
    ]);
    await bench.engine.rows('UPDATE jobs SET next_run_at = $2 WHERE id = $1', [over, ranAt]);
    await forge(6.25 * HOUR);
    await follow();
    expect(await nextRunAt(ahead)).toEqual(new Date(ranAt.getTime() + 0.5 * HOUR + DAY));
    expect(await nextRunAt(over)).toEqual(new Date(ranAt.getTime() + 0.5 * HOUR));
    const worker = await bench.startWorker();
    await bench.engine.untilExecution(over, 'missed');
    await worker.close();
    expect((await bench.occurrences(over)).map(({ at, reason }) => [at, reason])).toEqual([
      [new Date(ranAt.getTime() + 0.5 * HOUR).toISOString(), 'policy'],
    ]);
    for (const id of [ahead, over]) {
      expect(await verifyLedger(bench.engine.dataSource, id)).toMatchObject({ checked: 1, violations: [] });
    }
  });

  it('move thousands of schedules, shared by processes, each reported once; a process that dies leaves the rest', async () => {
    const id = await jobOfFormerData();
    await bench.engine.rows(
      `INSERT INTO jobs SELECT (jsonb_populate_record(j, jsonb_build_object('id', gen_random_uuid()))).*
       FROM jobs j, generate_series(1, 1600) WHERE j.id = $1`,
      [id],
    );
    await bench.engine.rows(
      `INSERT INTO job_versions SELECT (jsonb_populate_record(v, jsonb_build_object('job_id', j.id))).*
       FROM job_versions v, jobs j WHERE v.job_id = $1 AND j.id <> $1 AND j.deleted_at IS NULL AND j.name = 'ok'`,
      [id],
    );
    await forge();
    const [first, second, third] = [newProcess(), newProcess(), newProcess()];
    await Promise.all([first.adopt(), second.adopt(), third.adopt()]);
    expect((await recordsOfZone()).map(({ settled_at }) => settled_at === null)).toEqual([false, true]);
    // One that took a batch and was never seen again: nothing but the rest is left to the others.
    await bench.engine.rows(
      `UPDATE zone_data SET moved_up_to = (SELECT id FROM jobs WHERE deleted_at IS NULL ORDER BY id OFFSET 99 LIMIT 1)
       WHERE settled_at IS NULL`,
    );
    await Promise.all([first, second, third].map(moveAll));
    expect((await report()).meta.total).toBe(1_501);
    await follow();
    expect((await report()).meta.total).toBe(1_601);
    const pages = await report('?limit=100');
    const next = await report(`?limit=100&cursor=${pages.meta.nextCursor}`);
    expect(new Set([...pages.data, ...next.data].map(({ jobId }) => jobId)).size).toBe(200);
    expect((await recordsOfZone()).every(({ settled_at }) => settled_at !== null)).toBe(true);
  });

  it('are left to newer ones while a planner with those lives, and taken up again once it is gone', async () => {
    const id = await jobOfFormerData();
    const newer = newId();
    await bench.engine.rows(
      `INSERT INTO workers (id, host, pid, version, types, roles, concurrency, tz_version)
       VALUES ($1, 'other', 1, '1', '{}', '{plan}', 1, '2999z')`,
      [newer],
    );
    await forge(FORMER_OFFSET, '2999z');
    await follow();
    expect(await nextRunAt(id)).toEqual(former);
    await bench.engine.rows('UPDATE workers SET stopped_at = now() WHERE id = $1', [newer]);
    await follow();
    expect(await nextRunAt(id)).toEqual(present);
  });

  it('reach what a process with the former data has planned during the upgrade', async () => {
    const id = await jobOfFormerData();
    await forge();
    await follow();
    await bench.engine.rows('UPDATE jobs SET next_run_at = $2 WHERE id = $1', [id, former]);
    await follow();
    expect(await nextRunAt(id)).toEqual(present);
    expect((await report()).meta.total).toBe(1);
  });

  it('are told to owners of their own jobs only, by job and by zone', async () => {
    const id = await jobOfFormerData();
    await jobOfFormerData({ name: 'Other' });
    await forge();
    await follow();
    expect((await report(`?jobId=${id}`)).data.map(({ jobId }) => jobId)).toEqual([id]);
    expect((await report('?timezone=Asia/Tokyo')).data).toEqual([]);
    const owner = newId();
    await bench.engine.rows(
      `INSERT INTO users (id, email, name, password_hash, role) VALUES ($1, $2, 'B', 'x', 'user')`,
      [owner, `${owner}@example.com`],
    );
    await bench.engine.rows('UPDATE jobs SET owner_id = $2 WHERE id = $1', [id, owner]);
    await bench.engine.rows(`UPDATE users SET role = 'user' WHERE id = $1`, [bench.engine.actor.id]);
    const seen = await report();
    await bench.engine.rows(`UPDATE users SET role = 'admin' WHERE id = $1`, [bench.engine.actor.id]);
    expect(seen.data.map(({ jobName }) => jobName)).toEqual(['Other']);
    expect((await bench.send('GET /schedules/zone-changes?jobId=x')).fault).toMatchObject({
      status: 400,
      fields: ['jobId'],
    });
  });

  it('are taken up by a worker as it starts, before it plans', async () => {
    const id = await jobOfFormerData();
    await forge();
    const worker = await bench.startWorker();
    expect(await nextRunAt(id)).toEqual(present);
    await worker.close();
  });
});
