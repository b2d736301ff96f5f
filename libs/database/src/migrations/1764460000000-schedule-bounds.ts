import type { MigrationInterface, QueryRunner } from 'typeorm';

const OF_TYPE = `
  (schedule_type = 'immediate' AND scheduled_at IS NULL AND cron_expression IS NULL)
  OR (schedule_type = 'scheduled' AND scheduled_at IS NOT NULL AND cron_expression IS NULL)
  OR (schedule_type = 'recurring' AND scheduled_at IS NULL AND cron_expression IS NOT NULL)`;

/** Interval schedules; where schedules begin and end; jitter; what a job pauses itself for. */
export class ScheduleBounds1764460000000 implements MigrationInterface {
  name = 'ScheduleBounds1764460000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE jobs
      ADD COLUMN every_ms bigint,
      ADD COLUMN starts_at timestamptz(3),
      ADD COLUMN ends_at timestamptz(3),
      ADD COLUMN max_runs integer,
      ADD COLUMN jitter_ms integer NOT NULL DEFAULT 0,
      ADD COLUMN pause_after_failures integer,
      ADD COLUMN runs_done integer NOT NULL DEFAULT 0,
      ADD COLUMN runs_done_until timestamptz(3),
      ADD COLUMN failures_since timestamptz(3),
      DROP CONSTRAINT jobs_schedule_complete,
      ADD CONSTRAINT jobs_schedule_complete CHECK (every_ms IS NULL AND (${OF_TYPE})
        OR schedule_type = 'interval' AND every_ms > 0 AND scheduled_at IS NULL AND cron_expression IS NULL),
      ADD CONSTRAINT jobs_bounds_valid CHECK (starts_at <= ends_at AND max_runs >= 1 AND jitter_ms >= 0
        AND pause_after_failures >= 1)`);
    await runner.query(`CREATE INDEX jobs_ending_idx ON jobs (id)
      WHERE status = 'active' AND next_run_at IS NULL AND schedule_type IN ('recurring', 'interval')`);
  }

  /** Interval jobs cannot be told in the schema before: they must be gone. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX jobs_ending_idx');
    await runner.query(`ALTER TABLE jobs
      DROP CONSTRAINT jobs_bounds_valid,
      DROP CONSTRAINT jobs_schedule_complete,
      ADD CONSTRAINT jobs_schedule_complete CHECK (${OF_TYPE}),
      DROP COLUMN every_ms,
      DROP COLUMN starts_at,
      DROP COLUMN ends_at,
      DROP COLUMN max_runs,
      DROP COLUMN jitter_ms,
      DROP COLUMN pause_after_failures,
      DROP COLUMN runs_done,
      DROP COLUMN runs_done_until,
      DROP COLUMN failures_since`);
  }
}
