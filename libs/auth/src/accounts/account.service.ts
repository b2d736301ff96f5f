import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { DataSource, Repository } from 'typeorm';
import { recordAudit } from '#audit';
import { ChronosConfig } from '#config';
import { ChronosError } from '#contracts';
import { newId } from '#database';
import { UserEntity } from '../entities/user.entity.js';
import { passwordFault } from '../passwords/password-policy.js';
import { PasswordService } from '../passwords/password.service.js';
import type { Principal } from '../principal.js';
import { type ClientInfo, SessionService, type TokenPair } from '../sessions/session.service.js';
import { LoginLockout } from './login-lockout.service.js';
import { accountOf, SignInAudit } from './sign-in-audit.service.js';
import { normaliseEmail } from './normalise-email.js';
import { toUserView, type UserView } from './user-view.js';

export interface Credentials {
  email: string;
  password: string;
}

export interface SignedIn extends TokenPair {
  user: UserView;
}

/** What people do with their own accounts. */
@Injectable()
export class AccountService {
  constructor(
    @InjectRepository(UserEntity) private readonly users: Repository<UserEntity>,
    private readonly dataSource: DataSource,
    private readonly passwords: PasswordService,
    private readonly sessions: SessionService,
    private readonly lockout: LoginLockout,
    private readonly audit: SignInAudit,
    private readonly config: ChronosConfig,
  ) {}

  /**
   * Makes an account with role `user` and signs it in.
   * @throws ChronosError REGISTRATION_CLOSED, VALIDATION_FAILED (`password`), EMAIL_TAKEN
   */
  async register(input: Credentials & { name: string }, client: ClientInfo): Promise<SignedIn> {
    if (!this.config.auth.allowRegistration) {
      throw new ChronosError(
        'REGISTRATION_CLOSED',
        'This installation takes no registrations. Ask its admin.',
      );
    }
    refuseWeak('password', input.password);
    const user = await this.insert({ ...input, role: 'user' }, 'user.register');
    if (!user) throw new ChronosError('EMAIL_TAKEN', 'There is an account with this e-mail address already.');
    return this.signIn(user, client);
  }

  /**
   * Unknown address, wrong password: same answer, same time, same lock after too many failures.
   * @throws ChronosError INVALID_CREDENTIALS, ACCOUNT_LOCKED, ACCOUNT_DISABLED (only with the right password)
   */
  async login({ email, password }: Credentials, client: ClientInfo): Promise<SignedIn> {
    const address = normaliseEmail(email);
    const user = await this.users.findOneBy({ email: address });
    await this.audit.whileLocked('user.login_failed', address, user, async () => {
      await this.lockout.refuseWhileLocked(address);
      const isRight = await this.passwords.matches(password, user?.passwordHash);
      await this.lockout.settle(address, isRight, (manager, lockedUntil) =>
        this.audit.failed(manager, 'user.login_failed', address, user, lockedUntil),
      );
      if (!isRight) throw invalidCredentials();
    });
    if (!user) throw invalidCredentials();
    if (!user.isActive) {
      await this.audit.refused(user, 'suspended');
      throw new ChronosError('ACCOUNT_DISABLED', 'This account is suspended. Ask an admin.');
    }
    return this.signIn(user, client);
  }

  /**
   * Replaces the password and ends every other session of the user.
   * @throws ChronosError VALIDATION_FAILED (`currentPassword`, `newPassword`), ACCOUNT_LOCKED, INVALID_STATE
   */
  async changePassword(
    principal: Principal,
    { currentPassword, newPassword }: { currentPassword: string; newPassword: string },
  ): Promise<void> {
    refuseWeak('newPassword', newPassword);
    const user = await this.users.findOneByOrFail({ id: principal.id });
    await this.audit.whileLocked('user.password_change_failed', user.email, user, async () => {
      await this.lockout.refuseWhileLocked(user.email);
      const isRight = await this.passwords.matches(currentPassword, user.passwordHash);
      await this.lockout.settle(user.email, isRight, (manager, lockedUntil) =>
        this.audit.failed(manager, 'user.password_change_failed', user.email, user, lockedUntil),
      );
      if (!isRight) throw ChronosError.invalid('currentPassword', 'is not your current password');
    });
    const passwordHash = await this.passwords.hash(newPassword);
    await this.dataSource.transaction(async (manager) => {
      const changed = await manager.update(
        UserEntity,
        { id: user.id, passwordHash: user.passwordHash },
        { passwordHash, updatedAt: () => 'now()' },
      );
      if (changed.affected === 0) {
        throw new ChronosError('INVALID_STATE', 'The password was changed by another request meanwhile.');
      }
      await this.sessions.revokeAll(manager, user.id, 'password_changed', principal.sessionId);
      await recordAudit(manager, {
        action: 'user.password_change',
        target: { type: 'user', id: user.id },
        ownerId: user.id,
      });
    });
  }

  /** The stored user, or undefined when the address is taken. */
  async insert(
    input: Credentials & Pick<UserEntity, 'name' | 'role'>,
    action: 'user.create' | 'user.register',
  ): Promise<UserEntity | undefined> {
    const user = this.users.create({
      id: newId(),
      email: normaliseEmail(input.email),
      name: input.name,
      role: input.role,
      passwordHash: await this.passwords.hash(input.password),
    });
    return this.dataSource.transaction(async (manager) => {
      const inserted = await manager
        .createQueryBuilder()
        .insert()
        .into(UserEntity)
        .values(user)
        .orIgnore()
        .returning('*')
        .execute();
      const rows = inserted.raw as unknown[];
      if (rows.length === 0) return undefined;
      const { id, email, name, role } = user;
      await recordAudit(manager, {
        action,
        target: { type: 'user', id },
        ownerId: id,
        after: { email, name, role },
        ...(action === 'user.register' && { actor: accountOf(user) }),
      });
      return user;
    });
  }

  private async signIn(user: UserEntity, client: ClientInfo): Promise<SignedIn> {
    const tokens = await this.sessions.open(user, client);
    if (!tokens) throw invalidCredentials();
    return { user: toUserView(user), ...tokens };
  }
}

function refuseWeak(field: string, password: string): void {
  const fault = passwordFault(password);
  if (fault) throw ChronosError.invalid(field, fault);
}

function invalidCredentials(): ChronosError {
  return new ChronosError('INVALID_CREDENTIALS', 'The e-mail address or the password is not right.');
}
