import type { CreateCalendarDto } from './calendar-input.dto.js';

/** Calendars as the document shows them. */
export const CALENDAR_EXAMPLES: Record<string, { summary: string; value: CreateCalendarDto }> = {
  dates: {
    summary: 'Days on which nothing is to run',
    value: {
      name: 'Holidays',
      timezone: 'Europe/Berlin',
      dates: ['2030-01-01', { from: '2030-12-24', to: '2030-12-26', label: 'Christmas' }],
    },
  },
  weekly: {
    summary: 'Every night and the weekends',
    value: {
      name: 'Out of hours',
      timezone: 'America/New_York',
      weekly: [
        { days: ['MON', 'TUE', 'WED', 'THU', 'FRI'], from: '22:00', to: '06:00', label: 'Nights' },
        { days: ['SAT', 'SUN'], from: '00:00', to: '24:00' },
      ],
    },
  },
};

/** Changes of a calendar, as the document shows them. */
export const CALENDAR_CHANGES = {
  some: { summary: 'Other days', value: { dates: [{ from: '2030-12-24', to: '2031-01-01' }] } },
};
