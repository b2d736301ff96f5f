import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** A calendar of times at which jobs that name it do not run. When it is closed is in its versions. */
@Entity('calendars')
@Index('calendars_name_idx', { synchronize: false })
export class CalendarEntity {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'calendars_pk' })
  id!: string;

  @Column({ type: 'uuid', name: 'owner_id' })
  @ForeignKey('UserEntity', { name: 'calendars_owner_fk' })
  ownerId!: string;

  /** Its owner has no other of this name. */
  @Column({ type: 'varchar', length: 200 })
  name!: string;

  @Column({ type: 'varchar', length: 2000, nullable: true })
  description!: string | null;

  /** Everybody may see it and name it in their jobs. */
  @Column({ type: 'boolean', default: false })
  shared!: boolean;

  /** Grows with every change; versions of its rules have the number of the change that made them. */
  @Column({ type: 'integer', default: 1 })
  version!: number;

  @Column({ type: 'timestamptz', precision: 3, name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  @Column({ type: 'timestamptz', precision: 3, name: 'updated_at', default: () => 'now()' })
  updatedAt!: Date;

  /** Kept for the ledgers of jobs that named it. */
  @Column({ type: 'timestamptz', precision: 3, name: 'deleted_at', nullable: true })
  deletedAt!: Date | null;
}
