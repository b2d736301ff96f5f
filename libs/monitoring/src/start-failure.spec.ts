import { describe, expect, it } from 'vitest';
import { type ChronosConfig, ConfigError } from '#config';
import { SchemaOutdatedError } from '#database';
import { startFailure } from './start-failure.js';

const config = {
  http: { host: '0.0.0.0', port: 3000 },
  database: { url: 'postgres://chronos_user:hunter2@db.internal/chronos_db' },
} as ChronosConfig;

const fault = (code: string, more: object = {}) => Object.assign(new Error('from below'), { code, ...more });

describe('startFailure', () => {
  it('hands on what the configuration check says', () => {
    const error = new ConfigError([{ variable: 'PORT', message: 'must be a port.' }]);
    expect(startFailure('api', error)).toBe(error.message);
  });

  it.each([
    ['EADDRINUSE', /0\.0\.0\.0:3000 \(HOST, PORT\): another process has this port/],
    ['EACCES', /may not use that port/],
    ['EADDRNOTAVAIL', /does not have that address/],
  ])('names HOST and PORT for %s', (code, words) => {
    expect(startFailure('api', fault(code, { syscall: 'listen' }), config)).toMatch(words);
  });

  it.each([
    ['ECONNREFUSED', /db\.internal:5432\/chronos_db \(DATABASE_URL or DB_\*\): it cannot be reached/],
    ['ENOTFOUND', /it cannot be reached \(ENOTFOUND\)/],
    ['28P01', /refused the user or password/],
    ['3D000', /no such database/],
  ])('names the database for %s, never its password', (code, words) => {
    const sentence = startFailure('api', fault(code, { syscall: 'connect' }), config);
    expect(sentence).toMatch(words);
    expect(sentence).not.toContain('hunter2');
    expect(sentence).not.toContain('\n');
  });

  it('says to migrate', () => {
    expect(startFailure('api', new SchemaOutdatedError(['Initial1']), config)).toMatch(
      /^The database schema.*npm run migrate/,
    );
  });

  it('shows the stack of what it does not know', () => {
    expect(startFailure('api', new TypeError('oops'), config)).toMatch(
      /could not start: TypeError: oops\n\s+at /,
    );
    expect(startFailure('api', 'text', config)).toContain('text');
  });
});
