import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { Injectable } from '@nestjs/common';
import passport from 'passport';
import { ChronosError } from '#contracts';
import { isMeantAsApiKey } from '../api-keys/api-key.js';
import { ApiKeyService } from '../api-keys/api-key.service.js';

/** `Authorization: Bearer chr_...`: the key must be known and unexpired, its user active. Other tokens are not its concern. */
@Injectable()
export class ApiKeyStrategy extends passport.Strategy {
  /** A name of its own in passport's registry, which the whole process shares. */
  readonly registeredAs = `api-key-${randomUUID()}`;

  constructor(private readonly apiKeys: ApiKeyService) {
    super();
    passport.use(this.registeredAs, this);
  }

  override authenticate({ headers }: Pick<IncomingMessage, 'headers'>): void {
    const token = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];
    if (token === undefined || !isMeantAsApiKey(token)) {
      this.fail();
      return;
    }
    // An error, not a failure: no other strategy need look at the token, and the caller is told what is wrong with it.
    const refused = new ChronosError(
      'UNAUTHENTICATED',
      'The API key is not valid: it is unknown, was deleted or has expired.',
    );
    this.apiKeys.resolve(token).then(
      (principal) => (principal ? this.success(principal) : this.error(refused)),
      (error: unknown) => this.error(error),
    );
  }

  onApplicationShutdown(): void {
    passport.unuse(this.registeredAs);
  }
}
