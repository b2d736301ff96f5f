import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ChronosError } from '#contracts';
import type { Principal } from '../principal.js';

/** `@CurrentUser() principal: Principal`: who makes the request. Not for `@Public()` routes. */
export const CurrentUser = createParamDecorator((_: unknown, context: ExecutionContext) =>
  principalOf(context),
);

/** @throws ChronosError UNAUTHENTICATED where no guard has found a principal */
export function principalOf(context: ExecutionContext): Principal {
  const { user } = context.switchToHttp().getRequest<{ user?: Principal }>();
  if (!user) throw new ChronosError('UNAUTHENTICATED', 'Sign in first.');
  return user;
}
