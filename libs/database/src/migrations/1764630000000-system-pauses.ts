import type { MigrationInterface, QueryRunner } from 'typeorm';

const REASONS = `'paused', 'scheduler_down', 'job_ended', 'blackout'`;

/** Pauses of everything by an admin: the one that lasts, and those that are over, for what the ledger has to say of them. */
export class SystemPauses1764630000000 implements MigrationInterface {
  name = 'SystemPauses1764630000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE system_pauses (
      id uuid NOT NULL,
      since_at timestamptz(3) NOT NULL,
      until_at timestamptz(3),
      settled_at timestamptz(3),
      reason varchar(500) NOT NULL,
      catch_up boolean,
      paused_by uuid,
      resumed_by uuid,
      CONSTRAINT system_pauses_pk PRIMARY KEY (id),
      CONSTRAINT system_pauses_paused_by_fk FOREIGN KEY (paused_by) REFERENCES users (id) ON DELETE SET NULL,
      CONSTRAINT system_pauses_resumed_by_fk FOREIGN KEY (resumed_by) REFERENCES users (id) ON DELETE SET NULL,
      CONSTRAINT system_pauses_order CHECK (since_at <= until_at),
      CONSTRAINT system_pauses_settled_when_over CHECK (settled_at IS NULL OR until_at IS NOT NULL),
      CONSTRAINT system_pauses_resumed_how CHECK ((until_at IS NULL) = (catch_up IS NULL))
    )`);
    await runner.query(
      `CREATE UNIQUE INDEX system_pauses_open_unique ON system_pauses ((until_at IS NULL)) WHERE until_at IS NULL`,
    );
    await runner.query(
      `CREATE INDEX system_pauses_unsettled_idx ON system_pauses (since_at) WHERE settled_at IS NULL`,
    );
    await runner.query(`ALTER TABLE schedule_gaps DROP CONSTRAINT schedule_gaps_reason_known,
      ADD CONSTRAINT schedule_gaps_reason_known CHECK (reason IN (${REASONS}, 'system_paused'))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`UPDATE schedule_gaps SET reason = 'paused' WHERE reason = 'system_paused'`);
    await runner.query(`ALTER TABLE schedule_gaps DROP CONSTRAINT schedule_gaps_reason_known,
      ADD CONSTRAINT schedule_gaps_reason_known CHECK (reason IN (${REASONS}))`);
    await runner.query('DROP TABLE system_pauses');
  }
}
