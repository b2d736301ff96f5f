import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ChronosError } from '#contracts';
import type { Role } from '../principal.js';
import { principalOf } from './current-user.decorator.js';
import { ALLOWED_ROLES } from './roles.decorator.js';

/** Holds `@Roles()`. Comes after the guard that finds the principal. */
@Injectable()
export class RolesGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const roles = this.reflector.getAllAndOverride<Role[] | undefined>(ALLOWED_ROLES, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (!roles || roles.includes(principalOf(context).role)) return true;
    throw new ChronosError('FORBIDDEN', `This needs the role ${roles.join(' or ')}.`);
  }
}
