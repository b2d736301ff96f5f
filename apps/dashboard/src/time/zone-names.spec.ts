import { expect, it } from 'vitest';
import { nameToday, zoneNames } from './zone-names.js';

it('go by the names of today, each once, and each is one that clocks know', () => {
  const names = zoneNames();
  expect(names).toEqual(expect.arrayContaining(['UTC', 'Asia/Kolkata', 'Europe/Kyiv', 'America/New_York']));
  expect(names).not.toContain('Asia/Calcutta');
  expect(new Set(names).size).toBe(names.length);
  for (const timeZone of names) expect(() => new Intl.DateTimeFormat('en', { timeZone })).not.toThrow();
});

it.each([
  ['Europe/Kiev', 'Europe/Kyiv'],
  ['Europe/Berlin', 'Europe/Berlin'],
])('%s is %s', (zone, today) => {
  expect(nameToday(zone)).toBe(today);
});
