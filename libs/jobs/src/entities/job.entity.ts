import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type {
  BackoffPolicy,
  DstGapPolicy,
  DstOverlapPolicy,
  JobStatus,
  JobType,
  JsonObject,
  MisfirePolicy,
  OverlapPolicy,
  ScheduleType,
} from '#contracts';
import type { StoredChainLink } from '../chain/stored-chain-link.js';

/** A job as it stands now. What it was before is in `job_versions`. */
@Entity('jobs')
@Index('jobs_due_idx', { synchronize: false })
@Index('jobs_owner_idx', { synchronize: false })
@Index('jobs_created_idx', { synchronize: false })
@Index('jobs_tags_idx', { synchronize: false })
@Check('jobs_type_known', `type IN ('http', 'webhook', 'script', 'email', 'custom')`)
@Check('jobs_schedule_complete', '...')
@Check('jobs_after_chained', `after = '[]' OR schedule_type = 'chained'`)
@Check('jobs_status_known', `status IN ('active', 'paused', 'completed', 'cancelled', 'failed')`)
@Check('jobs_next_run_not_ended', '...')
@Check('jobs_paused_since', `(status = 'paused') = (paused_at IS NOT NULL)`)
@Check('jobs_max_retries_range', 'max_retries BETWEEN 0 AND 50')
@Check('jobs_retry_delay_range', 'retry_delay_ms >= 0')
@Check('jobs_timeout_range', 'timeout_ms > 0')
@Check('jobs_bounds_valid', '...')
@Index('jobs_ending_idx', { synchronize: false })
@Index('jobs_calendars_idx', { synchronize: false })
@Index('jobs_skipping_idx', { synchronize: false })
@Check('jobs_max_concurrency_range', 'max_concurrency BETWEEN 1 AND 1000')
@Check('jobs_priority_range', 'priority BETWEEN 0 AND 10')
export class JobEntity {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'jobs_pk' })
  id!: string;

  @Column({ type: 'uuid', name: 'owner_id' })
  @ForeignKey('UserEntity', { name: 'jobs_owner_fk' })
  ownerId!: string;

  @Column({ type: 'varchar', length: 200 })
  name!: string;

  @Column({ type: 'text', nullable: true })
  description!: string | null;

  @Column({ type: 'varchar', length: 16 })
  type!: JobType;

  /** As the client wrote it, secrets sealed. */
  @Column({ type: 'jsonb' })
  payload!: JsonObject;

  /** Paths within the payload its owner marked secret. */
  @Column({ type: 'text', array: true, name: 'secret_fields', default: [] })
  secretFields!: string[];

  /** Named secrets the payload uses; null where it was stored before there were templates. */
  @Column({ type: 'text', array: true, name: 'used_secrets', nullable: true })
  usedSecrets!: string[] | null;

  @Column({ type: 'varchar', length: 16, name: 'schedule_type' })
  scheduleType!: ScheduleType;

  @Column({ type: 'timestamptz', precision: 3, name: 'scheduled_at', nullable: true })
  scheduledAt!: Date | null;

  @Column({ type: 'varchar', length: 250, name: 'cron_expression', nullable: true })
  cronExpression!: string | null;

  @Column({ type: 'varchar', length: 64, default: 'UTC' })
  timezone!: string;

  /** What it runs after, for chained jobs. `chain_links` holds the same, to be looked up from the other end. */
  @Column({ type: 'jsonb', default: [] })
  after!: StoredChainLink[];

  @Column({ type: 'integer', name: 'max_retries' })
  maxRetries!: number;

  @Column({ type: 'integer', name: 'retry_delay_ms' })
  retryDelayMs!: number;

  @Column({ type: 'jsonb' })
  backoff!: BackoffPolicy;

  @Column({ type: 'integer', name: 'timeout_ms' })
  timeoutMs!: number;

  @Column({ type: 'smallint', default: 0 })
  priority!: number;

  @Column({ type: 'text', array: true, default: [] })
  tags!: string[];

  /** `JobNotifications` as the client wrote them, secrets sealed. */
  @Column({ type: 'jsonb', default: {} })
  notifications!: JsonObject;

  @Column({ type: 'varchar', length: 16, name: 'overlap_policy', default: 'skip' })
  overlapPolicy!: OverlapPolicy;

  /** Bounds `allow_all`. */
  @Column({ type: 'integer', name: 'max_concurrency', nullable: true })
  maxConcurrency!: number | null;

  @Column({ type: 'varchar', length: 16, name: 'misfire_policy', default: 'fire_once' })
  misfirePolicy!: MisfirePolicy;

  @Column({
    type: 'bigint',
    name: 'catchup_window_ms',
    default: 86_400_000,
    transformer: { to: (value: number) => value, from: Number },
  })
  catchupWindowMs!: number;

  @Column({ type: 'varchar', length: 8, name: 'dst_gap', default: 'shift' })
  dstGap!: DstGapPolicy;

  @Column({ type: 'varchar', length: 8, name: 'dst_overlap', default: 'first' })
  dstOverlap!: DstOverlapPolicy;

  @Column({
    type: 'bigint',
    name: 'every_ms',
    nullable: true,
    transformer: { to: (value: number | null) => value, from: (text: string | null) => text && Number(text) },
  })
  everyMs!: number | null;

  @Column({ type: 'timestamptz', precision: 3, name: 'starts_at', nullable: true })
  startsAt!: Date | null;

  @Column({ type: 'timestamptz', precision: 3, name: 'ends_at', nullable: true })
  endsAt!: Date | null;

  @Column({ type: 'integer', name: 'max_runs', nullable: true })
  maxRuns!: number | null;

  @Column({ type: 'integer', name: 'jitter_ms', default: 0 })
  jitterMs!: number;

  @Column({ type: 'integer', name: 'pause_after_failures', nullable: true })
  pauseAfterFailures!: number | null;

  /** Calendars that say when it does not run. */
  @Column({ type: 'uuid', array: true, default: [] })
  calendars!: string[];

  /** Runs of the schedule up to `runsDoneUntil`; later ones are counted from their rows. Kept for `maxRuns` only. */
  @Column({ type: 'integer', name: 'runs_done', default: 0 })
  runsDone!: number;

  @Column({ type: 'timestamptz', precision: 3, name: 'runs_done_until', nullable: true })
  runsDoneUntil!: Date | null;

  /** Failures that ended before this do not count towards `pauseAfterFailures`. */
  @Column({ type: 'timestamptz', precision: 3, name: 'failures_since', nullable: true })
  failuresSince!: Date | null;

  @Column({ type: 'varchar', length: 16, default: 'active' })
  status!: JobStatus;

  @Column({ type: 'varchar', length: 500, name: 'status_reason', nullable: true })
  statusReason!: string | null;

  @Column({ type: 'timestamptz', precision: 3, name: 'paused_at', nullable: true })
  pausedAt!: Date | null;

  /** The first nominal time not yet in the ledger. Kept while paused, so that the gap can be told on resume. */
  @Column({ type: 'timestamptz', precision: 3, name: 'next_run_at', nullable: true })
  nextRunAt!: Date | null;

  /** The value of `nextRunAt` for which `runsAt` holds. */
  @Column({ type: 'timestamptz', precision: 3, name: 'skip_from', nullable: true })
  skipFrom!: Date | null;

  /** Where the occurrence at `nextRunAt` is skipped: the next that runs; null where there is none. Say it with `setNextRun`. */
  @Column({ type: 'timestamptz', precision: 3, name: 'runs_at', nullable: true })
  runsAt!: Date | null;

  @Column({ type: 'integer', default: 1 })
  version!: number;

  @Column({ type: 'timestamptz', precision: 3, name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  @Column({ type: 'timestamptz', precision: 3, name: 'updated_at', default: () => 'now()' })
  updatedAt!: Date;

  @Column({ type: 'timestamptz', precision: 3, name: 'deleted_at', nullable: true })
  deletedAt!: Date | null;
}
