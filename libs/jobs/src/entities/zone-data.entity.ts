import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * What the zone data say of a zone that schedules use, from the moment they were taken up until those of the next row
 * were. New data that say the same change the row; a row is added only where the clocks do otherwise.
 */
@Entity('zone_data')
@Check('zone_data_range', 'from_at < until_at')
export class ZoneDataEntity {
  @PrimaryColumn({ type: 'varchar', length: 64, primaryKeyConstraintName: 'zone_data_pk' })
  timezone!: string;

  @PrimaryColumn({
    type: 'timestamptz',
    precision: 3,
    name: 'adopted_at',
    primaryKeyConstraintName: 'zone_data_pk',
    default: () => 'clock_timestamp()',
  })
  adoptedAt!: Date;

  /** The newest version of the zone data that says so, e.g. `2026a`. */
  @Column({ type: 'varchar', length: 16, name: 'tz_version' })
  tzVersion!: string;

  /** The stretch of time `offsets` tells of, */
  @Column({ type: 'timestamptz', precision: 3, name: 'from_at' })
  fromAt!: Date;

  /** exclusive. */
  @Column({ type: 'timestamptz', precision: 3, name: 'until_at' })
  untilAt!: Date;

  /** `ZoneOffset`s: the first offset and each change after it. */
  @Column({ type: 'jsonb' })
  offsets!: { atMs: number; offsetMs: number }[];

  /** While schedules are moved to it: those of jobs up to this id have been. */
  @Column({ type: 'uuid', name: 'moved_up_to', nullable: true })
  movedUpTo!: string | null;

  /** When all schedules had been moved to it; null while they are. */
  @Column({ type: 'timestamptz', precision: 3, name: 'settled_at', nullable: true })
  settledAt!: Date | null;
}
