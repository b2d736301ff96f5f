import { ChronosConfig, type DatabaseConfig } from './chronos-config.js';
import { ConfigError, type ConfigFault } from './config-error.js';
import { type Environment, readEnvironment } from './environment.js';
import { readValues } from './read-values.js';
import type { Values, VariableName } from './variables.js';

/** Single settings replaced after the environment was read: `{ worker: { concurrency: 2 } }`. */
export type ConfigOverrides = {
  [Area in keyof ChronosConfig]?: ChronosConfig[Area] extends readonly unknown[]
    ? ChronosConfig[Area]
    : ChronosConfig[Area] extends object
      ? Partial<ChronosConfig[Area]>
      : ChronosConfig[Area];
};

/**
 * The whole configuration from the environment and the `.env` file of the working directory.
 *
 * @throws ConfigError with every fault at once, each naming the variable, what was expected and what to do.
 */
export function loadConfig(
  env: Environment = readEnvironment(),
  overrides: ConfigOverrides = {},
): ChronosConfig {
  const { values, faults, warnings } = readValues(env);
  faults.push(...contradictions(values));
  if (!isComplete(values, faults)) throw new ConfigError(faults, warnings);
  return withOverrides(toConfig(values, warnings), overrides);
}

/**
 * The database area alone, for what needs nothing else (migrations).
 *
 * @throws ConfigError
 */
export function loadDatabaseConfig(env: Environment = readEnvironment()): DatabaseConfig {
  const { values, faults, warnings } = readValues(env, DATABASE_VARIABLES);
  if (!isComplete(values, faults)) throw new ConfigError(faults, warnings);
  return toDatabaseConfig(values);
}

/**
 * The database and the keys of what is encrypted in it, for what needs nothing else (`npm run secrets:rotate`).
 *
 * @throws ConfigError
 */
export function loadStoreConfig(
  env: Environment = readEnvironment(),
): Pick<ChronosConfig, 'database' | 'secrets'> {
  const { values, faults, warnings } = readValues(env, [...DATABASE_VARIABLES, 'ENCRYPTION_KEY']);
  if (!isComplete(values, faults)) throw new ConfigError(faults, warnings);
  return { database: toDatabaseConfig(values), secrets: { encryptionKeys: values.ENCRYPTION_KEY } };
}

const DATABASE_VARIABLES: VariableName[] = [
  'DATABASE_URL',
  'DB_HOST',
  'DB_PORT',
  'DB_NAME',
  'DB_USER',
  'DB_PASSWORD',
  'DB_POOL_SIZE',
];

function isComplete(_values: Partial<Values>, faults: ConfigFault[]): _values is Values {
  return faults.length === 0;
}

function contradictions(values: Partial<Values>): ConfigFault[] {
  const faults: ConfigFault[] = [];
  if (values.ADMIN_PASSWORD !== undefined && values.ADMIN_EMAIL === undefined) {
    faults.push({ variable: 'ADMIN_EMAIL', message: 'must be set together with ADMIN_PASSWORD.' });
  }
  if (values.ADMIN_EMAIL !== undefined && values.ADMIN_PASSWORD === undefined) {
    faults.push({ variable: 'ADMIN_PASSWORD', message: 'must be set together with ADMIN_EMAIL.' });
  }
  return faults;
}

function toDatabaseConfig(values: Values): DatabaseConfig {
  return {
    url:
      values.DATABASE_URL ??
      composeUrl('postgres', {
        host: values.DB_HOST,
        port: values.DB_PORT,
        user: values.DB_USER,
        password: values.DB_PASSWORD,
        path: encodeURIComponent(values.DB_NAME),
      }),
    poolSize: values.DB_POOL_SIZE,
  };
}

function toConfig(values: Values, warnings: string[]): ChronosConfig {
  return {
    nodeEnv: values.NODE_ENV,
    http: {
      host: values.HOST,
      port: values.PORT,
      workerPort: values.WORKER_PORT,
      publicUrl: (values.PUBLIC_URL ?? localUrl(values.HOST, values.PORT)).replace(/\/+$/, ''),
      corsOrigins: values.CORS_ORIGINS ?? [],
      trustedProxies: values.TRUSTED_PROXIES ?? [],
    },
    database: toDatabaseConfig(values),
    queue: {
      backend: values.QUEUE_BACKEND,
      prefix: values.QUEUE_PREFIX,
      redisUrl:
        values.REDIS_URL ??
        composeUrl('redis', {
          host: values.REDIS_HOST,
          port: values.REDIS_PORT,
          password: values.REDIS_PASSWORD,
        }),
    },
    auth: {
      jwtSecret: values.JWT_SECRET,
      accessTokenTtlMs: values.JWT_EXPIRES_IN,
      refreshTokenTtlMs: values.JWT_REFRESH_EXPIRES_IN,
      adminEmail: values.ADMIN_EMAIL,
      adminPassword: values.ADMIN_PASSWORD,
      allowRegistration: values.ALLOW_REGISTRATION,
      rateLimitPerMinute: values.RATE_LIMIT_PER_MINUTE,
      authRateLimitPerMinute: values.AUTH_RATE_LIMIT_PER_MINUTE,
    },
    secrets: { encryptionKeys: values.ENCRYPTION_KEY },
    jobs: {
      maxRetryAttempts: values.MAX_RETRY_ATTEMPTS,
      retryDelayMs: values.RETRY_DELAY_MS,
      misfireThresholdMs: values.MISFIRE_THRESHOLD_MS,
      catchupPerSecond: values.CATCHUP_PER_SECOND,
      catchupReviewAfterMs: values.CATCHUP_REVIEW_AFTER_MS,
      backfillConcurrency: values.BACKFILL_CONCURRENCY,
      minScheduleIntervalSeconds: values.MIN_SCHEDULE_INTERVAL_SECONDS,
    },
    worker: {
      concurrency: values.WORKER_CONCURRENCY,
      types: values.WORKER_TYPES,
      roles: values.WORKER_ROLES,
      plannerLookaheadMs: values.PLANNER_LOOKAHEAD_MS,
      leaseMs: values.LEASE_MS,
      reconcileIntervalMs: values.RECONCILE_INTERVAL_MS,
      shutdownGraceMs: values.SHUTDOWN_GRACE_MS,
    },
    outbound: { allowedCidrs: values.OUTBOUND_ALLOWED_CIDRS ?? [] },
    script: {
      policy: values.SCRIPT_JOBS,
      root: values.SCRIPT_ROOT,
      allowedCommands: values.SCRIPT_ALLOWED_COMMANDS,
    },
    customHandlers: { dir: values.CUSTOM_HANDLERS_DIR },
    smtp: {
      host: values.SMTP_HOST,
      port: values.SMTP_PORT,
      secure: values.SMTP_SECURE,
      user: values.SMTP_USER,
      password: values.SMTP_PASSWORD,
      from: values.SMTP_FROM,
    },
    log: { level: values.LOG_LEVEL, dir: values.LOG_DIR },
    retention: {
      days: values.RETENTION_DAYS,
      logDays: values.LOG_RETENTION_DAYS,
      auditDays: values.AUDIT_RETENTION_DAYS,
    },
    dataDir: values.CHRONOS_DATA_DIR,
    metricsToken: values.METRICS_TOKEN,
    warnings,
  };
}

/** An address that means every interface is none to follow a link to. */
function localUrl(host: string, port: number): string {
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}

interface Address {
  host: string;
  port: number;
  user?: string;
  password: string | undefined;
  path?: string;
}

function composeUrl(scheme: string, address: Address): string {
  const host = address.host.includes(':') ? `[${address.host}]` : address.host;
  const password = address.password === undefined ? '' : `:${encodeURIComponent(address.password)}`;
  const user = encodeURIComponent(address.user ?? '');
  const credentials = user + password === '' ? '' : `${user}${password}@`;
  return `${scheme}://${credentials}${host}:${address.port}/${address.path ?? ''}`;
}

function withOverrides(config: ChronosConfig, overrides: ConfigOverrides): ChronosConfig {
  const merged = Object.entries(config).map(([area, before]: [string, unknown]) => {
    const value: unknown = area in overrides ? overrides[area as keyof ConfigOverrides] : before;
    return [area, isArea(before) && isArea(value) ? Object.assign({}, before, value) : value];
  });
  return Object.fromEntries(merged) as ChronosConfig;
}

function isArea(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
