import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { ChronosError } from '#contracts';
import { queryRows } from '#database';

const FAILURES_BEFORE_LOCK = 5;
const FIRST_LOCK_SECONDS = 60;
/** The lock doubles with each further failure up to this, so a stranger cannot lock an owner out for long. */
const LONGEST_LOCK_SECONDS = 900;
const FORGOTTEN_AFTER = '1 day';

/**
 * Slows the guessing of passwords, by e-mail address and for all replicas together: from the fifth failure in a row
 * on, each locks the address, for 1, 2, 4, 8 and then 15 minutes. Addresses without an account lock alike.
 */
@Injectable()
export class LoginLockout {
  constructor(private readonly dataSource: DataSource) {}

  /** @throws ChronosError ACCOUNT_LOCKED while the address is locked */
  async refuseWhileLocked(email: string): Promise<void> {
    const rows = await this.dataSource.query<{ lockedForMs: number }[]>(REMAINING, [hashOf(email)]);
    const lock = rows[0];
    if (!lock) return;
    const seconds = Math.max(1, Math.ceil(lock.lockedForMs / 1_000));
    throw new ChronosError(
      'ACCOUNT_LOCKED',
      `Too many failed sign-ins for this e-mail address. Try again in ${seconds} s.`,
      { retryable: true, retryAfterMs: seconds * 1_000 },
    );
  }

  /** Until when which of the addresses are locked; those that are not are left out. */
  async lockedUntil(emails: string[]): Promise<Map<string, Date>> {
    const byHash = new Map(emails.map((email) => [hashOf(email), email]));
    const rows = await queryRows<{ email_hash: string; locked_until: Date }>(this.dataSource, LOCKED, [
      [...byHash.keys()],
    ]);
    return new Map(rows.map(({ email_hash, locked_until }) => [byHash.get(email_hash) ?? '', locked_until]));
  }

  /** Forgets the failures of an address. @returns whether it was locked */
  async forget(manager: EntityManager, email: string): Promise<boolean> {
    const [was] = await queryRows<{ locked: boolean }>(manager, FORGET, [hashOf(email)]);
    return was?.locked ?? false;
  }

  /**
   * Records how a check that began unlocked has ended. Of guesses made at the same time no more are told apart than
   * would have been one after the other: once they have locked the address, even a right one is refused.
   * @param onFailure called in the transaction that counts a failure; `lockedUntil` where it locks the address
   * @throws ChronosError ACCOUNT_LOCKED when the address was locked meanwhile
   */
  async settle(
    email: string,
    isRight: boolean,
    onFailure?: (manager: EntityManager, lockedUntil: Date | null) => Promise<void>,
  ): Promise<void> {
    if (!isRight) {
      const isCounted = await this.dataSource.transaction(async (manager) => {
        const [counted] = await queryRows<{ lockedUntil: Date | null }>(manager, COUNT_FAILURE, [
          hashOf(email),
        ]);
        if (counted) await onFailure?.(manager, counted.lockedUntil);
        return counted !== undefined;
      });
      if (isCounted) return;
    } else {
      await this.dataSource.query(CLEAR, [hashOf(email)]);
    }
    // A statement of its own: only a new snapshot shows a lock the one above had to wait for.
    await this.refuseWhileLocked(email);
  }
}

const REMAINING = `
  SELECT ceil(extract(epoch FROM locked_until - now()) * 1000)::integer AS "lockedForMs"
  FROM login_lockouts WHERE email_hash = $1 AND locked_until > now()`;

const LOCKED = `
  SELECT email_hash, locked_until FROM login_lockouts WHERE email_hash = ANY($1) AND locked_until > now()`;

const FORGET = `
  DELETE FROM login_lockouts WHERE email_hash = $1 RETURNING coalesce(locked_until > now(), false) AS locked`;

const CLEAR = `DELETE FROM login_lockouts WHERE email_hash = $1 AND (locked_until IS NULL OR locked_until <= now())`;

/** Returns no row where the failure did not count, because the address was locked already. */
const COUNT_FAILURE = `
  WITH forgotten AS (
    DELETE FROM login_lockouts WHERE email_hash IN (
      SELECT email_hash FROM login_lockouts
      WHERE last_failed_at < now() - interval '${FORGOTTEN_AFTER}' AND email_hash <> $1
      LIMIT 100 FOR UPDATE SKIP LOCKED)),
  counted AS (
    INSERT INTO login_lockouts AS l (email_hash, failures) VALUES ($1, 1)
    ON CONFLICT (email_hash) DO UPDATE SET
      failures = CASE WHEN l.last_failed_at < now() - interval '${FORGOTTEN_AFTER}' THEN 1 ELSE l.failures + 1 END,
      last_failed_at = now(),
      locked_until = CASE
        WHEN l.last_failed_at >= now() - interval '${FORGOTTEN_AFTER}' AND l.failures + 1 >= ${FAILURES_BEFORE_LOCK}
        THEN now() + least(
          ${LONGEST_LOCK_SECONDS},
          ${FIRST_LOCK_SECONDS} * 2 ^ least(l.failures + 1 - ${FAILURES_BEFORE_LOCK}, 10)) * interval '1 second'
      END
    WHERE l.locked_until IS NULL OR l.locked_until <= now()
    RETURNING locked_until)
  SELECT locked_until AS "lockedUntil" FROM counted`;

export function hashOf(email: string): string {
  return createHash('sha256').update(email).digest('hex');
}
