import { Check, Column, Entity, PrimaryColumn, Unique } from 'typeorm';
import type { Role } from '../principal.js';

@Entity('users')
@Unique('users_email_unique', ['email'])
@Check('users_email_lower', 'email = lower(email)')
@Check('users_role_known', `role IN ('user', 'admin')`)
export class UserEntity {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'users_pk' })
  id!: string;

  /** In lower case. */
  @Column({ type: 'varchar', length: 320 })
  email!: string;

  @Column({ type: 'varchar', length: 200 })
  name!: string;

  /** bcrypt, cost 12. */
  @Column({ type: 'varchar', length: 100, name: 'password_hash' })
  passwordHash!: string;

  @Column({ type: 'varchar', length: 16, default: 'user' })
  role!: Role;

  /** False: cannot sign in, and no token or API key works. */
  @Column({ type: 'boolean', name: 'is_active', default: true })
  isActive!: boolean;

  @Column({ type: 'timestamptz', precision: 3, name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  @Column({ type: 'timestamptz', precision: 3, name: 'updated_at', default: () => 'now()' })
  updatedAt!: Date;
}
