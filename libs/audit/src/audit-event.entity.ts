import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { JsonObject } from '#contracts';
import type { AuditAction, AuditTarget } from './audit-action.js';

/**
 * One thing somebody did. Written with what it tells of, in one transaction; the database refuses to change it, and to
 * delete it for anything but retention. Refers to nothing by foreign key: the trail outlives what it tells of.
 */
@Entity('audit_events')
@Index('audit_events_time_idx', ['occurredAt', 'id'])
@Index('audit_events_owner_idx', ['ownerId', 'occurredAt', 'id'])
@Index('audit_events_actor_idx', ['actorId', 'occurredAt', 'id'])
@Index('audit_events_job_idx', ['jobId', 'occurredAt', 'id'])
@Index('audit_events_target_idx', ['targetId', 'occurredAt', 'id'])
export class AuditEventEntity {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'audit_events_pk' })
  id!: string;

  /** When the transaction of the change began. */
  @Column({ type: 'timestamptz', precision: 3, name: 'occurred_at', default: () => 'now()' })
  occurredAt!: Date;

  /** Null: the program itself, or somebody unknown who tried to sign in. */
  @Column({ type: 'uuid', name: 'actor_id', nullable: true })
  actorId!: string | null;

  @Column({ type: 'varchar', length: 320, name: 'actor_email', nullable: true })
  actorEmail!: string | null;

  @Column({ type: 'uuid', name: 'api_key_id', nullable: true })
  apiKeyId!: string | null;

  @Column({ type: 'varchar', length: 64 })
  action!: AuditAction;

  @Column({ type: 'varchar', length: 32, name: 'target_type' })
  targetType!: AuditTarget;

  @Column({ type: 'varchar', length: 100, name: 'target_id', nullable: true })
  targetId!: string | null;

  @Column({ type: 'uuid', name: 'job_id', nullable: true })
  jobId!: string | null;

  /** Whose job or account it concerns: who may read it beside admins. */
  @Column({ type: 'uuid', name: 'owner_id', nullable: true })
  ownerId!: string | null;

  @Column({ type: 'jsonb', nullable: true })
  before!: JsonObject | null;

  @Column({ type: 'jsonb', nullable: true })
  after!: JsonObject | null;

  @Column({ type: 'varchar', length: 128, name: 'request_id', nullable: true })
  requestId!: string | null;

  @Column({ type: 'varchar', length: 64, nullable: true })
  address!: string | null;
}
