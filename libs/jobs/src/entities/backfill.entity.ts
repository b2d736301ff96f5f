import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { BackfillMode, BackfillOverlap, BackfillStatus } from '#contracts';

/** Nominal times of the past that somebody has a job run for. */
@Entity('backfills')
@Index('backfills_job_idx', ['jobId', 'id'])
@Index('backfills_running_idx', { synchronize: false })
@Check('backfills_order', 'from_at <= to_at')
@Check('backfills_mode_known', `mode IN ('missing', 'failed', 'all')`)
@Check('backfills_rate_range', 'rate_per_minute BETWEEN 1 AND 6000')
@Check('backfills_overlap_known', `overlap_policy IN ('buffer_all', 'allow_all')`)
@Check('backfills_status_known', `status IN ('running', 'completed', 'cancelled')`)
@Check('backfills_finished_at_end', `(status = 'running') = (finished_at IS NULL)`)
export class BackfillEntity {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'backfills_pk' })
  id!: string;

  @Column({ type: 'uuid', name: 'job_id' })
  @ForeignKey('JobEntity', { name: 'backfills_job_fk', onDelete: 'CASCADE' })
  jobId!: string;

  /** Both ends are included. */
  @Column({ type: 'timestamptz', precision: 3, name: 'from_at' })
  fromAt!: Date;

  @Column({ type: 'timestamptz', precision: 3, name: 'to_at' })
  toAt!: Date;

  @Column({ type: 'varchar', length: 8 })
  mode!: BackfillMode;

  /** Null: as fast as the overlap policy lets. */
  @Column({ type: 'integer', name: 'rate_per_minute', nullable: true })
  ratePerMinute!: number | null;

  @Column({ type: 'varchar', length: 16, name: 'overlap_policy' })
  overlapPolicy!: BackfillOverlap;

  @Column({ type: 'boolean', name: 'include_blackouts', default: false })
  includeBlackouts!: boolean;

  @Column({ type: 'varchar', length: 16, default: 'running' })
  status!: BackfillStatus;

  /** Nothing of it is started before, so that its rate is kept. */
  @Column({ type: 'timestamptz', precision: 3, name: 'next_at', default: () => 'now()' })
  nextAt!: Date;

  @Column({ type: 'uuid', name: 'created_by', nullable: true })
  createdBy!: string | null;

  @Column({ type: 'timestamptz', precision: 3, name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  @Column({ type: 'timestamptz', precision: 3, name: 'finished_at', nullable: true })
  finishedAt!: Date | null;
}
