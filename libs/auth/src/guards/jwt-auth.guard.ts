import { type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import { noteAuditActor } from '#audit';
import { ChronosError } from '#contracts';
import { ApiKeyStrategy } from './api-key.strategy.js';
import { principalOf } from './current-user.decorator.js';
import { JwtStrategy } from './jwt.strategy.js';
import { IS_PUBLIC } from './public.decorator.js';

/** Lets a request through with a principal, by access token or API key, or where the route is `@Public()`. */
@Injectable()
export class JwtAuthGuard extends AuthGuard() {
  constructor(
    apiKeys: ApiKeyStrategy,
    accessTokens: JwtStrategy,
    private readonly reflector: Reflector,
  ) {
    super({ defaultStrategy: [apiKeys.registeredAs, accessTokens.registeredAs] });
  }

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const isPublic = this.reflector.getAllAndOverride<boolean | undefined>(IS_PUBLIC, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (isPublic) return true;
    const isLetThrough = (await super.canActivate(context)) as boolean;
    if (isLetThrough) noteAuditActor(principalOf(context));
    return isLetThrough;
  }

  /** Passport's verdict: `error` where a strategy threw, `info` why each found nobody. */
  override handleRequest<T>(error: Error | null, principal: T | false, info: unknown): T {
    if (error) throw error;
    if (principal) return principal;
    throw new ChronosError('UNAUTHENTICATED', messageOf(Array.isArray(info) ? info.at(-1) : info));
  }
}

function messageOf(info: unknown): string {
  const name = info instanceof Error ? info.name : '';
  if (name === 'TokenExpiredError') return 'The access token has expired. Refresh it.';
  if (name === 'JsonWebTokenError' || name === 'NotBeforeError') return 'The access token is not valid.';
  return 'Sign in, and send the access token as "Authorization: Bearer <token>".';
}
