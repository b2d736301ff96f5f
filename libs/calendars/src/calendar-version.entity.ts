import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { CalendarRules } from '#contracts';

/** When a calendar was closed from one edit to the next, so that what was skipped stays explainable. Never changed. */
@Entity('calendar_versions')
@Index('calendar_versions_current_idx', { synchronize: false })
@Unique('calendar_versions_unique', ['calendarId', 'version'])
@Check('calendar_versions_order', 'effective_at <= until_at')
export class CalendarVersionEntity {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'calendar_versions_pk' })
  id!: string;

  @Column({ type: 'uuid', name: 'calendar_id' })
  @ForeignKey('CalendarEntity', { name: 'calendar_versions_calendar_fk', onDelete: 'CASCADE' })
  calendarId!: string;

  @Column({ type: 'integer' })
  version!: number;

  @Column({ type: 'jsonb' })
  rules!: CalendarRules;

  /** Nominal times after this one are judged by it, */
  @Column({ type: 'timestamptz', precision: 3, name: 'effective_at' })
  effectiveAt!: Date;

  /** up to this one; null while it is in force. */
  @Column({ type: 'timestamptz', precision: 3, name: 'until_at', nullable: true })
  untilAt!: Date | null;
}
