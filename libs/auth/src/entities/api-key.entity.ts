import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** A credential for programs, which acts for its user until it expires, is deleted, or the account is suspended. */
@Entity('api_keys')
export class ApiKeyEntity {
  /** Part of the key itself. */
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'api_keys_pk' })
  id!: string;

  @Index('api_keys_user_idx')
  @ForeignKey('UserEntity', { name: 'api_keys_user_fk', onDelete: 'CASCADE' })
  @Column({ type: 'uuid', name: 'user_id' })
  userId!: string;

  /** What its owner calls it. */
  @Column({ type: 'varchar', length: 100 })
  name!: string;

  /** SHA-256, in hex, of the whole key. */
  @Column({ type: 'varchar', length: 64, name: 'key_hash' })
  keyHash!: string;

  @Column({ type: 'timestamptz', precision: 3, name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  @Column({ type: 'timestamptz', precision: 3, name: 'expires_at', nullable: true })
  expiresAt!: Date | null;

  /** To within a minute. */
  @Column({ type: 'timestamptz', precision: 3, name: 'last_used_at', nullable: true })
  lastUsedAt!: Date | null;
}
