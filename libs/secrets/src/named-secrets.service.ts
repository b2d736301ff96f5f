import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { recordAudit } from '#audit';
import { ChronosConfig } from '#config';
import { ChronosError, type JsonObject, SECRET_MASK } from '#contracts';
import { newId, queryRows, type SqlRunner } from '#database';
import { type SecretBox, secretBoxOf } from './secret-box.js';

/** A letter or underscore, then letters, digits and underscores: what templates read without quotes. */
export const SECRET_NAME = /^[A-Za-z_][A-Za-z0-9_]{0,63}$/;
const MAX_SECRETS_PER_USER = 200;

/** A named secret as its owner sees it: never with its value. */
export interface NamedSecretView {
  id: string;
  name: string;
  description: string | null;
  createdAt: Date;
  updatedAt: Date;
  /** By a run; to within a minute. */
  lastUsedAt: Date | null;
  /** The jobs whose payload names it. */
  usedBy: { id: string; name: string }[];
}

/** Makes, changes and deletes the named secrets of users. Their values go in and do not come out again, but to workers. */
@Injectable()
export class NamedSecrets {
  readonly #box: SecretBox;

  constructor(
    private readonly dataSource: DataSource,
    config: ChronosConfig,
  ) {
    this.#box = secretBoxOf(config);
  }

  /** @throws ChronosError SECRET_EXISTS, or INVALID_STATE at the limit of 200 a user */
  async create(
    ownerId: string,
    { name, value, description = null }: { name: string; value: string; description?: string | null },
  ): Promise<NamedSecretView> {
    const id = newId();
    await this.dataSource.transaction(async (manager) => {
      // Secrets of one user are made one after the other, so that nobody gets more than the limit.
      await manager.query('SELECT id FROM users WHERE id = $1 FOR NO KEY UPDATE', [ownerId]);
      const [held] = await queryRows<{ count: number }>(
        manager,
        'SELECT count(*)::int AS count FROM secrets WHERE owner_id = $1',
        [ownerId],
      );
      if (held && held.count >= MAX_SECRETS_PER_USER) {
        throw new ChronosError(
          'INVALID_STATE',
          `An account has at most ${MAX_SECRETS_PER_USER} secrets. Delete one first.`,
        );
      }
      const made = await queryRows(manager, INSERT, [id, ownerId, name, description, this.#box.seal(value)]);
      if (made.length === 0) {
        throw new ChronosError(
          'SECRET_EXISTS',
          `You have a secret "${name}" already. Change it with PATCH /api/v1/secrets/${name}.`,
        );
      }
      await this.#record(manager, 'secret.create', id, ownerId, { after: { name, description } });
    });
    return this.get(ownerId, name);
  }

  /** All of a user's, by name. */
  async list(ownerId: string): Promise<NamedSecretView[]> {
    return queryRows<NamedSecretView>(this.dataSource, `${SELECT} ORDER BY s.name`, [ownerId]);
  }

  /** @throws ChronosError NOT_FOUND */
  async get(ownerId: string, name: string): Promise<NamedSecretView> {
    const [found] = await queryRows<NamedSecretView>(this.dataSource, `${SELECT} AND s.name = $2`, [
      ownerId,
      name,
    ]);
    if (!found) throw ChronosError.notFound('secret', name);
    return found;
  }

  /**
   * Replaces what is given. Runs that begin from now on have the new value.
   * @throws ChronosError NOT_FOUND
   */
  async update(
    ownerId: string,
    name: string,
    change: { value?: string; description?: string | null },
  ): Promise<NamedSecretView> {
    await this.dataSource.transaction(async (manager) => {
      const before = await lock(manager, ownerId, name);
      const description = change.description === undefined ? before.description : change.description;
      const sealed = change.value === undefined ? null : this.#box.seal(change.value);
      await manager.query(UPDATE, [before.id, sealed, description]);
      const isDescribed = description !== before.description;
      await this.#record(manager, 'secret.update', before.id, ownerId, {
        before: {
          ...(sealed && { value: SECRET_MASK }),
          ...(isDescribed && { description: before.description }),
        },
        after: { name, ...(sealed && { value: SECRET_MASK }), ...(isDescribed && { description }) },
      });
    });
    return this.get(ownerId, name);
  }

  /**
   * @param options.force also where jobs use it; their runs will fail
   * @throws ChronosError NOT_FOUND, SECRET_IN_USE
   */
  async delete(ownerId: string, name: string, { force = false }: { force?: boolean } = {}): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      // Whoever stores a job with this secret holds a lock on it (`missing`), and has ended before the jobs are looked at.
      const { id, description } = await lock(manager, ownerId, name);
      const usedBy = await queryRows<{ id: string; name: string }>(manager, USED_BY, [ownerId, name]);
      if (usedBy.length > 0 && !force) {
        const names = usedBy.slice(0, 5).map((job) => `"${job.name}" (${job.id})`);
        throw new ChronosError(
          'SECRET_IN_USE',
          `Jobs use this secret: ${names.join(', ')}${usedBy.length > 5 ? ', ...' : ''}. Change them first, or delete it with ?force=true: their runs will then fail.`,
        );
      }
      await manager.query('DELETE FROM secrets WHERE id = $1', [id]);
      await this.#record(manager, 'secret.delete', id, ownerId, {
        before: { name, description, usedBy: usedBy.map((job) => job.id) },
      });
    });
  }

  /**
   * Which of these names are no secrets of this user. Those that are cannot be deleted before the caller's transaction
   * has ended.
   */
  async missing(runner: SqlRunner, ownerId: string, names: string[]): Promise<string[]> {
    if (names.length === 0) return [];
    const found = await queryRows<{ name: string }>(
      runner,
      'SELECT name FROM secrets WHERE owner_id = $1 AND name = ANY($2::text[]) FOR KEY SHARE',
      [ownerId, names],
    );
    const known = new Set(found.map(({ name }) => name));
    return names.filter((name) => !known.has(name));
  }

  /** The values of those of the names that there are, for a run of a job of this user. Notes their use. */
  async open(ownerId: string, names: string[]): Promise<Map<string, string>> {
    if (names.length === 0) return new Map();
    const rows = await queryRows<{ id: string; name: string; value: string; isUseUnnoted: boolean }>(
      this.dataSource,
      OPEN,
      [ownerId, names],
    );
    const unnoted = rows.filter(({ isUseUnnoted }) => isUseUnnoted).map(({ id }) => id);
    if (unnoted.length > 0) await this.dataSource.query(NOTE_USE, [unnoted]);
    return new Map(rows.map(({ name, value }) => [name, this.#box.open(value)]));
  }

  async #record(
    runner: SqlRunner,
    action: 'secret.create' | 'secret.update' | 'secret.delete',
    id: string,
    ownerId: string,
    changes: { before?: JsonObject; after?: JsonObject },
  ): Promise<void> {
    await recordAudit(runner, { action, target: { type: 'secret', id }, ownerId, ...changes });
  }
}

async function lock(
  runner: SqlRunner,
  ownerId: string,
  name: string,
): Promise<{ id: string; description: string | null }> {
  const [found] = await queryRows<{ id: string; description: string | null }>(
    runner,
    'SELECT id, description FROM secrets WHERE owner_id = $1 AND name = $2 FOR UPDATE',
    [ownerId, name],
  );
  if (!found) throw ChronosError.notFound('secret', name);
  return found;
}

/** A cancelled job never runs again; every other may. */
const USES = `j.owner_id = $1 AND j.deleted_at IS NULL AND j.status <> 'cancelled'`;

const USED_BY = `SELECT j.id, j.name FROM jobs j WHERE ${USES} AND $2 = ANY(j.used_secrets) ORDER BY j.id`;

const SELECT = `
  SELECT s.id, s.name, s.description, s.created_at AS "createdAt", s.updated_at AS "updatedAt",
    s.last_used_at AS "lastUsedAt",
    coalesce((SELECT jsonb_agg(jsonb_build_object('id', j.id, 'name', j.name) ORDER BY j.id)
      FROM jobs j WHERE ${USES} AND s.name = ANY(j.used_secrets)), '[]') AS "usedBy"
  FROM secrets s WHERE s.owner_id = $1`;

const INSERT = `
  INSERT INTO secrets (id, owner_id, name, description, value) VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT (owner_id, name) DO NOTHING RETURNING id`;

const UPDATE = `
  UPDATE secrets SET value = coalesce($2, value), description = $3, updated_at = now() WHERE id = $1`;

/** One write a minute and secret, however often it is used. */
const IS_USE_UNNOTED = `(last_used_at IS NULL OR last_used_at <= now() - interval '1 minute')`;

const OPEN = `
  SELECT id, name, value, ${IS_USE_UNNOTED} AS "isUseUnnoted" FROM secrets
  WHERE owner_id = $1 AND name = ANY($2::text[])`;

const NOTE_USE = `UPDATE secrets SET last_used_at = now() WHERE id = ANY($1::uuid[]) AND ${IS_USE_UNNOTED}`;
