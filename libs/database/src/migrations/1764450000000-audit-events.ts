import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The audit trail. The database itself keeps it append-only: rows are never changed, and only those older than the
 * days that a transaction of retention names in `chronos.audit_retention_days` are deleted.
 */
export class AuditEvents1764450000000 implements MigrationInterface {
  name = 'AuditEvents1764450000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE audit_events');
    await runner.query('DROP FUNCTION audit_events_keep');
  }
}

const UP = [
  `CREATE TABLE audit_events (
    id uuid NOT NULL,
    occurred_at timestamptz(3) NOT NULL DEFAULT now(),
    actor_id uuid,
    actor_email varchar(320),
    api_key_id uuid,
    action varchar(64) NOT NULL,
    target_type varchar(32) NOT NULL,
    target_id varchar(100),
    job_id uuid,
    owner_id uuid,
    before jsonb,
    after jsonb,
    request_id varchar(128),
    address varchar(64),
    CONSTRAINT audit_events_pk PRIMARY KEY (id)
  )`,
  `CREATE INDEX audit_events_time_idx ON audit_events (occurred_at, id)`,
  `CREATE INDEX audit_events_owner_idx ON audit_events (owner_id, occurred_at, id)`,
  `CREATE INDEX audit_events_actor_idx ON audit_events (actor_id, occurred_at, id)`,
  `CREATE INDEX audit_events_job_idx ON audit_events (job_id, occurred_at, id)`,
  `CREATE INDEX audit_events_target_idx ON audit_events (target_id, occurred_at, id)`,

  `CREATE FUNCTION audit_events_keep() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE kept_days integer := nullif(current_setting('chronos.audit_retention_days', true), '')::integer;
  BEGIN
    IF TG_OP = 'DELETE' AND kept_days >= 1 AND OLD.occurred_at < now() - kept_days * interval '1 day' THEN
      RETURN OLD;
    END IF;
    RAISE EXCEPTION 'audit_events is append-only: % refused', TG_OP USING ERRCODE = 'insufficient_privilege';
  END $$`,
  `CREATE TRIGGER audit_events_keep_rows BEFORE UPDATE OR DELETE ON audit_events
    FOR EACH ROW EXECUTE FUNCTION audit_events_keep()`,
  `CREATE TRIGGER audit_events_keep_all BEFORE TRUNCATE ON audit_events
    FOR EACH STATEMENT EXECUTE FUNCTION audit_events_keep()`,
];
