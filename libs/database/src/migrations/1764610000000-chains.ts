import type { MigrationInterface, QueryRunner } from 'typeorm';

const OF_TYPE = `
  (schedule_type = 'immediate' AND scheduled_at IS NULL AND cron_expression IS NULL)
  OR (schedule_type = 'scheduled' AND scheduled_at IS NOT NULL AND cron_expression IS NULL)
  OR (schedule_type = 'recurring' AND scheduled_at IS NULL AND cron_expression IS NOT NULL)`;
const INTERVAL = `schedule_type = 'interval' AND every_ms > 0 AND scheduled_at IS NULL AND cron_expression IS NULL`;
const CHAINED = `schedule_type = 'chained' AND every_ms IS NULL AND scheduled_at IS NULL AND cron_expression IS NULL`;
const TRIGGERS = `'schedule', 'manual', 'retry', 'backfill', 'api'`;

/** Jobs that run after others, and what marks their executions. */
export class Chains1764610000000 implements MigrationInterface {
  name = 'Chains1764610000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  /** Chained jobs cannot be told in the schema before: they and their executions must be gone. */
  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}

const UP = [
  `ALTER TABLE jobs
    ADD COLUMN after jsonb NOT NULL DEFAULT '[]',
    ADD CONSTRAINT jobs_after_chained CHECK (after = '[]' OR schedule_type = 'chained'),
    DROP CONSTRAINT jobs_schedule_complete,
    ADD CONSTRAINT jobs_schedule_complete CHECK (every_ms IS NULL AND (${OF_TYPE}) OR ${INTERVAL} OR ${CHAINED})`,

  `CREATE TABLE chain_links (
    child_id uuid NOT NULL,
    parent_id uuid NOT NULL,
    condition varchar(16) NOT NULL,
    CONSTRAINT chain_links_pk PRIMARY KEY (child_id, parent_id),
    CONSTRAINT chain_links_child_fk FOREIGN KEY (child_id) REFERENCES jobs (id) ON DELETE CASCADE,
    CONSTRAINT chain_links_parent_fk FOREIGN KEY (parent_id) REFERENCES jobs (id) ON DELETE CASCADE,
    CONSTRAINT chain_links_condition_known CHECK (condition IN ('completed', 'failed', 'any')),
    CONSTRAINT chain_links_not_itself CHECK (child_id <> parent_id)
  )`,
  `CREATE INDEX chain_links_parent_idx ON chain_links (parent_id)`,

  `ALTER TABLE executions
    ADD COLUMN chain_run uuid,
    ADD COLUMN chain_at timestamptz(3),
    ADD COLUMN parent_ids uuid[],
    DROP CONSTRAINT executions_trigger_known,
    ADD CONSTRAINT executions_trigger_known CHECK (trigger IN (${TRIGGERS}, 'chain'))`,
  `CREATE UNIQUE INDEX executions_chain_unique ON executions (job_id, scheduled_for, chain_run) NULLS NOT DISTINCT
    WHERE trigger = 'chain' AND status <> 'skipped'`,
  `CREATE INDEX executions_chain_idx ON executions (chain_at, id)
    WHERE chain_at IS NOT NULL AND finished_at IS NOT NULL`,
  `CREATE INDEX executions_parents_idx ON executions USING gin (parent_ids) WHERE parent_ids IS NOT NULL`,
];

const DOWN = [
  'DROP INDEX executions_parents_idx, executions_chain_idx, executions_chain_unique',
  `ALTER TABLE executions
    DROP CONSTRAINT executions_trigger_known,
    ADD CONSTRAINT executions_trigger_known CHECK (trigger IN (${TRIGGERS})),
    DROP COLUMN chain_run,
    DROP COLUMN chain_at,
    DROP COLUMN parent_ids`,
  'DROP TABLE chain_links',
  `ALTER TABLE jobs
    DROP CONSTRAINT jobs_after_chained,
    DROP CONSTRAINT jobs_schedule_complete,
    ADD CONSTRAINT jobs_schedule_complete CHECK (every_ms IS NULL AND (${OF_TYPE}) OR ${INTERVAL}),
    DROP COLUMN after`,
];
