import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How watched jobs fare, a job's notifications newest first, and those retention looks for. */
export class Notifications1764100000000 implements MigrationInterface {
  name = 'Notifications1764100000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE notification_streaks (
      job_id uuid NOT NULL,
      failures integer NOT NULL DEFAULT 0,
      is_alerted boolean NOT NULL DEFAULT false,
      CONSTRAINT notification_streaks_pk PRIMARY KEY (job_id),
      CONSTRAINT notification_streaks_job_fk FOREIGN KEY (job_id) REFERENCES jobs (id) ON DELETE CASCADE,
      CONSTRAINT notification_streaks_count CHECK (failures >= 0)
    )`);
    await runner.query('CREATE INDEX notifications_job_idx ON notifications (job_id, id)');
    await runner.query(
      `CREATE INDEX notifications_done_idx ON notifications (created_at) WHERE status <> 'pending'`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX notifications_done_idx');
    await runner.query('DROP INDEX notifications_job_idx');
    await runner.query('DROP TABLE notification_streaks');
  }
}
