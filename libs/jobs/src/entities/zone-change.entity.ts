import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** One schedule for which new zone data made a difference. */
@Entity('zone_changes')
@Index('zone_changes_job_idx', ['jobId', 'adoptedAt'], { unique: true })
export class ZoneChangeEntity {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'zone_changes_pk' })
  id!: string;

  @Column({ type: 'uuid', name: 'job_id' })
  @ForeignKey('JobEntity', { name: 'zone_changes_job_fk', onDelete: 'CASCADE' })
  jobId!: string;

  @Column({ type: 'varchar', length: 64 })
  timezone!: string;

  /** When the new data were taken up: with the zone, the key of their row in `zone_data`. */
  @Column({ type: 'timestamptz', precision: 3, name: 'adopted_at' })
  adoptedAt!: Date;

  @Column({ type: 'varchar', length: 16, name: 'version_before' })
  versionBefore!: string;

  @Column({ type: 'varchar', length: 16, name: 'version_after' })
  versionAfter!: string;

  /** The job's nominal times up to this one are those of the former data, */
  @Column({ type: 'timestamptz', precision: 3, name: 'until_at' })
  untilAt!: Date;

  /** after this one those of the new data. */
  @Column({ type: 'timestamptz', precision: 3, name: 'effective_at' })
  effectiveAt!: Date;

  @Column({ type: 'timestamptz', precision: 3, name: 'next_run_before' })
  nextRunBefore!: Date;

  @Column({ type: 'timestamptz', precision: 3, name: 'next_run_after', nullable: true })
  nextRunAfter!: Date | null;

  /** The first run to come with another instant than before; both null where only past ones differ. */
  @Column({ type: 'timestamptz', precision: 3, name: 'moved_from', nullable: true })
  movedFrom!: Date | null;

  @Column({ type: 'varchar', length: 32, name: 'moved_from_local', nullable: true })
  movedFromLocal!: string | null;

  @Column({ type: 'timestamptz', precision: 3, name: 'moved_to', nullable: true })
  movedTo!: Date | null;

  @Column({ type: 'varchar', length: 32, name: 'moved_to_local', nullable: true })
  movedToLocal!: string | null;
}
