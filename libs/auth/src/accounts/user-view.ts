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
  updatedAt: Date;
}

export function toUserView({ id, email, name, role, createdAt }: UserEntity): UserView {
  return { id, email, name, role, createdAt };
}

export function toManagedUserView(user: UserEntity): ManagedUserView {
  return { ...toUserView(user), active: user.isActive, updatedAt: user.updatedAt };
}
