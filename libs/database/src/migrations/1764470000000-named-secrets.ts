import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Named secrets of users, and which of them a job's payload uses. Null there: the payload was stored before there were
 * templates, and braces in it mean nothing until it is next changed.
 */
export class NamedSecrets1764470000000 implements MigrationInterface {
  name = 'NamedSecrets1764470000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE secrets (
      id uuid NOT NULL,
      owner_id uuid NOT NULL,
      name varchar(64) NOT NULL,
      description varchar(500),
      value text NOT NULL,
      created_at timestamptz(3) NOT NULL DEFAULT now(),
      updated_at timestamptz(3) NOT NULL DEFAULT now(),
      last_used_at timestamptz(3),
      CONSTRAINT secrets_pk PRIMARY KEY (id),
      CONSTRAINT secrets_name_unique UNIQUE (owner_id, name),
      CONSTRAINT secrets_owner_fk FOREIGN KEY (owner_id) REFERENCES users (id) ON DELETE CASCADE
    )`);
    await runner.query('ALTER TABLE jobs ADD COLUMN used_secrets text[]');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE jobs DROP COLUMN used_secrets');
    await runner.query('DROP TABLE secrets');
  }
}
