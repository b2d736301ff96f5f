import { type CanActivate, type ExecutionContext, Injectable, UseGuards } from '@nestjs/common';
import { ChronosError } from '#contracts';
import { principalOf } from './current-user.decorator.js';

@Injectable()
class SessionOnlyGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    if (principalOf(context).sessionId !== undefined) return true;
    throw new ChronosError(
      'FORBIDDEN',
      'An API key cannot do this. Sign in, and send the access token instead.',
    );
  }
}

/**
 * Only somebody who has signed in; 403 for API keys. For whatever makes or ends credentials: a key that leaked must
 * not be able to outlive its deletion by making another one, nor to lock its owner out.
 */
export const SessionOnly = (): ClassDecorator & MethodDecorator => UseGuards(SessionOnlyGuard);
