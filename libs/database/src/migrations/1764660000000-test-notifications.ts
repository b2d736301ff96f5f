import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Messages that tell of no execution: somebody wants to see that a job's channels work. */
export class TestNotifications1764660000000 implements MigrationInterface {
  name = 'TestNotifications1764660000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE notifications ALTER COLUMN execution_id DROP NOT NULL');
    await runner.query(`ALTER TABLE notifications ADD CONSTRAINT notifications_of_execution
      CHECK ((event = 'test') = (execution_id IS NULL))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DELETE FROM notifications WHERE event = 'test'`);
    await runner.query('ALTER TABLE notifications DROP CONSTRAINT notifications_of_execution');
    await runner.query('ALTER TABLE notifications ALTER COLUMN execution_id SET NOT NULL');
  }
}
