import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

export type CatchupReviewStatus = 'open' | 'released' | 'dropped';

/**
 * The misfires of a job that waited, or wait, for a decision. What its policy would run are executions that name the
 * review; while they wait their `due_at` is infinity.
 */
@Entity('catchup_reviews')
@Index('catchup_reviews_open_unique', { synchronize: false })
@Check('catchup_reviews_order', 'from_at <= to_at')
@Check('catchup_reviews_misfires', 'misfires >= 1')
@Check('catchup_reviews_status_known', `status IN ('open', 'released', 'dropped')`)
@Check('catchup_reviews_decided', `(status = 'open') = (decided_at IS NULL)`)
export class CatchupReviewEntity {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'catchup_reviews_pk' })
  id!: string;

  @Column({ type: 'uuid', name: 'job_id' })
  @ForeignKey('JobEntity', { name: 'catchup_reviews_job_fk', onDelete: 'CASCADE' })
  jobId!: string;

  /** The first misfire, whether its policy would run it or not. */
  @Column({ type: 'timestamptz', precision: 3, name: 'from_at' })
  fromAt!: Date;

  /** The last one. */
  @Column({ type: 'timestamptz', precision: 3, name: 'to_at' })
  toAt!: Date;

  /** How many there were. */
  @Column({ type: 'integer' })
  misfires!: number;

  @Column({ type: 'varchar', length: 16, default: 'open' })
  status!: CatchupReviewStatus;

  @Column({ type: 'timestamptz', precision: 3, name: 'opened_at', default: () => 'now()' })
  openedAt!: Date;

  @Column({ type: 'timestamptz', precision: 3, name: 'decided_at', nullable: true })
  decidedAt!: Date | null;

  @Column({ type: 'uuid', name: 'decided_by', nullable: true })
  decidedBy!: string | null;

  /** As it was at the time. */
  @Column({ type: 'varchar', length: 320, name: 'decided_by_email', nullable: true })
  decidedByEmail!: string | null;

  @Column({ type: 'varchar', length: 500, nullable: true })
  reason!: string | null;
}
