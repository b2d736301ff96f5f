export const WEEKDAYS = ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** Whole days on the clocks of the calendar's zone, both included, as `YYYY-MM-DD`. */
export interface ClosedDates {
  from: string;
  to: string;
  label: string | null;
}

/**
 * A part of some weekdays on the clocks of the calendar's zone, as `HH:MM`: closed from `from` on and before `to`. Where `to` is not
 * later than `from` it lies on the day after; `24:00` is the end of the day.
 */
export interface WeeklyWindow {
  /** The days on which it begins. */
  days: Weekday[];
  from: string;
  to: string;
  label: string | null;
}

/** Whole days (`YYYY-MM-DD`, both included), or instants (ISO 8601, closed before `to`). */
export interface ClosedEvent {
  from: string;
  to: string;
  label: string | null;
}

/** What was imported from one source, and replaces what was imported from it before. */
export interface CalendarImport {
  source: string;
  importedAt: string;
  /** Oldest first. */
  events: ClosedEvent[];
}

/** All that says when a calendar is closed. */
export interface CalendarRules {
  /** IANA name. */
  timezone: string;
  dates: ClosedDates[];
  weekly: WeeklyWindow[];
  imports: CalendarImport[];
}
