import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { DataSource, Repository, type SelectQueryBuilder } from 'typeorm';
import { type AuditAction, changesBetween, recordAudit } from '#audit';
import { ChronosError } from '#contracts';
import { containing } from '#database';
import { ApiKeyService } from '../api-keys/api-key.service.js';
import { UserEntity } from '../entities/user.entity.js';
import type { Role } from '../principal.js';
import { LoginLockout } from './login-lockout.service.js';
import { SessionService } from '../sessions/session.service.js';
import { type ManagedUserView, toManagedUserView, toUserView, type UserView } from './user-view.js';

/** Which accounts; what is left out does not matter. */
export interface UserFilter {
  /** Part of the name or of the e-mail address, in any case. */
  search?: string;
  role?: Role;
  active?: boolean;
}

export interface UserSlice {
  items: ManagedUserView[];
  total: number;
  /** Pass it as `before` for the users after these. */
  nextId: string | undefined;
}

/** Reads and administers accounts. Who may call what is for the guards to say. */
@Injectable()
export class UserService {
  constructor(
    @InjectRepository(UserEntity) private readonly users: Repository<UserEntity>,
    private readonly dataSource: DataSource,
    private readonly sessions: SessionService,
    private readonly apiKeys: ApiKeyService,
    private readonly lockout: LoginLockout,
  ) {}

  /** @throws ChronosError NOT_FOUND */
  async get(id: string): Promise<UserView> {
    const user = await this.users.findOneBy({ id });
    if (!user) throw ChronosError.notFound('user', id);
    return toUserView(user);
  }

  async rename(id: string, name: string): Promise<UserView> {
    return this.dataSource.transaction(async (manager) => {
      const user = await manager.findOne(UserEntity, { where: { id }, lock: { mode: 'for_no_key_update' } });
      if (!user) throw ChronosError.notFound('user', id);
      await manager.update(UserEntity, { id }, { name, updatedAt: () => 'now()' });
      await recordAudit(manager, {
        action: 'user.update',
        target: { type: 'user', id },
        ownerId: id,
        ...changesBetween({ name: user.name }, { name }),
      });
      user.name = name;
      return toUserView(user);
    });
  }

  /** Newest first: `limit` users after the first `offset`, or after the one with the id `before`. */
  async list({
    offset,
    limit,
    before,
    ...filter
  }: UserFilter & { offset: number; limit: number; before?: string }): Promise<UserSlice> {
    const query = this.#matching(filter);
    const total = await query.getCount();
    if (before === undefined) query.skip(offset);
    else query.andWhere('account.id < :before', { before });
    const found = await query
      .orderBy('account.id', 'DESC')
      .take(limit + 1)
      .getMany();
    const items = await this.#views(found.slice(0, limit));
    return { items, total, nextId: found.length > limit ? items.at(-1)?.id : undefined };
  }

  /**
   * Changes the role of an account or suspends it; both hold with its next request, and a suspension ends its
   * sessions and deletes its API keys. The last admin who can sign in stays one. `locked: false` forgets its failed
   * sign-ins, so that it can sign in at once.
   * @throws ChronosError NOT_FOUND, INVALID_STATE
   */
  async administer(
    id: string,
    change: { role?: Role; active?: boolean; locked?: false },
  ): Promise<ManagedUserView> {
    const changed = await this.dataSource.transaction(async (manager) => {
      // Locked in one order by all, so that two admins cannot depose each other at once.
      const admins = await manager.query<{ id: string }[]>(
        `SELECT id FROM users WHERE role = 'admin' AND is_active ORDER BY id FOR UPDATE`,
      );
      const user = await manager.findOneBy(UserEntity, { id });
      if (!user) throw ChronosError.notFound('user', id);
      const role = change.role ?? user.role;
      const isActive = change.active ?? user.isActive;
      const isLastAdmin = admins.length === 1 && admins[0]?.id === id;
      if (isLastAdmin && (role !== 'admin' || !isActive)) {
        throw new ChronosError('INVALID_STATE', 'This is the last active admin. Make another one first.');
      }
      await manager.update(UserEntity, { id }, { role, isActive, updatedAt: () => 'now()' });
      if (!isActive) {
        await this.sessions.revokeAll(manager, id, 'account_disabled');
        await this.apiKeys.deleteAll(manager, id);
      }
      const was = { role: user.role, active: user.isActive };
      for (const action of administered(was, { role, active: isActive })) {
        await recordAudit(manager, {
          action,
          target: { type: 'user', id },
          ownerId: id,
          ...(action === 'user.role'
            ? changesBetween({ role: was.role }, { role })
            : changesBetween({ active: was.active }, { active: isActive })),
        });
      }
      if (change.locked === false && (await this.lockout.forget(manager, user.email))) {
        await recordAudit(manager, { action: 'user.unlock', target: { type: 'user', id }, ownerId: id });
      }
      return manager.findOneByOrFail(UserEntity, { id });
    });
    const [view] = await this.#views([changed]);
    return view as ManagedUserView;
  }

  #matching({ search, role, active }: UserFilter): SelectQueryBuilder<UserEntity> {
    const query = this.users.createQueryBuilder('account');
    if (search) {
      query.andWhere('(account.name ILIKE :pattern OR account.email ILIKE :pattern)', {
        pattern: containing(search),
      });
    }
    if (role) query.andWhere('account.role = :role', { role });
    if (active !== undefined) query.andWhere('account.isActive = :active', { active });
    return query;
  }

  async #views(users: UserEntity[]): Promise<ManagedUserView[]> {
    const locked = await this.lockout.lockedUntil(users.map(({ email }) => email));
    return users.map((user) => toManagedUserView(user, locked.get(user.email) ?? null));
  }
}

interface Standing {
  role: Role;
  active: boolean;
}

/** What an admin's change did; asking for what is so already does nothing. */
function administered(was: Standing, is: Standing): AuditAction[] {
  const standing: AuditAction[] =
    was.active === is.active ? [] : [is.active ? 'user.activate' : 'user.suspend'];
  return was.role === is.role ? standing : ['user.role', ...standing];
}
