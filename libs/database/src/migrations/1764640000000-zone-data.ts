import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the zone data in use said of each zone in use, and which schedules moved when they came to say something else. */
export class ZoneData1764640000000 implements MigrationInterface {
  name = 'ZoneData1764640000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE workers ADD COLUMN tz_version varchar(16)');
    await runner.query(`CREATE TABLE zone_data (
      timezone varchar(64) NOT NULL,
      adopted_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
      tz_version varchar(16) NOT NULL,
      from_at timestamptz(3) NOT NULL,
      until_at timestamptz(3) NOT NULL,
      offsets jsonb NOT NULL,
      moved_up_to uuid,
      settled_at timestamptz(3),
      CONSTRAINT zone_data_pk PRIMARY KEY (timezone, adopted_at),
      CONSTRAINT zone_data_range CHECK (from_at < until_at))`);
    await runner.query(`CREATE TABLE zone_changes (
      id uuid NOT NULL,
      job_id uuid NOT NULL,
      timezone varchar(64) NOT NULL,
      adopted_at timestamptz(3) NOT NULL,
      version_before varchar(16) NOT NULL,
      version_after varchar(16) NOT NULL,
      until_at timestamptz(3) NOT NULL,
      effective_at timestamptz(3) NOT NULL,
      next_run_before timestamptz(3) NOT NULL,
      next_run_after timestamptz(3),
      moved_from timestamptz(3),
      moved_from_local varchar(32),
      moved_to timestamptz(3),
      moved_to_local varchar(32),
      CONSTRAINT zone_changes_pk PRIMARY KEY (id),
      CONSTRAINT zone_changes_job_fk FOREIGN KEY (job_id) REFERENCES jobs (id) ON DELETE CASCADE)`);
    await runner.query('CREATE UNIQUE INDEX zone_changes_job_idx ON zone_changes (job_id, adopted_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE zone_changes');
    await runner.query('DROP TABLE zone_data');
    await runner.query('ALTER TABLE workers DROP COLUMN tz_version');
  }
}
