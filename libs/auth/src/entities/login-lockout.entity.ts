import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * Failed sign-ins in a row for one e-mail address, whether or not an account has it: an address that nobody owns
 * locks exactly like one that somebody does, so the lock tells nothing.
 */
@Entity('login_lockouts')
export class LoginLockoutEntity {
  /** SHA-256, in hex: people type passwords into the wrong field. */
  @PrimaryColumn({
    type: 'varchar',
    length: 64,
    name: 'email_hash',
    primaryKeyConstraintName: 'login_lockouts_pk',
  })
  emailHash!: string;

  @Column({ type: 'integer' })
  failures!: number;

  @Index('login_lockouts_last_failed_idx')
  @Column({ type: 'timestamptz', precision: 3, name: 'last_failed_at', default: () => 'now()' })
  lastFailedAt!: Date;

  @Column({ type: 'timestamptz', precision: 3, name: 'locked_until', nullable: true })
  lockedUntil!: Date | null;
}
