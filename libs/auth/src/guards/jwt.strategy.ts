import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import passport from 'passport';
import { ExtractJwt, Strategy } from 'passport-jwt';
import { ChronosConfig } from '#config';
import { ChronosError } from '#contracts';
import type { Principal } from '../principal.js';
import type { AccessTokenClaims } from '../sessions/access-token.service.js';
import { JWT_ALGORITHM, JWT_AUDIENCE, JWT_ISSUER, signingKey } from '../sessions/jwt-options.js';
import { SessionService } from '../sessions/session.service.js';

/** `Authorization: Bearer <access token>`: the token must be ours and unexpired, its session alive, its user active. */
@Injectable()
export class JwtStrategy extends PassportStrategy(Strategy) {
  /**
   * What the guard asks passport for. Passport keeps one registry for the whole process; a name of its own keeps
   * two applications in one process from answering for each other.
   */
  readonly registeredAs = `jwt-${randomUUID()}`;

  constructor(
    config: ChronosConfig,
    private readonly sessions: SessionService,
  ) {
    // Typed for text only; jsonwebtoken, which gets it, takes a key as well.
    const key = signingKey(config.auth.jwtSecret) as unknown as string;
    super({
      jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
      secretOrKeyProvider: (_request: unknown, _token: unknown, done) => done(null, key),
      algorithms: [JWT_ALGORITHM],
      issuer: JWT_ISSUER,
      audience: JWT_AUDIENCE,
      ignoreExpiration: false,
    });
    passport.use(this.registeredAs, this);
  }

  async validate({ sub, sid }: AccessTokenClaims): Promise<Principal> {
    const principal = await this.sessions.resolve(sid, sub);
    if (!principal)
      throw new ChronosError('UNAUTHENTICATED', 'The session of this token has ended. Sign in again.');
    return principal;
  }

  onApplicationShutdown(): void {
    passport.unuse(this.registeredAs);
  }
}
