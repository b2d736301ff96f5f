import { describe, expect, it } from 'vitest';
import { parseDate, parseInstant } from './instant.js';
import { textFault } from './text-field.decorator.js';

describe('texts', () => {
  it('are counted in code points, as PostgreSQL counts a varchar', () => {
    expect(textFault('\u{1F600}'.repeat(200), 1, 200)).toBeUndefined();
    expect(textFault('\u{1F600}'.repeat(201), 1, 200)).toBe('must have at most 200 characters');
    // class-validator's MaxLength takes these for 150 characters.
    expect(textFault('x\uFE0F'.repeat(150), 1, 200)).toBe('must have at most 200 characters');
  });
});

describe('instants', () => {
  it.each([
    ['2030-01-31T09:00:00Z', '2030-01-31T09:00:00.000Z'],
    ['2030-01-31t09:00z', '2030-01-31T09:00:00.000Z'],
    ['2030-01-31T09:00:00.123456789+02:00', '2030-01-31T07:00:00.123Z'],
    ['2030-01-31T09:00:00-0330', '2030-01-31T12:30:00.000Z'],
    ['2028-02-29T23:59:59.999Z', '2028-02-29T23:59:59.999Z'],
    ['9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z'],
  ])('%s is %s', (text, expected) => {
    expect(parseInstant(text)?.toISOString()).toBe(expected);
  });

  it.each([
    '2030-01-31T09:00:00',
    '2030-01-31',
    '2030-02-29T00:00:00Z',
    '2030-13-01T00:00:00Z',
    '2030-00-01T00:00:00Z',
    '2030-01-31T24:00:00Z',
    '2030-06-30T23:59:60Z',
    '2030-01-31T09:00:00+15:00',
    '1969-12-31T23:59:59Z',
    '9999-12-31T23:59:59-01:00',
    '+02030-01-31T09:00:00Z',
    'Thu, 31 Jan 2030 09:00:00 GMT',
    '',
  ])('%j is none', (text) => {
    expect(parseInstant(text)).toBeUndefined();
  });

  it('are both ends of a date in UTC', () => {
    expect(parseDate('2028-02-29', 'first')?.toISOString()).toBe('2028-02-29T00:00:00.000Z');
    expect(parseDate('2028-02-29', 'last')?.toISOString()).toBe('2028-02-29T23:59:59.999Z');
    expect(parseDate('2030-02-29', 'first')).toBeUndefined();
  });
});
