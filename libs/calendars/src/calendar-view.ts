import type { CalendarRules } from '#contracts';
import { closingsOf } from '#scheduling';

/** A calendar and its rules as they are stored. */
export interface StoredCalendar {
  id: string;
  owner_id: string;
  name: string;
  description: string | null;
  shared: boolean;
  version: number;
  created_at: Date;
  updated_at: Date;
  rules: CalendarRules;
}

/** A calendar as a client sees it; times as ISO 8601. */
export interface CalendarView extends Omit<CalendarRules, 'imports'> {
  id: string;
  ownerId: string;
  name: string;
  description: string | null;
  shared: boolean;
  /** What was imported, by source; the events themselves are among the windows. */
  imports: { source: string; importedAt: string; events: number }[];
  /** Is it closed now? */
  isClosed: boolean;
  /** The closure it is in, or else the next within 12 years, whole: windows that overlap or touch are one. */
  closure: { from: string; to: string } | null;
  version: number;
  createdAt: string;
  updatedAt: string;
}

/** @param now epoch milliseconds */
export function calendarView(stored: StoredCalendar, now: number): CalendarView {
  const { timezone, dates, weekly, imports } = stored.rules;
  const closure = closingsOf(stored.rules).closureFrom(now);
  return {
    id: stored.id,
    ownerId: stored.owner_id,
    name: stored.name,
    description: stored.description,
    shared: stored.shared,
    timezone,
    dates,
    weekly,
    imports: imports.map(({ source, importedAt, events }) => ({ source, importedAt, events: events.length })),
    isClosed: closure !== undefined && closure.from <= now,
    closure: closure
      ? { from: new Date(closure.from).toISOString(), to: new Date(closure.to).toISOString() }
      : null,
    version: stored.version,
    createdAt: stored.created_at.toISOString(),
    updatedAt: stored.updated_at.toISOString(),
  };
}
