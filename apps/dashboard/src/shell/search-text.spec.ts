import { describe, expect, it } from 'vitest';
import { parseSearch, stringifySearch } from './search-text.js';

describe('the parameters of an address', () => {
  it.each([
    [{}, ''],
    [{ status: undefined }, ''],
    [{ status: ['failed'] }, '?status=failed'],
    [{ status: ['failed', 'timed_out'], range: '7d' }, '?status=failed,timed_out&range=7d'],
    [{ days: 7 }, '?days=7'],
    [{ actor: 'jane@example.com' }, '?actor=jane@example.com'],
    [{ back: '/jobs/1?tab=logs' }, '?back=/jobs/1%3Ftab%3Dlogs'],
    [{ from: '2026-01-01T00:00:00.000Z' }, '?from=2026-01-01T00:00:00.000Z'],
    [{ search: '50% & "more" + #1' }, '?search=50%25+%26+%22more%22+%2B+%231'],
    [{ search: '123' }, '?search=123'],
  ])('%j are written %s', (search, address) => {
    expect(stringifySearch(search)).toBe(address);
  });

  it.each([
    ['', {}],
    ['?', {}],
    ['?status=failed', { status: 'failed' }],
    ['?status=failed&status=missed', { status: ['failed', 'missed'] }],
    ['?search=true&tag=007', { search: 'true', tag: '007' }],
    ['?search=50%25+%2B%20more', { search: '50% + more' }],
    ['?status=%5B%22failed%22%5D', { status: '["failed"]' }],
    ['?search=%E0%A4%A&x', { search: '\ufffd%A', x: '' }],
  ])('%s is read as %j', (address, search) => {
    expect(parseSearch(address)).toEqual(search);
  });

  it('come back as they were, whatever is in them, and look the same from then on', () => {
    const search = { search: 'a,b & "c" = 1% +\n\u00e9', owner: '/\\?#', tag: '["x"]' };
    expect(parseSearch(stringifySearch(search))).toEqual(search);
    const listed = stringifySearch({ status: ['failed', 'missed'] });
    expect(stringifySearch(parseSearch(listed))).toBe(listed);
  });

  it('hold no trap in the name of one', () => {
    const search = parseSearch('?__proto__=x&constructor=y');
    expect(Object.getPrototypeOf(search)).toBe(Object.prototype);
    expect(stringifySearch(search)).toBe('?__proto__=x&constructor=y');
  });
});
