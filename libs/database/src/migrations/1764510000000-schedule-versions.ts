import type { MigrationInterface, QueryRunner } from 'typeorm';

/** From when to when each version's schedule was in force, so that its nominal times can be worked out again. */
export class ScheduleVersions1764510000000 implements MigrationInterface {
  name = 'ScheduleVersions1764510000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE job_versions
      ADD COLUMN effective_at timestamptz(3) NOT NULL DEFAULT now(),
      ADD COLUMN until_at timestamptz(3)`);
    await runner.query(`UPDATE job_versions v SET effective_at = v.created_at, until_at = n.created_at
      FROM job_versions o
      LEFT JOIN job_versions n ON n.job_id = o.job_id AND n.version = o.version + 1
      WHERE v.job_id = o.job_id AND v.version = o.version`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE job_versions DROP COLUMN effective_at, DROP COLUMN until_at');
  }
}
