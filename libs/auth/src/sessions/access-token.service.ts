import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';

/** What an access token states. Whether it still holds is for the session it names to say. */
export interface AccessTokenClaims {
  /** The user. */
  sub: string;
  /** The session. */
  sid: string;
}

/** Signs and reads access tokens: JWT, one algorithm, issuer and audience pinned, expiry from the configuration. */
@Injectable()
export class AccessTokens {
  constructor(private readonly jwt: JwtService) {}

  sign({ sub, sid }: AccessTokenClaims): string {
    return this.jwt.sign({ sub, sid, jti: randomBytes(9).toString('base64url') });
  }

  /** The claims of a token that is well signed and not expired, without asking whether its session still lives. */
  read(token: string): AccessTokenClaims | undefined {
    try {
      return this.jwt.verify<AccessTokenClaims>(token);
    } catch {
      // Whoever only wants to know whose token it is treats a bad one like none.
      return undefined;
    }
  }
}
