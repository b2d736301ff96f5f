import { DataSource } from 'typeorm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { dataSourceOptions } from '#database';
import { createTestDatabase, type TestDatabase } from '#testing';
import { LoginLockout } from './login-lockout.service.js';

const EMAIL = 'jane@example.com';

describe('LoginLockout', () => {
  let database: TestDatabase;
  let dataSource: DataSource;
  let lockout: LoginLockout;

  beforeAll(async () => {
    database = await createTestDatabase();
    dataSource = await new DataSource({ ...dataSourceOptions(database.url), poolSize: 10 }).initialize();
    lockout = new LoginLockout(dataSource);
  });

  beforeEach(() => dataSource.query('DELETE FROM login_lockouts'));

  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  const fail = async (times: number) => {
    for (let count = 0; count < times; count += 1) await lockout.settle(EMAIL, false);
  };
  const pass = (interval: string) =>
    dataSource.query(
      `UPDATE login_lockouts SET locked_until = locked_until - interval '${interval}',
         last_failed_at = last_failed_at - interval '${interval}'`,
    );
  const lockSeconds = async () => {
    const [row] = await dataSource.query(
      'SELECT round(extract(epoch FROM locked_until - last_failed_at))::int AS seconds FROM login_lockouts',
    );
    return row.seconds as number | null;
  };

  it('locks with the fifth failure in a row and says for how long', async () => {
    await fail(4);
    await expect(lockout.refuseWhileLocked(EMAIL)).resolves.toBeUndefined();
    await fail(1);
    await expect(lockout.refuseWhileLocked(EMAIL)).rejects.toMatchObject({
      code: 'ACCOUNT_LOCKED',
      retryable: true,
      retryAfterMs: 60_000,
    });
    await expect(lockout.refuseWhileLocked('other@example.com')).resolves.toBeUndefined();
  });

  it('locks for twice as long each time, up to 15 minutes, until a right one', async () => {
    await fail(4);
    const seconds = [];
    for (let lock = 0; lock < 6; lock += 1) {
      await fail(1);
      seconds.push(await lockSeconds());
      await pass('16 minutes');
    }
    expect(seconds).toEqual([60, 120, 240, 480, 900, 900]);
    await lockout.settle(EMAIL, true);
    await fail(4);
    await expect(lockout.refuseWhileLocked(EMAIL)).resolves.toBeUndefined();
  });

  it('tells no more of many simultaneous guesses apart than of guesses in a row', async () => {
    const guesses = await Promise.allSettled(Array.from({ length: 40 }, () => lockout.settle(EMAIL, false)));
    expect(guesses.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
    await expect(lockout.settle(EMAIL, true)).rejects.toMatchObject({ code: 'ACCOUNT_LOCKED' });
  });

  it('forgets failures after a day, and sweeps what others left', async () => {
    await lockout.settle('left-behind@example.com', false);
    await fail(4);
    await pass('25 hours');
    await fail(1);
    expect(await lockSeconds()).toBeNull();
    expect(await dataSource.query('SELECT failures FROM login_lockouts')).toEqual([{ failures: 1 }]);
  });

  it('keeps no address in the clear', async () => {
    await fail(1);
    expect(JSON.stringify(await dataSource.query('SELECT * FROM login_lockouts'))).not.toContain('jane');
  });
});
