import { QueryFailedError } from 'typeorm';
import { describe, expect, it } from 'vitest';
import { isDatabaseDown } from './database-down.js';

const coded = (code: string) => Object.assign(new Error('from the driver'), { code });

describe('isDatabaseDown', () => {
  it.each(['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'ENOTFOUND', '08006', '57P01', '57P03', '53300'])(
    'is so for %s, wrapped or not',
    (code) => {
      expect(isDatabaseDown(coded(code))).toBe(true);
      expect(isDatabaseDown(new QueryFailedError('SELECT 1', [], coded(code)))).toBe(true);
      expect(isDatabaseDown(new Error('outer', { cause: coded(code) }))).toBe(true);
      expect(isDatabaseDown(new AggregateError([coded(code)]))).toBe(true);
    },
  );

  it.each([
    'Connection terminated unexpectedly',
    'Connection terminated due to connection timeout',
    'timeout exceeded when trying to connect',
    'Client has encountered a connection error and is not queryable',
  ])('is so for the pool saying "%s"', (message) => {
    expect(isDatabaseDown(new Error(message))).toBe(true);
  });

  it.each(['23505', '22P02', '42P01', '40001', '57014', 'ENOENT'])('is not so for %s', (code) => {
    expect(isDatabaseDown(new QueryFailedError('SELECT 1', [], coded(code)))).toBe(false);
  });

  it('is not so for what is no error', () => {
    expect(isDatabaseDown('ECONNREFUSED')).toBe(false);
    expect(isDatabaseDown(undefined)).toBe(false);
  });
});
