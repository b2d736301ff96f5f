import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Misfires that wait for somebody to release or drop them. While an execution waits so, its `due_at` is infinity. */
export class CatchupReviews1764650000000 implements MigrationInterface {
  name = 'CatchupReviews1764650000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE catchup_reviews (
      id uuid NOT NULL,
      job_id uuid NOT NULL,
      from_at timestamptz(3) NOT NULL,
      to_at timestamptz(3) NOT NULL,
      misfires integer NOT NULL,
      status varchar(16) NOT NULL DEFAULT 'open',
      opened_at timestamptz(3) NOT NULL DEFAULT now(),
      decided_at timestamptz(3),
      decided_by uuid,
      decided_by_email varchar(320),
      reason varchar(500),
      CONSTRAINT catchup_reviews_pk PRIMARY KEY (id),
      CONSTRAINT catchup_reviews_job_fk FOREIGN KEY (job_id) REFERENCES jobs (id) ON DELETE CASCADE,
      CONSTRAINT catchup_reviews_order CHECK (from_at <= to_at),
      CONSTRAINT catchup_reviews_misfires CHECK (misfires >= 1),
      CONSTRAINT catchup_reviews_status_known CHECK (status IN ('open', 'released', 'dropped')),
      CONSTRAINT catchup_reviews_decided CHECK ((status = 'open') = (decided_at IS NULL))
    )`);
    await runner.query(`CREATE UNIQUE INDEX catchup_reviews_open_unique ON catchup_reviews (job_id)
      WHERE status = 'open'`);
    await runner.query('ALTER TABLE executions ADD COLUMN review_id uuid');
    await runner.query(`CREATE INDEX executions_held_idx ON executions (job_id, scheduled_for)
      WHERE status = 'scheduled' AND due_at = 'infinity'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`UPDATE executions SET due_at = effective_at WHERE due_at = 'infinity'`);
    await runner.query('DROP INDEX executions_held_idx');
    await runner.query('ALTER TABLE executions DROP COLUMN review_id');
    await runner.query('DROP TABLE catchup_reviews');
  }
}
