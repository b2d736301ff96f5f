import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type AuditActor, recordAudit } from '#audit';
import { ChronosError } from '#contracts';
import type { SqlRunner } from '#database';
import type { UserEntity } from '../entities/user.entity.js';
import { hashOf } from './login-lockout.service.js';

type FailedAction = 'user.login_failed' | 'user.password_change_failed';
type Account = Pick<UserEntity, 'id' | 'email'>;

/**
 * Puts refused passwords on the audit trail. Of an address nobody has an account with only the hash is kept, the same
 * as the lock-out's: people type passwords into the wrong field.
 */
@Injectable()
export class SignInAudit {
  constructor(private readonly dataSource: DataSource) {}

  /** A wrong password that was counted; where it locked the address, that too. */
  async failed(
    runner: SqlRunner,
    action: FailedAction,
    address: string,
    user: Account | null,
    lockedUntil: Date | null,
  ): Promise<void> {
    await this.#record(runner, action, address, user, user ? 'wrong_password' : 'unknown_address');
    if (!lockedUntil) return;
    await recordAudit(runner, {
      action: 'user.lock',
      target: { type: 'user', id: user?.id ?? null },
      ownerId: user?.id ?? null,
      after: { lockedUntil: lockedUntil.toISOString(), ...(!user && { addressHash: hashOf(address) }) },
    });
  }

  /** Runs a check of a password; where it is refused because the address is locked, that is recorded. */
  async whileLocked(
    action: FailedAction,
    address: string,
    user: Account | null,
    check: () => Promise<void>,
  ): Promise<void> {
    try {
      await check();
    } catch (error) {
      if (error instanceof ChronosError && error.code === 'ACCOUNT_LOCKED')
        await this.#record(this.dataSource, action, address, user, 'locked');
      throw error;
    }
  }

  /** The right password of somebody who may not sign in. */
  async refused(user: Account, reason: string): Promise<void> {
    await this.#record(this.dataSource, 'user.login_failed', user.email, user, reason);
  }

  async #record(
    runner: SqlRunner,
    action: FailedAction,
    address: string,
    user: Account | null,
    reason: string,
  ): Promise<void> {
    await recordAudit(runner, {
      action,
      target: { type: 'user', id: user?.id ?? null },
      ownerId: user?.id ?? null,
      after: { reason, ...(!user && { addressHash: hashOf(address) }) },
    });
  }
}

/** Somebody who acts for themselves before any request of theirs is let through. */
export function accountOf({ id, email }: Account): AuditActor {
  return { id, email };
}
