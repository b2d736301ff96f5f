import type { MigrationInterface, QueryRunner } from 'typeorm';

const LIVE_DUE = `status IN ('scheduled', 'retrying')`;
const OCCUPYING = `status IN ('queued', 'running', 'retrying')`;

/**
 * The first schema. `executions`, `execution_attempts` and `job_logs` are range-partitioned by time, so that
 * retention drops partitions; the default partitions made here take what no dated one covers.
 */
export class Initial1764000000000 implements MigrationInterface {
  name = 'Initial1764000000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES.toReversed()) await runner.query(`DROP TABLE ${table}`);
  }
}

const TABLES = [
  'users',
  'sessions',
  'login_lockouts',
  'jobs',
  'job_versions',
  'executions',
  'execution_attempts',
  'job_logs',
  'schedule_gaps',
  'workers',
  'notifications',
  'idempotency_keys',
];

const UP = [
  `CREATE TABLE users (
    id uuid NOT NULL,
    email varchar(320) NOT NULL,
    name varchar(200) NOT NULL,
    password_hash varchar(100) NOT NULL,
    role varchar(16) NOT NULL DEFAULT 'user',
    is_active boolean NOT NULL DEFAULT true,
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    updated_at timestamptz(3) NOT NULL DEFAULT now(),
    CONSTRAINT users_pk PRIMARY KEY (id),
    CONSTRAINT users_email_unique UNIQUE (email),
    CONSTRAINT users_email_lower CHECK (email = lower(email)),
    CONSTRAINT users_role_known CHECK (role IN ('user', 'admin'))
  )`,

  `CREATE TABLE sessions (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    refresh_token_hash varchar(64) NOT NULL,
    user_agent varchar(400),
    ip_address varchar(64),
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    last_used_at timestamptz(3) NOT NULL DEFAULT now(),
    expires_at timestamptz(3) NOT NULL,
    revoked_at timestamptz(3),
    revoke_reason varchar(32),
    CONSTRAINT sessions_pk PRIMARY KEY (id),
    CONSTRAINT sessions_user_fk FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
  )`,
  `CREATE INDEX sessions_user_idx ON sessions (user_id)`,
  `CREATE INDEX sessions_expires_idx ON sessions (expires_at)`,

  `CREATE TABLE login_lockouts (
    email_hash varchar(64) NOT NULL,
    failures integer NOT NULL,
    last_failed_at timestamptz(3) NOT NULL DEFAULT now(),
    locked_until timestamptz(3),
    CONSTRAINT login_lockouts_pk PRIMARY KEY (email_hash)
  )`,
  `CREATE INDEX login_lockouts_last_failed_idx ON login_lockouts (last_failed_at)`,

  `CREATE TABLE jobs (
    id uuid NOT NULL,
    owner_id uuid NOT NULL,
    name varchar(200) NOT NULL,
    description text,
    type varchar(16) NOT NULL,
    payload jsonb NOT NULL,
    secret_fields text[] NOT NULL DEFAULT '{}',
    schedule_type varchar(16) NOT NULL,
    scheduled_at timestamptz(3),
    cron_expression varchar(250),
    timezone varchar(64) NOT NULL DEFAULT 'UTC',
    max_retries integer NOT NULL,
    retry_delay_ms integer NOT NULL,
    backoff jsonb NOT NULL,
    timeout_ms integer NOT NULL,
    priority smallint NOT NULL DEFAULT 0,
    tags text[] NOT NULL DEFAULT '{}',
    notifications jsonb NOT NULL DEFAULT '{}',
    overlap_policy varchar(16) NOT NULL DEFAULT 'skip',
    misfire_policy varchar(16) NOT NULL DEFAULT 'fire_once',
    catchup_window_ms bigint NOT NULL DEFAULT 86400000,
    dst_gap varchar(8) NOT NULL DEFAULT 'shift',
    dst_overlap varchar(8) NOT NULL DEFAULT 'first',
    status varchar(16) NOT NULL DEFAULT 'active',
    status_reason varchar(500),
    paused_at timestamptz(3),
    next_run_at timestamptz(3),
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    updated_at timestamptz(3) NOT NULL DEFAULT now(),
    deleted_at timestamptz(3),
    CONSTRAINT jobs_pk PRIMARY KEY (id),
    CONSTRAINT jobs_owner_fk FOREIGN KEY (owner_id) REFERENCES users (id),
    CONSTRAINT jobs_type_known CHECK (type IN ('http', 'webhook', 'script', 'email', 'custom')),
    CONSTRAINT jobs_schedule_complete CHECK (
      (schedule_type = 'immediate' AND scheduled_at IS NULL AND cron_expression IS NULL)
      OR (schedule_type = 'scheduled' AND scheduled_at IS NOT NULL AND cron_expression IS NULL)
      OR (schedule_type = 'recurring' AND scheduled_at IS NULL AND cron_expression IS NOT NULL)),
    CONSTRAINT jobs_status_known CHECK (status IN ('active', 'paused', 'completed', 'cancelled', 'failed')),
    CONSTRAINT jobs_next_run_not_ended CHECK (next_run_at IS NULL OR (status IN ('active', 'paused') AND deleted_at IS NULL)),
    CONSTRAINT jobs_paused_since CHECK ((status = 'paused') = (paused_at IS NOT NULL)),
    CONSTRAINT jobs_max_retries_range CHECK (max_retries BETWEEN 0 AND 50),
    CONSTRAINT jobs_retry_delay_range CHECK (retry_delay_ms >= 0),
    CONSTRAINT jobs_timeout_range CHECK (timeout_ms > 0),
    CONSTRAINT jobs_priority_range CHECK (priority BETWEEN 0 AND 10)
  )`,
  `CREATE INDEX jobs_due_idx ON jobs (next_run_at, id) WHERE status = 'active'`,
  `CREATE INDEX jobs_owner_idx ON jobs (owner_id, created_at, id) WHERE deleted_at IS NULL`,
  `CREATE INDEX jobs_created_idx ON jobs (created_at, id) WHERE deleted_at IS NULL`,
  `CREATE INDEX jobs_tags_idx ON jobs USING gin (tags)`,

  `CREATE TABLE job_versions (
    job_id uuid NOT NULL,
    version integer NOT NULL,
    definition jsonb NOT NULL,
    changed_by uuid,
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    CONSTRAINT job_versions_pk PRIMARY KEY (job_id, version),
    CONSTRAINT job_versions_job_fk FOREIGN KEY (job_id) REFERENCES jobs (id) ON DELETE CASCADE
  )`,

  `CREATE TABLE executions (
    id uuid NOT NULL,
    scheduled_for timestamptz(3) NOT NULL,
    job_id uuid NOT NULL,
    type varchar(16) NOT NULL,
    trigger varchar(16) NOT NULL,
    status varchar(16) NOT NULL,
    reason varchar(32),
    priority smallint NOT NULL DEFAULT 0,
    effective_at timestamptz(3) NOT NULL,
    due_at timestamptz(3) NOT NULL,
    overlap_policy varchar(16),
    attempt integer NOT NULL DEFAULT 0,
    max_attempts integer NOT NULL,
    job_version integer,
    payload_override jsonb,
    message_id varchar(64),
    fence integer NOT NULL DEFAULT 0,
    lease_until timestamptz(3),
    worker_id uuid,
    cancel_requested_at timestamptz(3),
    queued_at timestamptz(3),
    started_at timestamptz(3),
    attempt_started_at timestamptz(3),
    finished_at timestamptz(3),
    result jsonb,
    error jsonb,
    retry_of uuid,
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    CONSTRAINT executions_pk PRIMARY KEY (id, scheduled_for),
    CONSTRAINT executions_job_fk FOREIGN KEY (job_id) REFERENCES jobs (id),
    CONSTRAINT executions_trigger_known CHECK (trigger IN ('schedule', 'manual', 'retry', 'backfill', 'api')),
    CONSTRAINT executions_status_known CHECK (status IN ('scheduled', 'queued', 'running', 'retrying',
      'completed', 'failed', 'cancelled', 'timed_out', 'skipped', 'missed')),
    CONSTRAINT executions_attempt_range CHECK (attempt BETWEEN 0 AND max_attempts),
    CONSTRAINT executions_running_leased CHECK ((status = 'running') = (lease_until IS NOT NULL)),
    CONSTRAINT executions_finished_at_end CHECK ((finished_at IS NOT NULL) =
      (status IN ('completed', 'failed', 'cancelled', 'timed_out', 'skipped', 'missed')))
  ) PARTITION BY RANGE (scheduled_for)`,
  `CREATE TABLE executions_default PARTITION OF executions DEFAULT`,
  `CREATE UNIQUE INDEX executions_occurrence_unique ON executions (job_id, scheduled_for)
    WHERE trigger = 'schedule'`,
  `CREATE INDEX executions_job_idx ON executions (job_id, scheduled_for, id)`,
  `CREATE INDEX executions_due_idx ON executions (due_at, id) WHERE ${LIVE_DUE}`,
  `CREATE INDEX executions_queued_idx ON executions (queued_at) WHERE status = 'queued'`,
  `CREATE INDEX executions_lease_idx ON executions (lease_until) WHERE status = 'running'`,
  `CREATE INDEX executions_occupying_idx ON executions (job_id) WHERE ${OCCUPYING}`,

  `CREATE TABLE execution_attempts (
    execution_id uuid NOT NULL,
    scheduled_for timestamptz(3) NOT NULL,
    attempt integer NOT NULL,
    status varchar(16) NOT NULL,
    worker_id uuid,
    started_at timestamptz(3) NOT NULL,
    finished_at timestamptz(3) NOT NULL,
    error jsonb,
    CONSTRAINT execution_attempts_pk PRIMARY KEY (execution_id, attempt, scheduled_for),
    CONSTRAINT execution_attempts_status_known CHECK (status IN ('completed', 'failed', 'timed_out', 'cancelled', 'lost')),
    CONSTRAINT execution_attempts_number CHECK (attempt >= 1)
  ) PARTITION BY RANGE (scheduled_for)`,
  `CREATE TABLE execution_attempts_default PARTITION OF execution_attempts DEFAULT`,

  `CREATE TABLE job_logs (
    id uuid NOT NULL,
    logged_at timestamptz(3) NOT NULL,
    job_id uuid NOT NULL,
    execution_id uuid NOT NULL,
    attempt integer NOT NULL,
    level varchar(8) NOT NULL,
    message text NOT NULL,
    data jsonb,
    CONSTRAINT job_logs_pk PRIMARY KEY (id, logged_at),
    CONSTRAINT job_logs_level_known CHECK (level IN ('debug', 'info', 'warn', 'error'))
  ) PARTITION BY RANGE (logged_at)`,
  `CREATE TABLE job_logs_default PARTITION OF job_logs DEFAULT`,
  `CREATE INDEX job_logs_job_idx ON job_logs (job_id, id)`,
  `CREATE INDEX job_logs_execution_idx ON job_logs (execution_id, id)`,

  `CREATE TABLE schedule_gaps (
    id uuid NOT NULL,
    job_id uuid NOT NULL,
    from_at timestamptz(3) NOT NULL,
    to_at timestamptz(3) NOT NULL,
    reason varchar(32) NOT NULL,
    count integer NOT NULL,
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    CONSTRAINT schedule_gaps_pk PRIMARY KEY (id),
    CONSTRAINT schedule_gaps_job_fk FOREIGN KEY (job_id) REFERENCES jobs (id) ON DELETE CASCADE,
    CONSTRAINT schedule_gaps_order CHECK (from_at <= to_at),
    CONSTRAINT schedule_gaps_count CHECK (count >= 1),
    CONSTRAINT schedule_gaps_reason_known CHECK (reason IN ('paused', 'scheduler_down', 'job_ended'))
  )`,
  `CREATE INDEX schedule_gaps_job_idx ON schedule_gaps (job_id, from_at)`,

  `CREATE TABLE workers (
    id uuid NOT NULL,
    host varchar(255) NOT NULL,
    pid integer NOT NULL,
    version varchar(32) NOT NULL,
    types text[] NOT NULL,
    roles text[] NOT NULL,
    concurrency integer NOT NULL,
    running integer NOT NULL DEFAULT 0,
    handlers jsonb NOT NULL DEFAULT '[]',
    started_at timestamptz(3) NOT NULL DEFAULT now(),
    heartbeat_at timestamptz(3) NOT NULL DEFAULT now(),
    stopped_at timestamptz(3),
    CONSTRAINT workers_pk PRIMARY KEY (id)
  )`,
  `CREATE INDEX workers_heartbeat_idx ON workers (heartbeat_at)`,

  `CREATE TABLE notifications (
    id uuid NOT NULL,
    job_id uuid NOT NULL,
    execution_id uuid NOT NULL,
    event varchar(32) NOT NULL,
    channel varchar(32) NOT NULL,
    payload jsonb NOT NULL,
    status varchar(16) NOT NULL DEFAULT 'pending',
    attempts integer NOT NULL DEFAULT 0,
    next_attempt_at timestamptz(3) NOT NULL DEFAULT now(),
    error text,
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    sent_at timestamptz(3),
    CONSTRAINT notifications_pk PRIMARY KEY (id),
    CONSTRAINT notifications_job_fk FOREIGN KEY (job_id) REFERENCES jobs (id) ON DELETE CASCADE,
    CONSTRAINT notifications_once UNIQUE (execution_id, event, channel),
    CONSTRAINT notifications_status_known CHECK (status IN ('pending', 'sent', 'failed'))
  )`,
  `CREATE INDEX notifications_pending_idx ON notifications (next_attempt_at) WHERE status = 'pending'`,

  `CREATE TABLE idempotency_keys (
    owner_id uuid NOT NULL,
    scope varchar(100) NOT NULL,
    key varchar(255) NOT NULL,
    request_hash varchar(64) NOT NULL,
    answer jsonb NOT NULL,
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    CONSTRAINT idempotency_keys_pk PRIMARY KEY (owner_id, scope, key),
    CONSTRAINT idempotency_keys_owner_fk FOREIGN KEY (owner_id) REFERENCES users (id) ON DELETE CASCADE
  )`,
  `CREATE INDEX idempotency_keys_created_idx ON idempotency_keys (created_at)`,
];
