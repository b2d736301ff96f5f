import { Injectable } from '@nestjs/common';
import { compare, hash } from 'bcrypt';
import { isHashable } from './password-policy.js';

/** Spec, "Security Considerations". About 0.25 s on one core of 2026, spent in libuv's thread pool. */
const COST = 12;

/** Of a random password nobody kept. */
const NOBODYS_HASH = '$2b$12$/FANL/FrK/aAqQlOShLkOus72jdWGEtr13xOB5Y0HfSflUcVNxUvy';

/** Hashes and checks passwords. Never blocks the event loop. */
@Injectable()
export class PasswordService {
  /** @throws when the password is longer than bcrypt reads; check it with `passwordFault` first */
  async hash(password: string): Promise<string> {
    if (!isHashable(password)) throw new RangeError('The password is not one bcrypt can hash.');
    return hash(password, COST);
  }

  /**
   * Is this the password behind the hash? Takes the same time when there is no hash, or when the password is one
   * that was never allowed, so that the time tells nothing about the account.
   */
  async matches(password: string, passwordHash: string | undefined): Promise<boolean> {
    const isPossible = passwordHash !== undefined && isHashable(password);
    const isSame = await compare(isHashable(password) ? password : '', passwordHash ?? NOBODYS_HASH);
    return isPossible && isSame;
  }
}
