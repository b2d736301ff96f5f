import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { JobType, JsonObject, WorkerRole } from '#contracts';

/** What a worker publishes about a handler it can run. */
export interface PublishedHandler {
  name: string;
  description?: string;
  schema?: JsonObject;
}

/** A worker process and its last sign of life. */
@Entity('workers')
export class WorkerEntity {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'workers_pk' })
  id!: string;

  @Column({ type: 'varchar', length: 255 })
  host!: string;

  @Column({ type: 'integer' })
  pid!: number;

  @Column({ type: 'varchar', length: 32 })
  version!: string;

  @Column({ type: 'text', array: true })
  types!: JobType[];

  @Column({ type: 'text', array: true })
  roles!: WorkerRole[];

  /** Executions of each type it runs at once. */
  @Column({ type: 'integer' })
  concurrency!: number;

  @Column({ type: 'integer', default: 0 })
  running!: number;

  @Column({ type: 'jsonb', default: [] })
  handlers!: PublishedHandler[];

  /** Of the zone data it plans by; null for workers too old to tell. */
  @Column({ type: 'varchar', length: 16, name: 'tz_version', nullable: true })
  tzVersion!: string | null;

  @Column({ type: 'timestamptz', precision: 3, name: 'started_at', default: () => 'now()' })
  startedAt!: Date;

  @Index('workers_heartbeat_idx')
  @Column({ type: 'timestamptz', precision: 3, name: 'heartbeat_at', default: () => 'now()' })
  heartbeatAt!: Date;

  @Column({ type: 'timestamptz', precision: 3, name: 'stopped_at', nullable: true })
  stoppedAt!: Date | null;
}
