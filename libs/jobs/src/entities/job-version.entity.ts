import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import type { JobDefinition } from '../job-definition.js';

/** What a job said from one edit to the next. Executions run from it, so that an edit never changes a run that began. */
@Entity('job_versions')
export class JobVersionEntity {
  @PrimaryColumn({ type: 'uuid', name: 'job_id', primaryKeyConstraintName: 'job_versions_pk' })
  @ForeignKey('JobEntity', { name: 'job_versions_job_fk', onDelete: 'CASCADE' })
  jobId!: string;

  @PrimaryColumn({ type: 'integer', primaryKeyConstraintName: 'job_versions_pk' })
  version!: number;

  @Column({ type: 'jsonb' })
  definition!: JobDefinition;

  @Column({ type: 'uuid', name: 'changed_by', nullable: true })
  changedBy!: string | null;

  /** Nominal times after this one are of this version, */
  @Column({ type: 'timestamptz', precision: 3, name: 'effective_at', default: () => 'now()' })
  effectiveAt!: Date;

  /** up to this one; null while its schedule is in force. */
  @Column({ type: 'timestamptz', precision: 3, name: 'until_at', nullable: true })
  untilAt!: Date | null;

  @Column({ type: 'timestamptz', precision: 3, name: 'created_at', default: () => 'now()' })
  createdAt!: Date;
}
