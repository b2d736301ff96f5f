import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

export type RevokeReason = 'logout' | 'password_changed' | 'refresh_reuse' | 'account_disabled';

/**
 * One sign-in and the family of tokens that came of it: each refresh replaces the one hash kept here, and revoking
 * the row ends every token of the family at once.
 */
@Entity('sessions')
export class SessionEntity {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'sessions_pk' })
  id!: string;

  @Index('sessions_user_idx')
  @ForeignKey('UserEntity', { name: 'sessions_user_fk', onDelete: 'CASCADE' })
  @Column({ type: 'uuid', name: 'user_id' })
  userId!: string;

  /** SHA-256, in hex, of the refresh token now in force. */
  @Column({ type: 'varchar', length: 64, name: 'refresh_token_hash' })
  refreshTokenHash!: string;

  @Column({ type: 'varchar', length: 400, name: 'user_agent', nullable: true })
  userAgent!: string | null;

  @Column({ type: 'varchar', length: 64, name: 'ip_address', nullable: true })
  ipAddress!: string | null;

  @Column({ type: 'timestamptz', precision: 3, name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  /** The sign-in or the last refresh. */
  @Column({ type: 'timestamptz', precision: 3, name: 'last_used_at', default: () => 'now()' })
  lastUsedAt!: Date;

  /** Moved ahead by each refresh. */
  @Index('sessions_expires_idx')
  @Column({ type: 'timestamptz', precision: 3, name: 'expires_at' })
  expiresAt!: Date;

  @Column({ type: 'timestamptz', precision: 3, name: 'revoked_at', nullable: true })
  revokedAt!: Date | null;

  @Column({ type: 'varchar', length: 32, name: 'revoke_reason', nullable: true })
  revokeReason!: RevokeReason | null;
}
