import { Injectable, Logger } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { recordAudit } from '#audit';
import { ChronosConfig } from '#config';
import { ChronosError } from '#contracts';
import { CHANNELS, newId, queryRows } from '#database';
import type { RevokeReason } from '../entities/session.entity.js';
import type { UserEntity } from '../entities/user.entity.js';
import type { Principal, Role } from '../principal.js';
import { AccessTokens } from './access-token.service.js';
import { hashRefreshToken, isSameHash, makeRefreshToken, sessionIdOf } from './refresh-token.js';
import { telling } from './telling.js';

/** What the client told about itself; kept with the session for its owner to recognise it by. */
export interface ClientInfo {
  userAgent?: string;
  ipAddress?: string;
}

export interface TokenPair {
  accessToken: string;
  refreshToken: string;
}

const USER_AGENT_LENGTH = 400;

/** Opens, renews, checks and ends sessions. Every change holds at once in all processes: nothing is cached. */
@Injectable()
export class SessionService {
  readonly #logger = new Logger(SessionService.name);

  constructor(
    private readonly dataSource: DataSource,
    private readonly accessTokens: AccessTokens,
    private readonly config: ChronosConfig,
  ) {}

  /**
   * Opens a session for somebody whose password has been checked. The row lock on the user makes this and a change
   * of password or a suspension follow one another: no session of the old password outlives it.
   * @param user with the hash the password was checked against
   * @returns undefined when that hash is no longer in force or the account was suspended meanwhile
   */
  async open(
    { id: userId, email, passwordHash }: Pick<UserEntity, 'id' | 'email' | 'passwordHash'>,
    client: ClientInfo,
  ): Promise<TokenPair | undefined> {
    const sessionId = newId();
    const { token, hash } = makeRefreshToken(sessionId);
    const userAgent = client.userAgent?.slice(0, USER_AGENT_LENGTH) ?? null;
    const isOpened = await this.dataSource.transaction(async (manager) => {
      const opened = await queryRows(manager, OPEN, [
        sessionId,
        userId,
        passwordHash,
        hash,
        userAgent,
        client.ipAddress ?? null,
        this.config.auth.refreshTokenTtlMs,
      ]);
      if (opened.length === 0) return false;
      await recordAudit(manager, {
        action: 'user.login',
        target: { type: 'user', id: userId },
        ownerId: userId,
        after: { sessionId, userAgent },
        actor: { id: userId, email },
      });
      return true;
    });
    if (!isOpened) return undefined;
    return { accessToken: this.accessTokens.sign({ sub: userId, sid: sessionId }), refreshToken: token };
  }

  /**
   * Replaces a refresh token by a new pair. One token can be replaced once:
   * - presented again later, it has been copied by somebody: 401, and the whole session is revoked, since nobody
   *   can tell the thief from the owner (RFC 9700, section 4.14.2);
   * - presented twice at the same time, that is, before either was replaced, one of the two wins and the session
   *   lives on; the other gets 401 and can use the tokens the winner got.
   * @throws ChronosError INVALID_REFRESH_TOKEN
   */
  async refresh(refreshToken: string, client: ClientInfo): Promise<TokenPair> {
    const sessionId = sessionIdOf(refreshToken);
    if (!sessionId) throw invalidRefreshToken();
    const presented = hashRefreshToken(refreshToken);
    const [session] = await this.dataSource.query<{ userId: string; hash: string }[]>(LIVE_SESSION, [
      sessionId,
    ]);
    if (!session) throw invalidRefreshToken();
    if (!isSameHash(session.hash, presented)) {
      await this.revoke(sessionId, 'refresh_reuse');
      this.#logger.warn({ msg: 'A replaced refresh token was used: session revoked', sessionId, ...client });
      throw invalidRefreshToken();
    }
    const next = makeRefreshToken(sessionId);
    const replaced = await queryRows(this.dataSource, REPLACE, [
      sessionId,
      presented,
      next.hash,
      client.userAgent?.slice(0, USER_AGENT_LENGTH) ?? null,
      client.ipAddress ?? null,
      this.config.auth.refreshTokenTtlMs,
    ]);
    if (replaced.length === 0) throw invalidRefreshToken();
    return {
      accessToken: this.accessTokens.sign({ sub: session.userId, sid: sessionId }),
      refreshToken: next.token,
    };
  }

  /** Who a session stands for, as of now; undefined when it has ended or its user may not sign in. */
  async resolve(sessionId: string, userId: string): Promise<Principal | undefined> {
    const [principal] = await this.dataSource.query<Principal[]>(RESOLVE, [sessionId, userId]);
    return principal;
  }

  /** The roles in which those of the given sessions and API keys that hold may act, by id; the others are not in it. */
  async rolesOf(credentialIds: string[]): Promise<Map<string, Role>> {
    const rows = await queryRows<{ id: string; role: Role }>(this.dataSource, ROLES_OF, [credentialIds]);
    return new Map(rows.map(({ id, role }) => [id, role]));
  }

  /** Ends one session: its tokens stop working with the next request. Ending it twice changes nothing. */
  async revoke(sessionId: string, reason: RevokeReason): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const revoked = await queryRows<{ userId: string }>(manager, REVOKE, [sessionId, reason]);
      for (const { userId } of revoked) {
        await recordAudit(manager, {
          action: reason === 'refresh_reuse' ? 'session.reuse' : 'session.revoke',
          target: { type: 'session', id: sessionId },
          ownerId: userId,
          after: { reason },
        });
      }
    });
  }

  /** Ends all sessions of a user: their tokens stop working with the next request. API keys live on. */
  async revokeEverywhere(userId: string): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      await this.revokeAll(manager, userId, 'logout');
      await recordAudit(manager, {
        action: 'session.revoke',
        target: { type: 'user', id: userId },
        ownerId: userId,
        after: { reason: 'logout', sessions: 'all' },
      });
    });
  }

  /** Ends all sessions of a user but the one to keep, within the caller's transaction. */
  async revokeAll(
    manager: EntityManager,
    userId: string,
    reason: RevokeReason,
    keep?: string,
  ): Promise<void> {
    await manager.query(
      telling(`UPDATE sessions SET revoked_at = now(), revoke_reason = $2
        WHERE user_id = $1 AND revoked_at IS NULL AND id IS DISTINCT FROM $3::uuid`),
      [userId, reason, keep ?? null],
    );
  }
}

const OPEN = `
  WITH expired AS (DELETE FROM sessions WHERE user_id = $2 AND expires_at < now())
  INSERT INTO sessions (id, user_id, refresh_token_hash, user_agent, ip_address, expires_at)
  SELECT $1::uuid, id, $4, $5, $6, now() + $7 * interval '1 millisecond'
  FROM users WHERE id = $2 AND is_active AND password_hash = $3
  FOR SHARE
  RETURNING id`;

const LIVE_SESSION = `
  SELECT s.user_id AS "userId", s.refresh_token_hash AS hash
  FROM sessions s JOIN users u ON u.id = s.user_id
  WHERE s.id = $1 AND s.revoked_at IS NULL AND s.expires_at > now() AND u.is_active`;

const REPLACE = `
  UPDATE sessions SET refresh_token_hash = $3, last_used_at = now(), user_agent = coalesce($4, user_agent),
    ip_address = coalesce($5, ip_address), expires_at = now() + $6 * interval '1 millisecond'
  WHERE id = $1 AND refresh_token_hash = $2 AND revoked_at IS NULL AND expires_at > now()
  RETURNING id`;

const REVOKE = `
  WITH ended AS (
    UPDATE sessions SET revoked_at = now(), revoke_reason = $2 WHERE id = $1 AND revoked_at IS NULL RETURNING user_id)
  SELECT user_id AS "userId", pg_notify('${CHANNELS.sessions}', '') FROM ended`;

const RESOLVE = `
  SELECT u.id, u.email, u.name, u.role, s.id AS "sessionId"
  FROM sessions s JOIN users u ON u.id = s.user_id
  WHERE s.id = $1 AND s.user_id = $2 AND s.revoked_at IS NULL AND s.expires_at > now() AND u.is_active`;

const ROLES_OF = `
  SELECT s.id, u.role FROM sessions s JOIN users u ON u.id = s.user_id
  WHERE s.id = ANY($1::uuid[]) AND s.revoked_at IS NULL AND s.expires_at > now() AND u.is_active
  UNION ALL
  SELECT k.id, u.role FROM api_keys k JOIN users u ON u.id = k.user_id
  WHERE k.id = ANY($1::uuid[]) AND (k.expires_at IS NULL OR k.expires_at > now()) AND u.is_active`;

function invalidRefreshToken(): ChronosError {
  return new ChronosError(
    'INVALID_REFRESH_TOKEN',
    'The refresh token is not valid: it has expired, was used before, or its session has ended. Sign in again.',
  );
}
