import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { GapReason, MissReason } from '#contracts';

/** A stretch of nominal times that have no rows of their own: from the first of them to the last, both included. */
@Entity('schedule_gaps')
@Index('schedule_gaps_job_idx', ['jobId', 'fromAt'])
@Check('schedule_gaps_order', 'from_at <= to_at')
@Check('schedule_gaps_count', 'count >= 1')
@Check('schedule_gaps_detail_known', `detail IN ('catchup_window', 'policy', 'cap')`)
@Check(
  'schedule_gaps_reason_known',
  `reason IN ('paused', 'scheduler_down', 'job_ended', 'blackout', 'system_paused')`,
)
export class ScheduleGapEntity {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'schedule_gaps_pk' })
  id!: string;

  @Column({ type: 'uuid', name: 'job_id' })
  @ForeignKey('JobEntity', { name: 'schedule_gaps_job_fk', onDelete: 'CASCADE' })
  jobId!: string;

  @Column({ type: 'timestamptz', precision: 3, name: 'from_at' })
  fromAt!: Date;

  @Column({ type: 'timestamptz', precision: 3, name: 'to_at' })
  toAt!: Date;

  @Column({ type: 'varchar', length: 32 })
  reason!: GapReason;

  /** Which misfire rule kept them from being caught up with; null where none was asked. */
  @Column({ type: 'varchar', length: 32, nullable: true })
  detail!: MissReason | null;

  /** How many nominal times fell into it. */
  @Column({ type: 'integer' })
  count!: number;

  @Column({ type: 'timestamptz', precision: 3, name: 'created_at', default: () => 'now()' })
  createdAt!: Date;
}
