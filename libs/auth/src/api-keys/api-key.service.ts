import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { DataSource, type EntityManager, Repository } from 'typeorm';
import { recordAudit } from '#audit';
import { ChronosError } from '#contracts';
import { newId, queryRows } from '#database';
import { ApiKeyEntity } from '../entities/api-key.entity.js';
import type { Principal } from '../principal.js';
import { telling } from '../sessions/telling.js';
import { apiKeyIdOf, hashApiKey, makeApiKey } from './api-key.js';
import { type ApiKeyView, type CreatedApiKey, toApiKeyView } from './api-key-view.js';

const MAX_KEYS_PER_USER = 50;
/** How many keys this process remembers the owners of. */
const MAX_REMEMBERED = 10_000;

/** Makes, lists, checks and deletes API keys. Whether a key holds is read for each request: nothing is cached. */
@Injectable()
export class ApiKeyService {
  /** Whose key each hash is, of the keys that worked when last used here. The oldest is first. */
  readonly #owners = new Map<string, string>();

  constructor(
    @InjectRepository(ApiKeyEntity) private readonly keys: Repository<ApiKeyEntity>,
    private readonly dataSource: DataSource,
  ) {}

  /**
   * Makes a key; no later answer holds it again. The lock on the user's row makes keys follow one another, so
   * that nobody gets more than 50, and none is made for an account that is suspended at the same moment.
   * @throws ChronosError VALIDATION_FAILED (`expiresAt`), INVALID_STATE at the limit, UNAUTHENTICATED
   */
  async create(
    userId: string,
    { name, expiresAt }: { name: string; expiresAt?: Date },
  ): Promise<CreatedApiKey> {
    const id = newId();
    const { key, hash } = makeApiKey(id);
    return this.dataSource.transaction(async (manager) => {
      const [owner] = await manager.query<{ isAhead: boolean }[]>(LOCK_OWNER, [userId, expiresAt ?? null]);
      if (!owner) throw new ChronosError('UNAUTHENTICATED', 'The account was suspended meanwhile.');
      if (!owner.isAhead) throw ChronosError.invalid('expiresAt', 'must be in the future');
      if ((await manager.countBy(ApiKeyEntity, { userId })) >= MAX_KEYS_PER_USER) {
        throw new ChronosError(
          'INVALID_STATE',
          `An account has at most ${MAX_KEYS_PER_USER} API keys, expired ones included. Delete one first.`,
        );
      }
      await manager.insert(ApiKeyEntity, { id, userId, name, keyHash: hash, expiresAt: expiresAt ?? null });
      await recordAudit(manager, {
        action: 'api_key.create',
        target: { type: 'api_key', id },
        ownerId: userId,
        after: { name, expiresAt: expiresAt?.toISOString() ?? null },
      });
      return { ...toApiKeyView(await manager.findOneByOrFail(ApiKeyEntity, { id })), key };
    });
  }

  /** All keys of a user, newest first, expired ones included. */
  async list(userId: string): Promise<ApiKeyView[]> {
    return (await this.keys.find({ where: { userId }, order: { id: 'DESC' } })).map(toApiKeyView);
  }

  /**
   * The key stops working with the next request.
   * @throws ChronosError NOT_FOUND, also where it is somebody else's
   */
  async delete(userId: string, id: string): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const key = await manager.findOneBy(ApiKeyEntity, { id, userId });
      const deleted = await queryRows(
        manager,
        telling('DELETE FROM api_keys WHERE id = $1 AND user_id = $2'),
        [id, userId],
      );
      if (!key || deleted.length === 0) throw ChronosError.notFound('API key', id);
      await recordAudit(manager, {
        action: 'api_key.delete',
        target: { type: 'api_key', id },
        ownerId: userId,
        before: { name: key.name, expiresAt: key.expiresAt?.toISOString() ?? null },
      });
    });
  }

  /** Deletes all keys of a user, within the caller's transaction. */
  async deleteAll(manager: EntityManager, userId: string): Promise<void> {
    await manager.query(telling('DELETE FROM api_keys WHERE user_id = $1'), [userId]);
  }

  /** Who a key stands for, as of now; undefined when it is none, has expired, or its user may not sign in. */
  async resolve(key: string): Promise<Principal | undefined> {
    const id = apiKeyIdOf(key);
    if (id === undefined) return undefined;
    const hash = hashApiKey(key);
    const [found] = await this.dataSource.query<(Principal & { isUseUnnoted: boolean })[]>(RESOLVE, [
      id,
      hash,
    ]);
    this.#owners.delete(hash);
    if (!found) return undefined;
    const { isUseUnnoted, ...principal } = found;
    this.#remember(hash, principal.id);
    if (isUseUnnoted) await this.dataSource.query(NOTE_USE, [id]);
    return principal;
  }

  /**
   * Whose key it is, from memory: undefined until it has worked once in this process. For counting requests before
   * the database is asked; it says nothing about whether the key still holds.
   */
  ownerOf(key: string): string | undefined {
    return apiKeyIdOf(key) === undefined ? undefined : this.#owners.get(hashApiKey(key));
  }

  #remember(hash: string, userId: string): void {
    this.#owners.set(hash, userId);
    const [oldest] = this.#owners.keys();
    if (oldest !== undefined && this.#owners.size > MAX_REMEMBERED) this.#owners.delete(oldest);
  }
}

const LOCK_OWNER = `
  SELECT ($2::timestamptz IS NULL OR $2 > now()) AS "isAhead"
  FROM users WHERE id = $1 AND is_active FOR NO KEY UPDATE`;

/** One write a minute and key, however often it is used. */
const IS_USE_UNNOTED = `(last_used_at IS NULL OR last_used_at <= now() - interval '1 minute')`;

const RESOLVE = `
  SELECT u.id, u.email, u.name, u.role, k.id AS "apiKeyId", ${IS_USE_UNNOTED} AS "isUseUnnoted"
  FROM api_keys k JOIN users u ON u.id = k.user_id
  WHERE k.id = $1 AND k.key_hash = $2 AND (k.expires_at IS NULL OR k.expires_at > now()) AND u.is_active`;

const NOTE_USE = `UPDATE api_keys SET last_used_at = now() WHERE id = $1 AND ${IS_USE_UNNOTED}`;
