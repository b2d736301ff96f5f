import { expect, it } from 'vitest';
import type { Weekday } from '#client';
import { weeklyInWords } from './rules-in-words.js';

it.each<[Weekday[], string, string, string]>([
  [['MON', 'TUE', 'WED', 'THU', 'FRI'], '22:00', '06:00', 'Mon to Fri, 22:00 to 06:00 the day after'],
  [['SAT', 'SUN'], '00:00', '24:00', 'Sat and Sun, all day'],
  [['SUN', 'MON', 'WED'], '01:30', '02:30', 'Mon, Wed and Sun, 01:30 to 02:30'],
  [['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'], '20:00', '24:00', 'Every day, 20:00 to 24:00'],
  [['TUE'], '08:00', '09:00', 'Tue, 08:00 to 09:00'],
])('%j from %s to %s is told as %s .. %s', (days, from, to, words) => {
  expect(weeklyInWords({ days, from, to, label: null })).toBe(words);
});
