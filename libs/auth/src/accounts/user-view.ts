import type { UserEntity } from '../entities/user.entity.js';
import type { Role } from '../principal.js';

/** A user as users themselves see them. */
export interface UserView {
  id: string;
  email: string;
  name: string;
  role: Role;
  createdAt: Date;
}

/** A user as admins see them. */
export interface ManagedUserView extends UserView {
  active: boolean;
  /** Until then no sign-in is tried for their address, after too many that failed; null: not locked. */
  lockedUntil: Date | null;
  updatedAt: Date;
}

export function toUserView({ id, email, name, role, createdAt }: UserEntity): UserView {
  return { id, email, name, role, createdAt };
}

export function toManagedUserView(user: UserEntity, lockedUntil: Date | null): ManagedUserView {
  return { ...toUserView(user), active: user.isActive, lockedUntil, updatedAt: user.updatedAt };
}
