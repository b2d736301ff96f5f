import { randomBytes } from 'node:crypto';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '#contracts';
import { dataSourceOptions, newId } from '#database';
import { createTestDatabase, type TestDatabase } from '#testing';
import { rotateSecrets } from './rotate-secrets.js';
import { SecretBox } from './secret-box.js';

const JOBS = 230;

describe('rotateSecrets', () => {
  const [older, newer, lost] = [randomBytes(32), randomBytes(32), randomBytes(32)];
  let database: TestDatabase;
  let dataSource: DataSource;

  beforeAll(async () => {
    database = await createTestDatabase();
    dataSource = await new DataSource(dataSourceOptions(database.url)).initialize();
    const owner = newId();
    await dataSource.query(
      `INSERT INTO users (id, email, name, password_hash) VALUES ($1, 'a@example.com', 'A', 'x')`,
      [owner],
    );
    const box = new SecretBox([older]);
    const sealed = (text: string): JsonObject => ({ $sealed: box.seal(JSON.stringify(text)) });
    await dataSource.query(`INSERT INTO secrets (id, owner_id, name, value) VALUES ($1, $2, 'N', $3)`, [
      newId(),
      owner,
      box.seal('named'),
    ]);
    for (let count = 0; count < JOBS; count += 1) {
      const id = newId();
      const payload = { url: 'u', list: [{ deep: sealed(`p${count}`) }], plain: '$sealed' };
      await dataSource.query(
        `INSERT INTO jobs (id, owner_id, name, type, payload, schedule_type, max_retries, retry_delay_ms, backoff, timeout_ms, notifications)
         VALUES ($1, $2, 'J', 'http', $3, 'immediate', 0, 0, '{}', 1000, $4)`,
        [id, owner, payload, count === 0 ? { secret: sealed('channel') } : {}],
      );
      for (const version of [1, 2])
        await dataSource.query(`INSERT INTO job_versions (job_id, version, definition) VALUES ($1, $2, $3)`, [
          id,
          version,
          { payload, note: 'x' },
        ]);
      if (count > 0) continue;
      await dataSource.query(
        `INSERT INTO executions (id, scheduled_for, job_id, type, trigger, status, effective_at, due_at, max_attempts, payload_override)
         VALUES ($1, now(), $2, 'http', 'manual', 'scheduled', now(), now(), 1, $3)`,
        [newId(), id, { secret: sealed('override') }],
      );
      await dataSource.query(
        `INSERT INTO notifications (id, job_id, execution_id, event, channel, payload)
         VALUES ($1, $2, $3, 'failed', 'webhook', $4)`,
        [newId(), id, newId(), { target: { secret: sealed('outbox') } }],
      );
    }
  });

  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  const rotate = (...encryptionKeys: [Buffer, ...Buffer[]]) =>
    rotateSecrets({ database: { url: database.url }, secrets: { encryptionKeys } });
  const counts = (reports: Awaited<ReturnType<typeof rotate>>) =>
    Object.fromEntries(reports.map(({ column, resealed }) => [column, resealed]));
  const stored = async () =>
    JSON.stringify(
      await dataSource.query(
        `SELECT (SELECT jsonb_agg(payload || notifications) FROM jobs) AS jobs,
           (SELECT jsonb_agg(definition) FROM job_versions) AS versions, (SELECT jsonb_agg(value) FROM secrets) AS secrets,
           (SELECT jsonb_agg(payload_override) FROM executions) AS executions,
           (SELECT jsonb_agg(payload) FROM notifications) AS notifications`,
      ),
    );

  it('leaves alone what it cannot open, and says where that is', async () => {
    const before = await stored();
    const reports = await rotate(newer, lost);
    expect(reports.map(({ resealed, unreadable }) => [resealed, unreadable.length])).toEqual([
      [0, 1],
      [0, JOBS],
      [0, 1],
      [0, 2 * JOBS],
      [0, 1],
      [0, 1],
    ]);
    expect(await stored()).toBe(before);
  });

  it('seals everything with the first key, once, however many do it at the same time', async () => {
    const both = await Promise.all([rotate(newer, older), rotate(newer, older)]);
    const total = both.map(counts).reduce((sum, one) => {
      return Object.fromEntries(
        Object.entries(sum).map(([column, count]) => [column, count + (one[column] ?? 0)]),
      );
    });
    expect(total).toEqual({
      'secrets.value': 1,
      'jobs.payload': JOBS,
      'jobs.notifications': 1,
      'job_versions.definition': 2 * JOBS,
      'executions.payload_override': 1,
      'notifications.payload': 1,
    });
    const box = new SecretBox([newer]);
    const sealed = [...(await stored()).matchAll(/v1\.[0-9a-f]{8}\.[\w-]+/g)].map(([text]) => box.open(text));
    expect(sealed).toHaveLength(3 * JOBS + 4);
    expect(sealed).toEqual(expect.arrayContaining(['named', '"p7"', '"channel"', '"override"', '"outbox"']));
  });

  it('finds nothing to do the second time', async () => {
    expect(Object.values(counts(await rotate(newer))).every((count) => count === 0)).toBe(true);
  });
});
