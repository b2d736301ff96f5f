import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Keys for programs. Found by the id they carry, so the hash needs no index. */
export class ApiKeys1764200000000 implements MigrationInterface {
  name = 'ApiKeys1764200000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE api_keys (
      id uuid NOT NULL,
      user_id uuid NOT NULL,
      name varchar(100) NOT NULL,
      key_hash varchar(64) NOT NULL,
      created_at timestamptz(3) NOT NULL DEFAULT now(),
      expires_at timestamptz(3),
      last_used_at timestamptz(3),
      CONSTRAINT api_keys_pk PRIMARY KEY (id),
      CONSTRAINT api_keys_user_fk FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
    )`);
    await runner.query('CREATE INDEX api_keys_user_idx ON api_keys (user_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE api_keys');
  }
}
