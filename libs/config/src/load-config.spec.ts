import { describe, expect, it } from 'vitest';
import { ConfigError } from './config-error.js';
import type { Environment } from './environment.js';
import { loadConfig, loadDatabaseConfig } from './load-config.js';
import { standaloneDefaults } from './standalone-defaults.js';

const secrets = {
  JWT_SECRET: 'k3Jd82ndKs0Pq71mZx94Vb56Tr1Yw0Ua',
  ENCRYPTION_KEY: '1f8a5b3c9d7e2f4061728394a5b6c7d8e9f00112233445566778899aabbccdde',
};

function load(env: Environment = {}) {
  return loadConfig({ ...secrets, ...env });
}

function faultsOf(env: Environment): Record<string, string> {
  try {
    loadConfig(env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return Object.fromEntries(error.faults.map((fault) => [fault.variable, fault.message]));
  }
  throw new Error('The configuration was accepted.');
}

describe('loadConfig', () => {
  it('has the defaults of the requirements', () => {
    const config = load();
    expect(config).toMatchObject({
      nodeEnv: 'development',
      http: {
        host: '0.0.0.0',
        port: 3000,
        workerPort: 3001,
        publicUrl: 'http://localhost:3000',
        corsOrigins: [],
      },
      database: { url: 'postgres://chronos_user@localhost:5432/chronos_db', poolSize: 10 },
      queue: { backend: 'redis', prefix: 'chronos', redisUrl: 'redis://localhost:6379/' },
      auth: { accessTokenTtlMs: 7 * 86_400_000, refreshTokenTtlMs: 30 * 86_400_000, allowRegistration: true },
      jobs: { maxRetryAttempts: 3, retryDelayMs: 5000, misfireThresholdMs: 60_000 },
      worker: {
        concurrency: 50,
        types: ['http', 'webhook', 'script', 'email', 'custom'],
        roles: ['execute', 'plan', 'notify'],
        plannerLookaheadMs: 2000,
        leaseMs: 30_000,
        reconcileIntervalMs: 5000,
        shutdownGraceMs: 25_000,
      },
      outbound: { allowedCidrs: [] },
      script: { policy: 'admin', root: process.cwd(), allowedCommands: undefined },
      smtp: { host: undefined, port: 587, secure: false },
      retention: { days: 90, logDays: 30, auditDays: 365 },
      warnings: [],
    });
    expect(config.secrets.encryptionKeys.map((key) => key.length)).toEqual([32]);
  });

  it('composes addresses and escapes what their parts hold', () => {
    const config = load({ DB_HOST: '::1', DB_PASSWORD: 'p@ss/w:rd', REDIS_PASSWORD: 'a b' });
    expect(config.database.url).toBe('postgres://chronos_user:p%40ss%2Fw%3Ard@[::1]:5432/chronos_db');
    expect(config.queue.redisUrl).toBe('redis://:a%20b@localhost:6379/');
  });

  it('prefers an address in one piece', () => {
    const config = load({
      DATABASE_URL: 'postgresql://u@db/x',
      DB_HOST: 'other',
      REDIS_URL: 'rediss://r:1/2',
      REDIS_HOST: 'x',
    });
    expect(config.database.url).toBe('postgresql://u@db/x');
    expect(config.queue.redisUrl).toBe('rediss://r:1/2');
  });

  it('reports all faults at once, each with its name', () => {
    const faults = faultsOf({
      PORT: '70000',
      QUEUE_BACKEND: 'kafka',
      JWT_EXPIRES_IN: '3600',
      WORKER_TYPES: 'http,ftp',
      OUTBOUND_ALLOWED_CIDRS: '10.0.0.0/8,10.0.0.0/99',
      ALLOW_REGISTRATION: 'perhaps',
      ADMIN_EMAIL: 'root@example.com',
    });
    expect(faults).toEqual({
      PORT: 'must be a port number from 1 to 65535, but is "70000".',
      QUEUE_BACKEND: 'must be one of redis, postgres, but is "kafka".',
      JWT_EXPIRES_IN:
        'must be a duration with its unit (ms, s, m, h, d or w) such as 15m or 7d, but is "3600".',
      WORKER_TYPES:
        'must be all, or a comma-separated list of http, webhook, script, email, custom, but is "http,ftp".',
      OUTBOUND_ALLOWED_CIDRS: expect.stringContaining('each item an address range'),
      ALLOW_REGISTRATION: 'must be true or false, but is "perhaps".',
      ADMIN_PASSWORD: 'must be set together with ADMIN_EMAIL.',
      JWT_SECRET: expect.stringMatching(/must be set.*openssl.*npm start/),
      ENCRYPTION_KEY: expect.stringMatching(/must be set.*openssl.*npm start/),
    });
  });

  it('never prints the value of a secret', () => {
    const env = {
      JWT_SECRET: 'short-one',
      ENCRYPTION_KEY: 'not-32-bytes',
      ADMIN_PASSWORD: 'weakling',
      DATABASE_URL: 'mysql://u:hidden@h/x',
      REDIS_URL: 'http://u:hidden@h',
      METRICS_TOKEN: 'tiny-token',
    };
    const faults = faultsOf(env);
    expect(Object.keys(faults).toSorted()).toEqual(Object.keys(env).toSorted());
    const message = JSON.stringify(faults);
    for (const value of ['short-one', 'not-32-bytes', 'weakling', 'hidden', 'tiny-token']) {
      expect(message).not.toContain(value);
    }
  });

  it.each([
    ['JWT_SECRET', 'change-me-change-me-change-me-change-me'],
    ['JWT_SECRET', 'your-secret-key-goes-here-please-ok'],
    ['JWT_SECRET', 'a'.repeat(40)],
    ['ENCRYPTION_KEY', '0'.repeat(64)],
    ['ENCRYPTION_KEY', `${secrets.ENCRYPTION_KEY}, ${'0'.repeat(64)}`],
    ['DB_PASSWORD', 'chronos-development'],
  ])('refuses a placeholder for %s in production only', (name, value) => {
    expect(faultsOf({ ...secrets, NODE_ENV: 'production', [name]: value })[name]).toContain(
      'production refuses',
    );
    expect(() => load({ [name]: value })).not.toThrow();
  });

  it('takes several encryption keys, the one in use first', () => {
    const [newer, older] = ['ab', 'cd'].map((byte) => byte.repeat(32));
    const { encryptionKeys } = load({ ENCRYPTION_KEY: `${newer}, ${older}` }).secrets;
    expect(encryptionKeys.map((key) => key.toString('hex'))).toEqual([newer, older]);
    expect(faultsOf({ ...secrets, ENCRYPTION_KEY: `${newer},` })['ENCRYPTION_KEY']).toMatch(/32 bytes/);
  });

  it('warns of an example secret elsewhere', () => {
    const { warnings } = load({ JWT_SECRET: 'change-me-change-me-change-me-change-me' });
    expect(warnings).toEqual([expect.stringContaining('JWT_SECRET holds an example')]);
  });

  it('reads an encryption key as hex and as base64', () => {
    const key = Buffer.from(secrets.ENCRYPTION_KEY, 'hex');
    for (const text of [secrets.ENCRYPTION_KEY, key.toString('base64'), key.toString('base64url')]) {
      expect(load({ ENCRYPTION_KEY: text }).secrets.encryptionKeys[0].equals(key)).toBe(true);
    }
  });

  it('counts an empty text as not set', () => {
    expect(load({ PORT: '', SMTP_HOST: ' ' })).toEqual(load());
  });

  it('names Kubernetes where it injected a port', () => {
    const faults = faultsOf({ ...secrets, REDIS_PORT: 'tcp://10.0.0.7:6379' });
    expect(faults['REDIS_PORT']).toContain('enableServiceLinks: false');
  });

  it('reads lists, paths and words', () => {
    const config = load({
      WORKER_TYPES: 'email, http,email',
      OUTBOUND_ALLOWED_CIDRS: '10.0.0.0/8, 192.168.1.7,::1',
      CORS_ORIGINS: 'https://a.example,http://localhost:5173/',
      CUSTOM_HANDLERS_DIR: '/srv/handlers',
      LOG_DIR: 'off',
      SMTP_SECURE: 'TRUE',
    });
    expect(config.worker.types).toEqual(['email', 'http']);
    expect(config.outbound.allowedCidrs).toEqual(['10.0.0.0/8', '192.168.1.7/32', '::1/128']);
    expect(config.http.corsOrigins).toEqual(['https://a.example', 'http://localhost:5173']);
    expect(config.customHandlers.dir).toBe('/srv/handlers');
    expect(config.log.dir).toBeUndefined();
    expect(config.smtp.secure).toBe(true);
  });

  it.each([
    ['90s', 90_000],
    ['15m', 900_000],
    ['12h', 43_200_000],
    ['7d', 604_800_000],
    ['500 ms', 500],
  ])('reads the duration %s', (text, ms) => {
    expect(load({ JWT_EXPIRES_IN: text }).auth.accessTokenTtlMs).toBe(ms);
  });

  it.each(['', '0d', '-5m', '5 years', '1.5h', '99999d'])('refuses or ignores the duration "%s"', (text) => {
    if (text === '') expect(load({ JWT_EXPIRES_IN: text }).auth.accessTokenTtlMs).toBe(604_800_000);
    else expect(faultsOf({ ...secrets, JWT_EXPIRES_IN: text })).toHaveProperty('JWT_EXPIRES_IN');
  });

  it('lets overrides replace single settings', () => {
    const config = loadConfig(secrets, { worker: { concurrency: 2 }, dataDir: '/data' });
    expect(config.worker).toMatchObject({ concurrency: 2, leaseMs: 30_000 });
    expect(config.dataDir).toBe('/data');
  });
});

describe('loadDatabaseConfig', () => {
  it('needs no secret', () => {
    expect(loadDatabaseConfig({ DB_HOST: 'db' }).url).toBe('postgres://chronos_user@db:5432/chronos_db');
  });

  it('still refuses what it reads', () => {
    expect(() => loadDatabaseConfig({ DB_PORT: 'x' })).toThrow(ConfigError);
  });
});

describe('standaloneDefaults', () => {
  it('keeps to this machine and queues on PostgreSQL', () => {
    expect(standaloneDefaults({})).toEqual({
      HOST: '127.0.0.1',
      QUEUE_BACKEND: 'postgres',
      ADMIN_EMAIL: 'admin@chronos.local',
      OUTBOUND_ALLOWED_CIDRS: '127.0.0.0/8,::1/128',
    });
  });

  it('queues on Redis when one is given, and leaves alone what is set', () => {
    expect(standaloneDefaults({ REDIS_HOST: 'r' })['QUEUE_BACKEND']).toBe('redis');
    expect(standaloneDefaults({ REDIS_HOST: 'r', QUEUE_BACKEND: 'postgres' })).not.toHaveProperty(
      'QUEUE_BACKEND',
    );
    expect(standaloneDefaults({ HOST: '0.0.0.0' })).not.toHaveProperty('HOST');
  });
});
