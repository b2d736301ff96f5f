import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { JsonObject, LogLevel } from '#contracts';

/** One line an executor wrote. Ids are ordered by time, so they order the lines. Partitioned by `loggedAt`. */
@Entity('job_logs')
@Index('job_logs_job_idx', ['jobId', 'id'])
@Index('job_logs_execution_idx', ['executionId', 'id'])
@Check('job_logs_level_known', `level IN ('debug', 'info', 'warn', 'error')`)
export class JobLogEntity {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'job_logs_pk' })
  id!: string;

  @PrimaryColumn({
    type: 'timestamptz',
    precision: 3,
    name: 'logged_at',
    primaryKeyConstraintName: 'job_logs_pk',
  })
  loggedAt!: Date;

  @Column({ type: 'uuid', name: 'job_id' })
  jobId!: string;

  @Column({ type: 'uuid', name: 'execution_id' })
  executionId!: string;

  @Column({ type: 'integer' })
  attempt!: number;

  @Column({ type: 'varchar', length: 8 })
  level!: LogLevel;

  @Column({ type: 'text' })
  message!: string;

  @Column({ type: 'jsonb', nullable: true })
  data!: JsonObject | null;
}
