import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { NotificationChannelName, NotificationEvent, NotificationStatus } from '#contracts';
import type { OutboxPayload } from './outbox-payload.js';

/** One message of the outbox, written in the transaction that settles the execution it tells of, or when a test is asked for. */
@Entity('notifications')
@Unique('notifications_once', ['executionId', 'event', 'channel'])
@Index('notifications_pending_idx', { synchronize: false })
@Index('notifications_job_idx', { synchronize: false })
@Index('notifications_done_idx', { synchronize: false })
@Check('notifications_status_known', `status IN ('pending', 'sent', 'failed')`)
@Check('notifications_of_execution', `(event = 'test') = (execution_id IS NULL)`)
export class NotificationEntity {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'notifications_pk' })
  id!: string;

  @Column({ type: 'uuid', name: 'job_id' })
  @ForeignKey('JobEntity', { name: 'notifications_job_fk', onDelete: 'CASCADE' })
  jobId!: string;

  /** Null: a test. */
  @Column({ type: 'uuid', name: 'execution_id', nullable: true })
  executionId!: string | null;

  @Column({ type: 'varchar', length: 32 })
  event!: NotificationEvent;

  @Column({ type: 'varchar', length: 32 })
  channel!: NotificationChannelName;

  @Column({ type: 'jsonb' })
  payload!: OutboxPayload;

  @Column({ type: 'varchar', length: 16, default: 'pending' })
  status!: NotificationStatus;

  /** Claims so far; the newest names who may say how it ended. */
  @Column({ type: 'integer', default: 0 })
  attempts!: number;

  /** Due then; while a notifier has it, the end of its claim. */
  @Column({ type: 'timestamptz', precision: 3, name: 'next_attempt_at', default: () => 'now()' })
  nextAttemptAt!: Date;

  @Column({ type: 'text', nullable: true })
  error!: string | null;

  @Column({ type: 'timestamptz', precision: 3, name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  @Column({ type: 'timestamptz', precision: 3, name: 'sent_at', nullable: true })
  sentAt!: Date | null;
}
