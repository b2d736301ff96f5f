import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import passport from 'passport';
import { ExtractJwt, Strategy } from 'passport-jwt';
import { ChronosConfig } from '#config';
import { ChronosError } from '#contracts';
import type { Principal } from '../principal.js';
import {
  type AccessTokenClaims,
  JWT_ALGORITHM,
  JWT_AUDIENCE,
  JWT_ISSUER,
} from '../sessions/access-token.service.js';
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
    super({
      jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
      secretOrKey: config.auth.jwtSecret,
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
