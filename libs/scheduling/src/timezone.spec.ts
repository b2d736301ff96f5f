import { ChronosError } from '#contracts';
import { describe, expect, it } from 'vitest';

import { assertTimezone, isTimezone } from './timezone.js';

describe('isTimezone', () => {
  it('takes every zone that Intl lists', () => {
    const refused = Intl.supportedValuesOf('timeZone').filter((name) => !isTimezone(name));
    expect(refused).toEqual([]);
  });

  it.each([
    'UTC',
    'GMT',
    'EST',
    'EST5EDT',
    'Etc/UTC',
    'Etc/GMT+5',
    'GB-Eire',
    'NZ-CHAT',
    'W-SU',
    'Zulu',
    'Asia/Calcutta',
    'Asia/Kolkata',
    'US/Eastern',
    'US/East-Indiana',
    'America/Port-au-Prince',
    'America/Port_of_Spain',
    'America/Argentina/ComodRivadavia',
    'America/Knox_IN',
    'Africa/Dar_es_Salaam',
    'Antarctica/DumontDUrville',
    'Antarctica/McMurdo',
    'Asia/Ust-Nera',
    'Asia/Ho_Chi_Minh',
    'Australia/ACT',
    'Australia/LHI',
    'Brazil/DeNoronha',
    'Chile/EasterIsland',
    'Europe/Isle_of_Man',
    'Mexico/BajaNorte',
  ])('takes %s', (name) => {
    expect(isTimezone(name)).toBe(true);
  });

  it.each([
    '',
    'utc',
    'europe/paris',
    'America/new_York',
    'Europe/Nowhere',
    'Paris',
    '+02:00',
    'UTC+2',
    'GMT-05:00',
    'CST',
    'IST',
    'PST',
    'SystemV/PST8',
    'localtime',
    'Factory',
    '../etc/passwd',
    'Europe/Paris ',
    '__proto__',
    'x'.repeat(10_000),
  ])('refuses %j', (name) => {
    expect(isTimezone(name)).toBe(false);
  });
});

describe('assertTimezone', () => {
  it.each([
    ['europe/paris', 'is written "Europe/Paris"'],
    ['AMERICA/PORT-AU-PRINCE', 'is written "America/Port-au-Prince"'],
    ['utc', 'is written "UTC"'],
    ['Europe/Londn', 'did you mean "Europe/London"?'],
    ['New York', 'did you mean "America/New_York"?'],
    ['kolkata', 'did you mean "Asia/Kolkata"?'],
    ['+02:00', 'not the offset "+02:00"; name a place'],
    ['UTC+2', 'not the offset "UTC+2"; name a place'],
    ['CST', 'an abbreviation can mean several'],
    ['Narnia/Lantern_Waste', 'name a place, e.g. "Europe/Paris"'],
    ['', 'name a place, e.g. "Europe/Paris"'],
  ])('says of %j: %s', (name, words) => {
    expect(() => assertTimezone(name)).toThrow(ChronosError);
    expect(() => assertTimezone(name)).toThrow(words);
  });

  it('does not repeat a long name in full', () => {
    expect(() => assertTimezone('x'.repeat(10_000))).toThrow(/^.{0,200}$/);
  });
});
