import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/**
 * A time in which nothing was to start, by an admin's word. Over once it has `untilAt`; once it has `settledAt` too,
 * what had been planned for it has been taken back and everything goes on.
 */
@Entity('system_pauses')
@Index('system_pauses_open_unique', { synchronize: false })
@Index('system_pauses_unsettled_idx', { synchronize: false })
@Check('system_pauses_order', 'since_at <= until_at')
@Check('system_pauses_settled_when_over', 'settled_at IS NULL OR until_at IS NOT NULL')
@Check('system_pauses_resumed_how', '(until_at IS NULL) = (catch_up IS NULL)')
export class SystemPauseEntity {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'system_pauses_pk' })
  id!: string;

  /** Nominal times after this one are in it, */
  @Column({ type: 'timestamptz', precision: 3, name: 'since_at' })
  sinceAt!: Date;

  /** up to this one; null while it lasts. */
  @Column({ type: 'timestamptz', precision: 3, name: 'until_at', nullable: true })
  untilAt!: Date | null;

  @Column({ type: 'timestamptz', precision: 3, name: 'settled_at', nullable: true })
  settledAt!: Date | null;

  @Column({ type: 'varchar', length: 500 })
  reason!: string;

  /** Whether the resume had misfire policies applied to it, instead of leaving it as a gap. */
  @Column({ type: 'boolean', name: 'catch_up', nullable: true })
  catchUp!: boolean | null;

  @Column({ type: 'uuid', name: 'paused_by', nullable: true })
  @ForeignKey('UserEntity', { name: 'system_pauses_paused_by_fk', onDelete: 'SET NULL' })
  pausedBy!: string | null;

  @Column({ type: 'uuid', name: 'resumed_by', nullable: true })
  @ForeignKey('UserEntity', { name: 'system_pauses_resumed_by_fk', onDelete: 'SET NULL' })
  resumedBy!: string | null;
}
