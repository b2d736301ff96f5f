import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type {
  ExecutionError,
  ExecutionReason,
  ExecutionStatus,
  ExecutionTrigger,
  JobType,
  JsonValue,
  OverlapPolicy,
} from '#contracts';

/**
 * One row of the ledger: an occurrence of a job, or a run somebody asked for. Partitioned by `scheduledFor`.
 * The engine writes it in multi-row statements; this class is for reading and for the drift check.
 */
@Entity('executions')
@Index('executions_occurrence_unique', { synchronize: false })
@Index('executions_job_idx', ['jobId', 'scheduledFor', 'id'])
@Index('executions_due_idx', { synchronize: false })
@Index('executions_buffered_idx', { synchronize: false })
@Index('executions_queued_idx', { synchronize: false })
@Index('executions_lease_idx', { synchronize: false })
@Index('executions_occupying_idx', { synchronize: false })
@Index('executions_time_brin', { synchronize: false })
@Index('executions_failed_idx', { synchronize: false })
@Index('executions_backfill_unique', { synchronize: false })
@Index('executions_backfilling_idx', { synchronize: false })
@Index('executions_held_idx', { synchronize: false })
@Index('executions_chain_unique', { synchronize: false })
@Index('executions_chain_idx', { synchronize: false })
@Index('executions_parents_idx', { synchronize: false })
@Check('executions_trigger_known', `trigger IN ('schedule', 'manual', 'retry', 'backfill', 'api', 'chain')`)
@Check('executions_status_known', `status IN (...)`)
@Check('executions_attempt_range', 'attempt BETWEEN 0 AND max_attempts')
@Check('executions_running_leased', `(status = 'running') = (lease_until IS NOT NULL)`)
@Check('executions_finished_at_end', '(finished_at IS NOT NULL) = (status IN (...))')
export class ExecutionEntity {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'executions_pk' })
  id!: string;

  /** The nominal time: what the schedule said, whatever happened after. */
  @PrimaryColumn({
    type: 'timestamptz',
    precision: 3,
    name: 'scheduled_for',
    primaryKeyConstraintName: 'executions_pk',
  })
  scheduledFor!: Date;

  @Column({ type: 'uuid', name: 'job_id' })
  @ForeignKey('JobEntity', { name: 'executions_job_fk' })
  jobId!: string;

  @Column({ type: 'varchar', length: 16 })
  type!: JobType;

  @Column({ type: 'varchar', length: 16 })
  trigger!: ExecutionTrigger;

  @Column({ type: 'varchar', length: 16 })
  status!: ExecutionStatus;

  @Column({ type: 'varchar', length: 32, nullable: true })
  reason!: ExecutionReason | null;

  @Column({ type: 'smallint', default: 0 })
  priority!: number;

  /** Nominal time plus jitter: what lateness is measured from. Never changes. */
  @Column({ type: 'timestamptz', precision: 3, name: 'effective_at' })
  effectiveAt!: Date;

  /**
   * When it is to be dispatched next: `effectiveAt` at first, then the end of each backoff. Infinity, here null, while it is
   * held for a review: whoever asks what is due gets the right answer without knowing of reviews.
   */
  @Column({
    type: 'timestamptz',
    precision: 3,
    name: 'due_at',
    transformer: {
      to: (value: Date | null) => value ?? 'infinity',
      from: (value: Date | number) => (typeof value === 'number' ? null : value),
    },
  })
  dueAt!: Date | null;

  /** Set where a trigger named a policy of its own. */
  @Column({ type: 'varchar', length: 16, name: 'overlap_policy', nullable: true })
  overlapPolicy!: OverlapPolicy | null;

  /** Since when it has been waiting for other executions of its job to end; kept when it has begun. */
  @Column({ type: 'timestamptz', precision: 3, name: 'buffered_at', nullable: true })
  bufferedAt!: Date | null;

  /** Attempts begun and not handed back. */
  @Column({ type: 'integer', default: 0 })
  attempt!: number;

  @Column({ type: 'integer', name: 'max_attempts' })
  maxAttempts!: number;

  /** The version of the job it runs, fixed when its first attempt begins. */
  @Column({ type: 'integer', name: 'job_version', nullable: true })
  jobVersion!: number | null;

  @Column({ type: 'jsonb', name: 'payload_override', nullable: true })
  payloadOverride!: JsonValue | null;

  /** The queue message that carries it while `queued`. */
  @Column({ type: 'varchar', length: 64, name: 'message_id', nullable: true })
  messageId!: string | null;

  /** Counts claims. A result that names an older fence is void. */
  @Column({ type: 'integer', default: 0 })
  fence!: number;

  @Column({ type: 'timestamptz', precision: 3, name: 'lease_until', nullable: true })
  leaseUntil!: Date | null;

  @Column({ type: 'uuid', name: 'worker_id', nullable: true })
  workerId!: string | null;

  @Column({ type: 'timestamptz', precision: 3, name: 'cancel_requested_at', nullable: true })
  cancelRequestedAt!: Date | null;

  @Column({ type: 'timestamptz', precision: 3, name: 'queued_at', nullable: true })
  queuedAt!: Date | null;

  /** Start of the first attempt. */
  @Column({ type: 'timestamptz', precision: 3, name: 'started_at', nullable: true })
  startedAt!: Date | null;

  @Column({ type: 'timestamptz', precision: 3, name: 'attempt_started_at', nullable: true })
  attemptStartedAt!: Date | null;

  @Column({ type: 'timestamptz', precision: 3, name: 'finished_at', nullable: true })
  finishedAt!: Date | null;

  @Column({ type: 'jsonb', nullable: true })
  result!: JsonValue | null;

  @Column({ type: 'jsonb', nullable: true })
  error!: ExecutionError | null;

  /** The execution a person retried to make this one. */
  @Column({ type: 'uuid', name: 'retry_of', nullable: true })
  retryOf!: string | null;

  /** The backfill it was made for. */
  @Column({ type: 'uuid', name: 'backfill_id', nullable: true })
  backfillId!: string | null;

  /** The review it is held for, or was. */
  @Column({ type: 'uuid', name: 'review_id', nullable: true })
  reviewId!: string | null;

  /**
   * Which executions of other jobs belong together with this one, beside those of the same nominal time: null where the
   * nominal time alone says it; the id of the run somebody asked for and of all it set off; `NO_CHAIN` where it sets off nothing.
   */
  @Column({ type: 'uuid', name: 'chain_run', nullable: true })
  chainRun!: string | null;

  /** When to look, once it is over, at the jobs that run after its own; null: there are none, or all is decided. */
  @Column({ type: 'timestamptz', precision: 3, name: 'chain_at', nullable: true })
  chainAt!: Date | null;

  /** The executions that set this one off, or kept it from running. They have its nominal time. */
  @Column({ type: 'uuid', array: true, name: 'parent_ids', nullable: true })
  parentIds!: string[] | null;

  @Column({ type: 'timestamptz', precision: 3, name: 'created_at', default: () => 'now()' })
  createdAt!: Date;
}
