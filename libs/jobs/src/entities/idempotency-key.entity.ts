import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { JsonValue } from '#contracts';

/** A request that was carried out under a client's key, and what it was answered. */
@Entity('idempotency_keys')
export class IdempotencyKeyEntity {
  @PrimaryColumn({ type: 'uuid', name: 'owner_id', primaryKeyConstraintName: 'idempotency_keys_pk' })
  @ForeignKey('UserEntity', { name: 'idempotency_keys_owner_fk', onDelete: 'CASCADE' })
  ownerId!: string;

  /** The route, with the id it was called on. */
  @PrimaryColumn({ type: 'varchar', length: 100, primaryKeyConstraintName: 'idempotency_keys_pk' })
  scope!: string;

  @PrimaryColumn({ type: 'varchar', length: 255, primaryKeyConstraintName: 'idempotency_keys_pk' })
  key!: string;

  /** SHA-256 of the body, hexadecimal. */
  @Column({ type: 'varchar', length: 64, name: 'request_hash' })
  requestHash!: string;

  @Column({ type: 'jsonb' })
  answer!: JsonValue;

  @Index('idempotency_keys_created_idx')
  @Column({ type: 'timestamptz', precision: 3, name: 'created_at', default: () => 'now()' })
  createdAt!: Date;
}
