import { describe, expect, it } from 'vitest';
import { banner, type BannerFacts } from './banner.js';

const facts: BannerFacts = {
  host: '127.0.0.1',
  port: 3000,
  adminEmail: 'admin@chronos.local',
  newAdminPassword: 'Secret123',
  secretsPath: '/data/secrets.json',
  dataDir: '/data',
  storage: 'PostgreSQL 18, built in; queue on PostgreSQL',
  logDir: '/logs',
  seconds: '4.2',
};

describe('banner', () => {
  it('says what to open, how to sign in and where the data are', () => {
    expect(banner(facts)).toBe(`
Chronos is ready (4.2 s). Ctrl-C stops it.

  Dashboard  http://localhost:3000
  API        http://localhost:3000/api/v1
  API docs   http://localhost:3000/api/docs
  Sign in    admin@chronos.local / Secret123 (shown once; kept in /data/secrets.json)
  Data       /data (PostgreSQL 18, built in; queue on PostgreSQL)
  Logs       /logs

`);
  });

  it('does not repeat the password', () => {
    const later = banner({ ...facts, newAdminPassword: undefined });
    expect(later).toContain(
      'Sign in    admin@chronos.local, password as first shown (adminPassword in /data/secrets.json)',
    );
  });

  it('does not show a password the operator chose', () => {
    const own = banner({ ...facts, newAdminPassword: undefined, secretsPath: undefined });
    expect(own).toContain('admin@chronos.local and your ADMIN_PASSWORD');
  });

  it.each([
    ['0.0.0.0', 'http://localhost:3000'],
    ['::1', 'http://[::1]:3000'],
    ['10.1.2.3', 'http://10.1.2.3:3000'],
  ])('bound to %s it names %s', (host, url) => {
    expect(banner({ ...facts, host })).toContain(url);
  });
});
