import { SetMetadata } from '@nestjs/common';
import type { Role } from '../principal.js';

export const ALLOWED_ROLES = 'chronos:roles';

/** Only principals with one of these roles; 403 for others. */
export const Roles = (...roles: [Role, ...Role[]]): ClassDecorator & MethodDecorator =>
  SetMetadata(ALLOWED_ROLES, roles);
