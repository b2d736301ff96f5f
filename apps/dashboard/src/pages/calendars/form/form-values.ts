import type { CalendarDto, Weekday } from '#client';
import { VIEWER_ZONE } from '../../../time/zone.js';

/** A row of the form; `key` stays with it while others come and go. */
export interface DatesRow {
  key: number;
  from: string;
  /** Empty: `from` alone. */
  to: string;
  label: string;
}

export interface WeeklyRow {
  key: number;
  days: Weekday[];
  from: string;
  /** `00:00` is the end of the day: fields of times know no `24:00`. */
  to: string;
  label: string;
}

export interface CalendarValues {
  name: string;
  description: string;
  timezone: string;
  shared: boolean;
  dates: DatesRow[];
  weekly: WeeklyRow[];
}

let lastKey = 0;

export function newDates(): DatesRow {
  return { key: (lastKey += 1), from: '', to: '', label: '' };
}

/** The weekend, whole, as the most common of them. */
export function newWeekly(): WeeklyRow {
  return { key: (lastKey += 1), days: ['SAT', 'SUN'], from: '00:00', to: '00:00', label: '' };
}

export function emptyValues(): CalendarValues {
  return { name: '', description: '', timezone: VIEWER_ZONE, shared: false, dates: [], weekly: [] };
}

export function valuesOf({
  name,
  description,
  timezone,
  shared,
  dates,
  weekly,
}: CalendarDto): CalendarValues {
  return {
    name,
    description: description ?? '',
    timezone,
    shared,
    dates: dates.map(({ from, to, label }) => ({
      ...newDates(),
      from,
      to: to === from ? '' : to,
      label: label ?? '',
    })),
    weekly: weekly.map(({ days, from, to, label }) => ({
      ...newWeekly(),
      days: [...days],
      from,
      to: to === '24:00' ? '00:00' : to,
      label: label ?? '',
    })),
  };
}

/** As the API takes it. */
export function requestOf({ name, description, timezone, shared, dates, weekly }: CalendarValues) {
  return {
    name: name.trim(),
    description: description.trim() === '' ? null : description.trim(),
    timezone,
    shared,
    dates: dates.map(({ from, to, label }) => ({
      from,
      ...(to !== '' && { to }),
      ...(label.trim() !== '' && { label: label.trim() }),
    })),
    weekly: weekly.map(({ days, from, to, label }) => ({
      days,
      from,
      to: to === '00:00' ? '24:00' : to,
      ...(label.trim() !== '' && { label: label.trim() }),
    })),
  };
}
