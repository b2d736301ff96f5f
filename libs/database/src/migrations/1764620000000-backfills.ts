import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Times of the past that people have a job run for, and the executions made for them. */
export class Backfills1764620000000 implements MigrationInterface {
  name = 'Backfills1764620000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX executions_backfilling_idx');
    await runner.query('DROP INDEX executions_backfill_unique');
    await runner.query('ALTER TABLE executions DROP COLUMN backfill_id');
    await runner.query('DROP TABLE backfill_occurrences');
    await runner.query('DROP TABLE backfills');
  }
}

const UP = [
  `CREATE TABLE backfills (
    id uuid NOT NULL,
    job_id uuid NOT NULL,
    from_at timestamptz(3) NOT NULL,
    to_at timestamptz(3) NOT NULL,
    mode varchar(8) NOT NULL,
    rate_per_minute integer,
    overlap_policy varchar(16) NOT NULL,
    include_blackouts boolean NOT NULL DEFAULT false,
    status varchar(16) NOT NULL DEFAULT 'running',
    next_at timestamptz(3) NOT NULL DEFAULT now(),
    created_by uuid,
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    finished_at timestamptz(3),
    CONSTRAINT backfills_pk PRIMARY KEY (id),
    CONSTRAINT backfills_job_fk FOREIGN KEY (job_id) REFERENCES jobs (id) ON DELETE CASCADE,
    CONSTRAINT backfills_order CHECK (from_at <= to_at),
    CONSTRAINT backfills_mode_known CHECK (mode IN ('missing', 'failed', 'all')),
    CONSTRAINT backfills_rate_range CHECK (rate_per_minute BETWEEN 1 AND 6000),
    CONSTRAINT backfills_overlap_known CHECK (overlap_policy IN ('buffer_all', 'allow_all')),
    CONSTRAINT backfills_status_known CHECK (status IN ('running', 'completed', 'cancelled')),
    CONSTRAINT backfills_finished_at_end CHECK ((status = 'running') = (finished_at IS NULL))
  )`,
  'CREATE INDEX backfills_job_idx ON backfills (job_id, id)',
  `CREATE INDEX backfills_running_idx ON backfills (id) WHERE status = 'running'`,
  `CREATE TABLE backfill_occurrences (
    backfill_id uuid NOT NULL,
    scheduled_for timestamptz(3) NOT NULL,
    execution_id uuid,
    is_left_out boolean NOT NULL DEFAULT false,
    CONSTRAINT backfill_occurrences_pk PRIMARY KEY (backfill_id, scheduled_for),
    CONSTRAINT backfill_occurrences_backfill_fk FOREIGN KEY (backfill_id) REFERENCES backfills (id) ON DELETE CASCADE,
    CONSTRAINT backfill_occurrences_left_out CHECK (NOT is_left_out OR execution_id IS NULL)
  )`,
  `CREATE INDEX backfill_occurrences_waiting_idx ON backfill_occurrences (backfill_id, scheduled_for)
    WHERE execution_id IS NULL AND NOT is_left_out`,
  'ALTER TABLE executions ADD COLUMN backfill_id uuid',
  // However often a planner dies in between: a backfill runs a nominal time once.
  `CREATE UNIQUE INDEX executions_backfill_unique ON executions (backfill_id, scheduled_for)
    WHERE backfill_id IS NOT NULL`,
  `CREATE INDEX executions_backfilling_idx ON executions (job_id)
    WHERE backfill_id IS NOT NULL AND status IN ('scheduled', 'queued', 'running', 'retrying')`,
];
