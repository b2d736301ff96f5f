import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dataSourceOptions, ensurePartitions, newId, sweepExpired } from '#database';
import { createTestDatabase, type TestDatabase } from '#testing';

const PERIODS = { days: 90, logDays: 30, auditDays: 365 };
const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);

describe('retention', () => {
  let database: TestDatabase;
  let dataSource: DataSource;
  const userId = newId();

  beforeAll(async () => {
    database = await createTestDatabase();
    dataSource = await new DataSource(dataSourceOptions(database.url)).initialize();
    await dataSource.query(
      `INSERT INTO users (id, email, name, password_hash) VALUES ($1, 'a@example.com', 'A', 'x')`,
      [userId],
    );
  });
  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  const addJob = async (deletedAt: Date | null = null) => {
    const id = newId();
    await dataSource.query(
      `INSERT INTO jobs (id, owner_id, name, type, payload, schedule_type, max_retries, retry_delay_ms, backoff, timeout_ms, deleted_at)
       VALUES ($1, $2, 'J', 'custom', '{}', 'immediate', 0, 0, '{}', 1000, $3)`,
      [id, userId, deletedAt],
    );
    return id;
  };
  const addExecution = async (jobId: string, at: Date, status = 'completed') => {
    const id = newId();
    await dataSource.query(
      `INSERT INTO executions (id, job_id, scheduled_for, effective_at, due_at, type, trigger, status, max_attempts, finished_at)
       VALUES ($1, $2, $3, $3, $3, 'custom', 'api', $4::text, 1, CASE WHEN $4::text = 'completed' THEN $3::timestamptz END)`,
      [id, jobId, at, status],
    );
    await dataSource.query(
      `INSERT INTO execution_attempts (execution_id, scheduled_for, attempt, status, started_at, finished_at)
       VALUES ($1, $2, 1, 'completed', $2, $2)`,
      [id, at],
    );
    await dataSource.query(
      `INSERT INTO job_logs (id, logged_at, job_id, execution_id, attempt, level, message)
       VALUES ($1, $2, $3, $4, 1, 'info', 'x')`,
      [newId(), at, jobId, id],
    );
    return id;
  };
  const ids = async (table: string, column: string) =>
    (await dataSource.query<{ id: string }[]>(`SELECT ${column} AS id FROM ${table}`))
      .map(({ id }) => id)
      .toSorted();

  it('drops whole weeks, sweeps the default partition, and leaves what is young or not over', async () => {
    // Weeks of their own for 200 and 120 days ago; 160 days ago stays in the default partition.
    await ensurePartitions(dataSource, daysAgo(235));
    await ensurePartitions(dataSource, daysAgo(120));
    const jobId = await addJob();
    const [old, live, young, middling] = [
      [await addExecution(jobId, daysAgo(230)), await addExecution(jobId, daysAgo(160))],
      [
        await addExecution(jobId, daysAgo(120), 'queued'),
        await addExecution(jobId, daysAgo(161), 'scheduled'),
      ],
      await addExecution(jobId, daysAgo(10)),
      await addExecution(jobId, daysAgo(45)),
    ];
    const reports = await Promise.all([sweepExpired(dataSource, PERIODS), sweepExpired(dataSource, PERIODS)]);
    const kept = [...live, young, middling].toSorted();
    expect(await ids('executions', 'id')).toEqual(kept);
    expect(await ids('execution_attempts', 'execution_id')).toEqual(kept);
    expect(await ids('job_logs', 'execution_id')).toEqual([young]);
    expect(old).toHaveLength(2);
    expect(reports.flatMap(({ partitions }) => partitions).length).toBeGreaterThan(3);
    expect(await sweepExpired(dataSource, PERIODS)).toEqual({ partitions: [], rows: {} });
  });

  it('keeps what a backfill made as long as the backfill, however old its nominal times are', async () => {
    await ensurePartitions(dataSource, daysAgo(150));
    const jobId = await addJob();
    const addBackfill = async (finishedAt: Date | null) => {
      const id = newId();
      await dataSource.query(
        `INSERT INTO backfills (id, job_id, from_at, to_at, mode, overlap_policy, status, finished_at)
         VALUES ($1, $2, now(), now(), 'all', 'buffer_all', $3, $4)`,
        [id, jobId, finishedAt ? 'completed' : 'running', finishedAt],
      );
      return id;
    };
    const made = async (backfillId: string, at: Date) => {
      const id = await addExecution(jobId, at);
      await dataSource.query('UPDATE executions SET backfill_id = $2 WHERE id = $1', [id, backfillId]);
      return id;
    };
    const before = await ids('executions', 'id');
    const [recent, running, old] = [
      await addBackfill(daysAgo(1)),
      await addBackfill(null),
      await addBackfill(daysAgo(91)),
    ];
    const kept = [await made(recent, daysAgo(140)), await made(running, daysAgo(500))];
    await made(old, daysAgo(500));
    expect((await sweepExpired(dataSource, PERIODS)).rows).toMatchObject({
      backfills: 1,
      executions_default: 1,
    });
    expect(await ids('executions', 'id')).toEqual([...before, ...kept].toSorted());
    await dataSource.query(
      `UPDATE backfills SET status = 'completed', finished_at = now() - interval '91 days'`,
    );
    await sweepExpired(dataSource, PERIODS);
    // Weeks are looked at before backfills go: theirs follow with the next sweep.
    expect((await sweepExpired(dataSource, PERIODS)).partitions).not.toEqual([]);
    expect(await ids('executions', 'id')).toEqual(before);
  });

  it('takes old rows of the small tables, and deleted jobs with nothing left', async () => {
    const [gone, recent] = [await addJob(daysAgo(100)), await addJob(daysAgo(10))];
    const told = await addJob();
    const busy = await addJob(daysAgo(100));
    await addExecution(busy, daysAgo(20));
    for (const [status, age] of [
      ['sent', 100],
      ['pending', 100],
      ['failed', 10],
    ] as const) {
      await dataSource.query(
        `INSERT INTO notifications (id, job_id, execution_id, event, channel, payload, status, created_at)
         VALUES ($1, $2, $3, 'failed', 'email', '{}', $4, $5)`,
        [newId(), told, newId(), status, daysAgo(age)],
      );
    }
    for (const age of [2, 0.5]) {
      await dataSource.query(
        `INSERT INTO idempotency_keys (owner_id, scope, key, request_hash, answer, created_at)
         VALUES ($1, 's', $2, 'h', '{}', $3)`,
        [userId, String(age), daysAgo(age)],
      );
      await dataSource.query(
        `INSERT INTO sessions (id, user_id, refresh_token_hash, expires_at) VALUES ($1, $2, $3, $4)`,
        [newId(), userId, String(age), daysAgo(age === 2 ? 1 : -1)],
      );
      await dataSource.query(
        `INSERT INTO schedule_gaps (id, job_id, from_at, to_at, reason, count) VALUES ($1, $2, $3, $3, 'paused', 1)`,
        [newId(), told, daysAgo(age * 50)],
      );
    }
    expect((await sweepExpired(dataSource, PERIODS)).rows).toEqual({
      jobs: 1,
      notifications: 1,
      idempotency_keys: 1,
      sessions: 1,
      schedule_gaps: 1,
    });
    const jobs = await ids('jobs', 'id');
    expect(jobs).not.toContain(gone);
    expect(jobs).toEqual(expect.arrayContaining([recent, busy, told]));
  });

  it('takes events off the audit trail that are past its own period, and no others', async () => {
    for (const age of [364, 366, 900]) {
      await dataSource.query(
        `INSERT INTO audit_events (id, occurred_at, action, target_type, target_id)
         VALUES ($1, $2, 'job.create', 'job', $3)`,
        [newId(), daysAgo(age), String(age)],
      );
    }
    expect((await sweepExpired(dataSource, PERIODS)).rows).toEqual({ audit_events: 2 });
    expect(await ids('audit_events', 'target_id')).toEqual(['364']);
  });
});
