import { Test } from '@nestjs/testing';
import { DataSource, type QueryRunner } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConfigModule } from '#config';
import { DatabaseModule, newId } from '#database';
import { createTestDatabase, testConfig, waitFor } from '#testing';
import { AuthModule } from '../auth.module.js';
import { SessionService } from './session.service.js';

describe('SessionService', () => {
  let dataSource: DataSource;
  let sessions: SessionService;
  let close: () => Promise<void>;

  beforeAll(async () => {
    const database = await createTestDatabase();
    const config = testConfig({ database: { url: database.url } });
    const module = await Test.createTestingModule({
      imports: [ConfigModule.forRoot(config), DatabaseModule, AuthModule],
    }).compile();
    dataSource = module.get(DataSource);
    sessions = module.get(SessionService);
    close = async () => {
      await module.close();
      await database.drop();
    };
  });

  afterAll(() => close());

  async function createUser(): Promise<string> {
    const id = newId();
    await dataSource.query(
      `INSERT INTO users (id, email, name, password_hash) VALUES ($1::uuid, $1::uuid::text || '@example.com', 'Test', 'hash')`,
      [id],
    );
    return id;
  }

  async function openSession() {
    const userId = await createUser();
    const tokens = await sessions.open({ id: userId, email: 'jane@example.com', passwordHash: 'hash' }, {});
    if (!tokens) throw new Error('not opened');
    return { userId, sessionId: tokens.refreshToken.slice(0, 36), ...tokens };
  }

  /** Runs `work` while another transaction holds what `sql` changes, then commits that one. */
  async function whileHeld<T>(sql: string, waiters: number, work: () => Promise<T>): Promise<T> {
    const holder: QueryRunner = dataSource.createQueryRunner();
    await holder.startTransaction();
    await holder.query(sql);
    const result = work();
    try {
      await waitFor(
        async () => {
          const [row] = await dataSource.query(
            `SELECT count(*)::int AS waiting FROM pg_locks l JOIN pg_stat_activity a USING (pid)
             WHERE NOT l.granted AND a.datname = current_database()`,
          );
          return row.waiting >= waiters;
        },
        { what: `${waiters} statements to wait for the lock` },
      );
    } finally {
      await holder.commitTransaction();
      await holder.release();
    }
    return result;
  }

  it('lets one of two simultaneous refreshes win, and the session lives on with what it got', async () => {
    const { sessionId, userId, refreshToken } = await openSession();
    const outcomes = await whileHeld(`SELECT 1 FROM sessions WHERE id = '${sessionId}' FOR UPDATE`, 2, () =>
      Promise.allSettled([sessions.refresh(refreshToken, {}), sessions.refresh(refreshToken, {})]),
    );
    const won = outcomes.filter((one) => one.status === 'fulfilled');
    const lost = outcomes.filter((one) => one.status === 'rejected');
    expect(won).toHaveLength(1);
    expect(lost.map(({ reason }) => reason.code)).toEqual(['INVALID_REFRESH_TOKEN']);
    expect(await sessions.resolve(sessionId, userId)).toMatchObject({ id: userId, sessionId });
    await expect(sessions.refresh(won[0]?.value.refreshToken ?? '', {})).resolves.toHaveProperty(
      'accessToken',
    );
  });

  it('never lets two of many win', async () => {
    const { refreshToken } = await openSession();
    const outcomes = await Promise.allSettled(
      Array.from({ length: 12 }, () => sessions.refresh(refreshToken, {})),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('does not renew a session that a logout ends at the same moment', async () => {
    const { sessionId, userId, refreshToken } = await openSession();
    const revoke = `UPDATE sessions SET revoked_at = now(), revoke_reason = 'logout' WHERE id = '${sessionId}'`;
    const [outcome] = await whileHeld(revoke, 1, () =>
      Promise.allSettled([sessions.refresh(refreshToken, {})]),
    );
    expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'INVALID_REFRESH_TOKEN' } });
    expect(await sessions.resolve(sessionId, userId)).toBeUndefined();
  });

  it.each([
    ['the password', `password_hash = 'other'`],
    ['the permission to sign in', 'is_active = false'],
  ])('opens nothing when %s changes between the check and the opening', async (_, change) => {
    const userId = await createUser();
    const update = `UPDATE users SET ${change} WHERE id = '${userId}'`;
    expect(
      await whileHeld(update, 1, () =>
        sessions.open({ id: userId, email: 'jane@example.com', passwordHash: 'hash' }, {}),
      ),
    ).toBeUndefined();
    expect(await dataSource.query('SELECT 1 FROM sessions WHERE user_id = $1', [userId])).toEqual([]);
  });

  it('clears away the sessions that have expired when the user signs in again', async () => {
    const { userId } = await openSession();
    await dataSource.query(`UPDATE sessions SET expires_at = now() - interval '1 s' WHERE user_id = $1`, [
      userId,
    ]);
    await sessions.open(
      { id: userId, email: 'jane@example.com', passwordHash: 'hash' },
      { userAgent: 'x'.repeat(500), ipAddress: '::1' },
    );
    const rows = await dataSource.query(
      'SELECT length(user_agent) AS agent, ip_address AS address FROM sessions WHERE user_id = $1',
      [userId],
    );
    expect(rows).toEqual([{ agent: 400, address: '::1' }]);
  });

  it('prolongs a session with each refresh', async () => {
    const { sessionId, refreshToken } = await openSession();
    await dataSource.query(`UPDATE sessions SET expires_at = now() + interval '1 h' WHERE id = $1`, [
      sessionId,
    ]);
    await sessions.refresh(refreshToken, {});
    const [row] = await dataSource.query(
      `SELECT expires_at > now() + interval '29 days' AS prolonged FROM sessions WHERE id = $1`,
      [sessionId],
    );
    expect(row).toEqual({ prolonged: true });
  });
});
