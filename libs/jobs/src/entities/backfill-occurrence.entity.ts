import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** One nominal time of a backfill. It waits as long as it has no execution and is not left out. */
@Entity('backfill_occurrences')
@Index('backfill_occurrences_waiting_idx', { synchronize: false })
@Check('backfill_occurrences_left_out', 'NOT is_left_out OR execution_id IS NULL')
export class BackfillOccurrenceEntity {
  @PrimaryColumn({ type: 'uuid', name: 'backfill_id', primaryKeyConstraintName: 'backfill_occurrences_pk' })
  @ForeignKey('BackfillEntity', { name: 'backfill_occurrences_backfill_fk', onDelete: 'CASCADE' })
  backfillId!: string;

  @PrimaryColumn({
    type: 'timestamptz',
    precision: 3,
    name: 'scheduled_for',
    primaryKeyConstraintName: 'backfill_occurrences_pk',
  })
  scheduledFor!: Date;

  @Column({ type: 'uuid', name: 'execution_id', nullable: true })
  executionId!: string | null;

  /** When its turn came its mode did not ask for it any more. */
  @Column({ type: 'boolean', name: 'is_left_out', default: false })
  isLeftOut!: boolean;
}
