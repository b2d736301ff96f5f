import type { MigrationInterface, QueryRunner } from 'typeorm';

const WAITS = `status IN ('scheduled', 'retrying')`;

/** Executions that wait for others of their job to end, and the bound on how many run at once. */
export class Overlap1764500000000 implements MigrationInterface {
  name = 'Overlap1764500000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE jobs ADD COLUMN max_concurrency integer,
      ADD CONSTRAINT jobs_max_concurrency_range CHECK (max_concurrency BETWEEN 1 AND 1000)`);
    await runner.query('ALTER TABLE executions ADD COLUMN buffered_at timestamptz(3)');
    await runner.query('DROP INDEX executions_due_idx');
    await runner.query(
      `CREATE INDEX executions_due_idx ON executions (due_at, id) WHERE ${WAITS} AND buffered_at IS NULL`,
    );
    await runner.query(`CREATE INDEX executions_buffered_idx ON executions (job_id, scheduled_for, id)
      WHERE status = 'scheduled' AND buffered_at IS NOT NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX executions_buffered_idx');
    await runner.query('DROP INDEX executions_due_idx');
    await runner.query(`CREATE INDEX executions_due_idx ON executions (due_at, id) WHERE ${WAITS}`);
    await runner.query('ALTER TABLE executions DROP COLUMN buffered_at');
    await runner.query('ALTER TABLE jobs DROP COLUMN max_concurrency');
  }
}
