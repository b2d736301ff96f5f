import { Check, Column, Entity, PrimaryColumn } from 'typeorm';
import type { ExecutionError } from '#contracts';

export const ATTEMPT_STATUSES = ['completed', 'failed', 'timed_out', 'cancelled', 'lost'] as const;
export type AttemptStatus = (typeof ATTEMPT_STATUSES)[number];

/** How one attempt of an execution ended. Partitioned like its execution. `lost`: its worker died or lost touch. */
@Entity('execution_attempts')
@Check('execution_attempts_status_known', `status IN (...)`)
@Check('execution_attempts_number', 'attempt >= 1')
export class ExecutionAttemptEntity {
  @PrimaryColumn({ type: 'uuid', name: 'execution_id', primaryKeyConstraintName: 'execution_attempts_pk' })
  executionId!: string;

  @PrimaryColumn({ type: 'integer', primaryKeyConstraintName: 'execution_attempts_pk' })
  attempt!: number;

  @PrimaryColumn({
    type: 'timestamptz',
    precision: 3,
    name: 'scheduled_for',
    primaryKeyConstraintName: 'execution_attempts_pk',
  })
  scheduledFor!: Date;

  @Column({ type: 'varchar', length: 16 })
  status!: AttemptStatus;

  @Column({ type: 'uuid', name: 'worker_id', nullable: true })
  workerId!: string | null;

  @Column({ type: 'timestamptz', precision: 3, name: 'started_at' })
  startedAt!: Date;

  @Column({ type: 'timestamptz', precision: 3, name: 'finished_at' })
  finishedAt!: Date;

  @Column({ type: 'jsonb', nullable: true })
  error!: ExecutionError | null;
}
