import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';

/** How a job whose rules look back has fared. Written in the transaction that settles its executions. */
@Entity('notification_streaks')
@Check('notification_streaks_count', 'failures >= 0')
export class NotificationStreakEntity {
  @PrimaryColumn({ type: 'uuid', name: 'job_id', primaryKeyConstraintName: 'notification_streaks_pk' })
  @ForeignKey('JobEntity', { name: 'notification_streaks_job_fk', onDelete: 'CASCADE' })
  jobId!: string;

  /** In a row, up to now. */
  @Column({ type: 'integer', default: 0 })
  failures!: number;

  /** Has the row reached what is to be told? Then the next completion is a recovery. */
  @Column({ type: 'boolean', name: 'is_alerted', default: false })
  isAlerted!: boolean;
}
