import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which misfire rule left a stretch of nominal times without a run. */
export class GapDetails1764400000000 implements MigrationInterface {
  name = 'GapDetails1764400000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE schedule_gaps ADD COLUMN detail varchar(32),
      ADD CONSTRAINT schedule_gaps_detail_known CHECK (detail IN ('catchup_window', 'policy', 'cap'))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE schedule_gaps DROP COLUMN detail');
  }
}
