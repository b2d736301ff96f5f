import { Test, type TestingModule } from '@nestjs/testing';
import { DataSource } from 'typeorm';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ConfigModule } from '#config';
import type { Actor } from '#contracts';
import { DatabaseModule, newId, queryRows } from '#database';
import {
  type BackfillInput,
  CreateJob,
  FeedBackfills,
  type JobInput,
  JobsModule,
  StartBackfill,
} from '#jobs';
import { createTestDatabase, testConfig, type TestDatabase } from '#testing';
import { installFakeClock, setFakeClock } from './fake-clock.js';

const NOON = Date.UTC(2026, 5, 1, 12);
const MINUTE = 60_000;

describe('the pace of a backfill, by the database clock', () => {
  let database: TestDatabase;
  let module: TestingModule;
  let dataSource: DataSource;
  let now = NOON;
  const actor: Actor = { id: newId(), role: 'admin' };

  beforeAll(async () => {
    database = await createTestDatabase();
    const config = testConfig({
      database: { url: database.url, poolSize: 4 },
      jobs: { backfillConcurrency: 12 },
    });
    module = await Test.createTestingModule({
      imports: [ConfigModule.forRoot(config), DatabaseModule, JobsModule],
      providers: [FeedBackfills],
    }).compile();
    dataSource = module.get(DataSource);
    await installFakeClock(dataSource);
    await dataSource.query(
      `INSERT INTO users (id, email, name, password_hash, role) VALUES ($1, 'a@example.com', 'A', 'x', 'admin')`,
      [actor.id],
    );
  });
  afterEach(async () => {
    await dataSource.query('DELETE FROM executions');
    await dataSource.query('DELETE FROM jobs');
  });
  afterAll(async () => {
    await module.close();
    await database.drop();
  });

  const at = async (ms: number) => {
    now = ms;
    await setFakeClock(dataSource, now);
  };
  const backfill = async (input: Partial<BackfillInput>, job: Partial<JobInput> = {}) => {
    const { id } = await module.get(CreateJob).create(actor, {
      name: 'Paced',
      type: 'custom',
      payload: { handler: 'noop' },
      scheduleType: 'recurring',
      cronExpression: '* * * * *',
      overlapPolicy: 'allow_all',
      ...job,
    });
    const from = new Date(NOON - 200 * MINUTE);
    return module
      .get(StartBackfill)
      .start(actor, id, { from, to: new Date(NOON), mode: 'missing', ...input });
  };
  const feed = () => module.get(FeedBackfills).feed();
  /** What workers would have done with all there is. */
  const settle = () =>
    dataSource.query(
      `UPDATE executions SET status = 'completed', attempt = 1, started_at = now(), finished_at = now()
       WHERE status = 'scheduled'`,
    );
  const live = async () => {
    const rows = await queryRows<{ count: number }>(
      dataSource,
      `SELECT count(*)::int AS count FROM executions WHERE status = 'scheduled' GROUP BY job_id ORDER BY 1`,
    );
    return rows.map(({ count }) => count);
  };

  it.each([1, 30, 90])('is at most %i a minute, and no less while nothing holds it up', async (rate) => {
    await at(NOON);
    await backfill({ ratePerMinute: rate });
    const started: number[] = [];
    for (let ms = 0; ms < 2 * MINUTE; ms += 500) {
      await at(NOON + ms);
      for (let count = await feed(); count > 0; count -= 1) started.push(ms);
      await settle();
    }
    expect(started.length).toBe(2 * rate);
    for (const from of started) {
      expect(started.filter((ms) => ms >= from && ms < from + MINUTE).length).toBeLessThanOrEqual(rate + 1);
    }
  });

  it('does not make up for a time nobody fed it', async () => {
    await at(NOON);
    await backfill({ ratePerMinute: 6 });
    expect(await feed()).toBe(1);
    await at(NOON + 30 * MINUTE);
    expect(await feed()).toBe(1);
    expect(await feed()).toBe(0);
  });

  it('without a rate is as many at once as the policy lets, and the next when one is over', async () => {
    await at(NOON);
    await backfill({ overlapPolicy: 'buffer_all' });
    expect([await feed(), await feed()]).toEqual([1, 0]);
    await settle();
    expect([await feed(), await feed()]).toEqual([1, 0]);
  });

  it('leaves room for the schedule: all backfills together are bounded, and take turns', async () => {
    await at(NOON);
    for (let count = 0; count < 3; count += 1) {
      await backfill({});
      await at(now + 1);
    }
    await feed();
    expect(await live()).toEqual([2, 10]);
    await settle();
    await at(now + 1);
    await feed();
    // The one that got nothing goes first.
    expect(await live()).toEqual([2, 10]);
    const [third] = await queryRows<{ made: number }>(
      dataSource,
      `SELECT count(e.id)::int AS made FROM backfills b LEFT JOIN executions e ON e.backfill_id = b.id
       GROUP BY b.id ORDER BY b.id DESC LIMIT 1`,
    );
    expect(third?.made).toBe(10);
  });

  it('goes to the end of the queue: what is due by a schedule comes first', async () => {
    await at(NOON);
    await backfill({}, { priority: 10 });
    await feed();
    const rows = await queryRows<{ priority: number }>(
      dataSource,
      'SELECT DISTINCT priority FROM executions',
    );
    expect(rows).toEqual([{ priority: -1 }]);
  });

  it('is over when the last run is, also where a rate would let it wait', async () => {
    await at(NOON);
    const made = await backfill({
      ratePerMinute: 1,
      from: new Date(NOON - MINUTE),
      to: new Date(NOON - MINUTE),
    });
    expect(made.total).toBe(1);
    await feed();
    await settle();
    await feed();
    const [row] = await queryRows<{ status: string }>(dataSource, 'SELECT status FROM backfills');
    expect(row?.status).toBe('completed');
  });
});
