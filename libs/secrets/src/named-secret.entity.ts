import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';

/** A secret its owner gave a name, for use in the payloads of their jobs. */
@Entity('secrets')
@Unique('secrets_name_unique', ['ownerId', 'name'])
export class NamedSecretEntity {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'secrets_pk' })
  id!: string;

  @ForeignKey('UserEntity', { name: 'secrets_owner_fk', onDelete: 'CASCADE' })
  @Column({ type: 'uuid', name: 'owner_id' })
  ownerId!: string;

  @Column({ type: 'varchar', length: 64 })
  name!: string;

  @Column({ type: 'varchar', length: 500, nullable: true })
  description!: string | null;

  /** Sealed; opened in workers only. */
  @Column({ type: 'text' })
  value!: string;

  @Column({ type: 'timestamptz', precision: 3, name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  @Column({ type: 'timestamptz', precision: 3, name: 'updated_at', default: () => 'now()' })
  updatedAt!: Date;

  /** By a run; to within a minute. */
  @Column({ type: 'timestamptz', precision: 3, name: 'last_used_at', nullable: true })
  lastUsedAt!: Date | null;
}
