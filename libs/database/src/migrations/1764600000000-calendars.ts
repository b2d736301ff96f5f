import type { MigrationInterface, QueryRunner } from 'typeorm';

const GAP_REASONS = `'paused', 'scheduler_down', 'job_ended'`;

/** When a planner is to look at a job: where the occurrence it has come to is skipped, at the next that runs. */
const RUNS_AT = 'CASE WHEN next_run_at = skip_from THEN runs_at ELSE next_run_at END';

/** Blackout calendars with their versions of record, the jobs that name them, and the next time that is not skipped. */
export class Calendars1764600000000 implements MigrationInterface {
  name = 'Calendars1764600000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE calendars (
      id uuid NOT NULL,
      owner_id uuid NOT NULL,
      name varchar(200) NOT NULL,
      description varchar(2000),
      shared boolean NOT NULL DEFAULT false,
      version integer NOT NULL DEFAULT 1,
      created_at timestamptz(3) NOT NULL DEFAULT now(),
      updated_at timestamptz(3) NOT NULL DEFAULT now(),
      deleted_at timestamptz(3),
      CONSTRAINT calendars_pk PRIMARY KEY (id),
      CONSTRAINT calendars_owner_fk FOREIGN KEY (owner_id) REFERENCES users (id)
    )`);
    await runner.query(
      'CREATE UNIQUE INDEX calendars_name_idx ON calendars (owner_id, name) WHERE deleted_at IS NULL',
    );
    await runner.query(`CREATE TABLE calendar_versions (
      id uuid NOT NULL,
      calendar_id uuid NOT NULL,
      version integer NOT NULL,
      rules jsonb NOT NULL,
      effective_at timestamptz(3) NOT NULL,
      until_at timestamptz(3),
      CONSTRAINT calendar_versions_pk PRIMARY KEY (id),
      CONSTRAINT calendar_versions_unique UNIQUE (calendar_id, version),
      CONSTRAINT calendar_versions_calendar_fk FOREIGN KEY (calendar_id) REFERENCES calendars (id) ON DELETE CASCADE,
      CONSTRAINT calendar_versions_order CHECK (effective_at <= until_at)
    )`);
    await runner.query(`CREATE UNIQUE INDEX calendar_versions_current_idx ON calendar_versions (calendar_id)
      WHERE until_at IS NULL`);
    await runner.query(`ALTER TABLE jobs
      ADD COLUMN calendars uuid[] NOT NULL DEFAULT '{}',
      ADD COLUMN skip_from timestamptz(3),
      ADD COLUMN runs_at timestamptz(3)`);
    await runner.query(
      `CREATE INDEX jobs_calendars_idx ON jobs USING gin (calendars) WHERE calendars <> '{}'`,
    );
    await runner.query('DROP INDEX jobs_due_idx');
    await runner.query(`CREATE INDEX jobs_due_idx ON jobs ((${RUNS_AT}), id) WHERE status = 'active'`);
    await runner.query(`CREATE INDEX jobs_skipping_idx ON jobs (next_run_at)
      WHERE status = 'active' AND next_run_at = skip_from`);
    await runner.query(`ALTER TABLE schedule_gaps DROP CONSTRAINT schedule_gaps_reason_known,
      ADD CONSTRAINT schedule_gaps_reason_known CHECK (reason IN (${GAP_REASONS}, 'blackout'))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DELETE FROM schedule_gaps WHERE reason = 'blackout'`);
    await runner.query(`ALTER TABLE schedule_gaps DROP CONSTRAINT schedule_gaps_reason_known,
      ADD CONSTRAINT schedule_gaps_reason_known CHECK (reason IN (${GAP_REASONS}))`);
    await runner.query('DROP INDEX jobs_skipping_idx');
    await runner.query('DROP INDEX jobs_due_idx');
    await runner.query(`CREATE INDEX jobs_due_idx ON jobs (next_run_at, id) WHERE status = 'active'`);
    await runner.query('ALTER TABLE jobs DROP COLUMN calendars, DROP COLUMN skip_from, DROP COLUMN runs_at');
    await runner.query('DROP TABLE calendar_versions');
    await runner.query('DROP TABLE calendars');
  }
}
