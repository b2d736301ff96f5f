import { Injectable, Logger } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { ChronosConfig } from '#config';
import { UserEntity } from '../entities/user.entity.js';
import { passwordFault } from '../passwords/password-policy.js';
import { AccountService } from './account.service.js';
import { normaliseEmail } from './normalise-email.js';

/** Makes the first admin from ADMIN_EMAIL and ADMIN_PASSWORD. */
@Injectable()
export class AdminBootstrap {
  readonly #logger = new Logger(AdminBootstrap.name);

  constructor(
    @InjectRepository(UserEntity) private readonly users: Repository<UserEntity>,
    private readonly accounts: AccountService,
    private readonly config: ChronosConfig,
  ) {}

  /**
   * Makes the account where none has that address. One that is there is left as it is: its password may have been
   * changed since. Any number of processes may call this at once; one of them makes it.
   * @throws when the password is not one an account may have
   */
  async ensureAdmin(): Promise<void> {
    const { adminEmail, adminPassword } = this.config.auth;
    if (!adminEmail || !adminPassword) return;
    const email = normaliseEmail(adminEmail);
    const found = await this.users.findOneBy({ email });
    if (found) {
      if (found.role !== 'admin') this.#logger.warn(`ADMIN_EMAIL: ${email} has an account that is no admin.`);
      return;
    }
    const fault = passwordFault(adminPassword);
    if (fault) throw new Error(`ADMIN_PASSWORD ${fault}.`);
    const made = await this.accounts.insert(
      { email, password: adminPassword, name: 'Administrator', role: 'admin' },
      'user.create',
    );
    if (made) this.#logger.log(`Made the admin account ${email}.`);
  }
}
