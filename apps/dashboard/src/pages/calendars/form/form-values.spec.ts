import { expect, it } from 'vitest';
import type { CalendarDto } from '#client';
import { requestOf, valuesOf } from './form-values.js';

it('sends what it was given, where nothing was changed', () => {
  const given = {
    name: 'Out of hours',
    description: null,
    timezone: 'Europe/Berlin',
    shared: false,
    dates: [
      { from: '2030-12-24', to: '2030-12-26', label: 'Christmas' },
      { from: '2031-01-01', to: '2031-01-01', label: null },
    ],
    weekly: [
      { days: ['MON', 'TUE'], from: '22:00', to: '06:00', label: 'Nights' },
      { days: ['SAT', 'SUN'], from: '00:00', to: '24:00', label: null },
    ],
  };
  expect(requestOf(valuesOf(given as unknown as CalendarDto))).toEqual({
    ...given,
    dates: [given.dates[0], { from: '2031-01-01' }],
    weekly: [given.weekly[0], { days: ['SAT', 'SUN'], from: '00:00', to: '24:00' }],
  });
});
