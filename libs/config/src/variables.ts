import { JOB_TYPES, WORKER_ROLES } from '#contracts';
import {
  cidr,
  duration,
  email,
  encryptionKeys,
  flag,
  host,
  integer,
  listOf,
  oneOf,
  optionalPath,
  origin,
  parsed,
  password,
  path,
  port,
  signingSecret,
  subsetOf,
  text,
  url,
} from './parsers.js';
import { type Variable, variable } from './variable.js';

const DAY_MS = 86_400_000;

/** Every variable Chronos reads. Names and defaults are a contract with operators: never rename one. */
export const VARIABLES = {
  NODE_ENV: variable({
    area: 'General',
    description: 'Environment; production refuses missing or example secrets.',
    schema: oneOf(['development', 'production', 'test']),
    default: 'development',
  }),

  HOST: variable({
    area: 'Addresses',
    description: 'Address the API and the health probes of the worker bind to.',
    schema: host(),
    default: '0.0.0.0',
    standaloneDefault: '127.0.0.1',
  }),
  PORT: variable({
    area: 'Addresses',
    description: 'Port of the API, its Swagger UI and the dashboard.',
    schema: port(),
    default: '3000',
  }),
  WORKER_PORT: variable({
    area: 'Addresses',
    description: 'Port of the health probes of a worker.',
    schema: port(),
    default: '3001',
  }),
  PUBLIC_URL: variable({
    area: 'Addresses',
    description: 'Address people reach the API by, for links in notifications; not set: http://HOST:PORT.',
    schema: url('http', 'https'),
  }),
  CORS_ORIGINS: variable({
    area: 'Addresses',
    description: 'Origins that may call the API from a browser, comma-separated; none: only its own.',
    schema: listOf(origin()),
  }),
  TRUSTED_PROXIES: variable({
    area: 'Addresses',
    description:
      'Address ranges of load balancers whose X-Forwarded-For is believed, comma-separated. Behind one, rate limits by address need it.',
    schema: listOf(cidr()),
  }),

  DATABASE_URL: variable({
    area: 'Database',
    description: 'PostgreSQL address in one piece; replaces the DB_ variables below.',
    schema: url('postgres', 'postgresql'),
    secret: true,
  }),
  DB_HOST: variable({
    area: 'Database',
    description: 'PostgreSQL host.',
    schema: host(),
    default: 'localhost',
  }),
  DB_PORT: variable({ area: 'Database', description: 'PostgreSQL port.', schema: port(), default: '5432' }),
  DB_NAME: variable({
    area: 'Database',
    description: 'Database name.',
    schema: text(),
    default: 'chronos_db',
  }),
  DB_USER: variable({
    area: 'Database',
    description: 'Database user.',
    schema: text(),
    default: 'chronos_user',
  }),
  DB_PASSWORD: variable({
    area: 'Database',
    description: 'Password of the database user.',
    schema: text(),
    secret: true,
    example: 'chronos-development',
  }),
  DB_POOL_SIZE: variable({
    area: 'Database',
    description: 'Connections one process holds at most.',
    schema: integer(2, 500),
    default: '10',
  }),

  QUEUE_BACKEND: variable({
    area: 'Queue',
    description: 'What delivers due executions to workers: Redis, or PostgreSQL where there is no Redis.',
    schema: oneOf(['redis', 'postgres']),
    default: 'redis',
    standaloneDefault: 'postgres',
  }),
  QUEUE_PREFIX: variable({
    area: 'Queue',
    description: 'Keeps several installations on one Redis or PostgreSQL apart.',
    schema: parsed('1 to 40 letters, digits, - or _, beginning with a letter', (value) =>
      /^[A-Za-z][A-Za-z0-9_-]{0,39}$/.test(value) ? value : undefined,
    ),
    default: 'chronos',
  }),
  REDIS_URL: variable({
    area: 'Queue',
    description: 'Redis address in one piece; replaces the REDIS_ variables below.',
    schema: url('redis', 'rediss'),
    secret: true,
  }),
  REDIS_HOST: variable({ area: 'Queue', description: 'Redis host.', schema: host(), default: 'localhost' }),
  REDIS_PORT: variable({ area: 'Queue', description: 'Redis port.', schema: port(), default: '6379' }),
  REDIS_PASSWORD: variable({ area: 'Queue', description: 'Redis password.', schema: text(), secret: true }),

  JWT_SECRET: variable({
    area: 'Authentication',
    description: 'Signs access tokens; at least 32 characters, the same for every API process.',
    schema: signingSecret(),
    required: true,
    secret: true,
    example: 'example-only-change-me-openssl-rand-hex-32',
    hint: 'Make one with `openssl rand -hex 32`; `npm start` makes and keeps one by itself.',
  }),
  JWT_EXPIRES_IN: variable({
    area: 'Authentication',
    description: 'Life of an access token; it still ends at once with its session.',
    schema: duration(),
    default: '7d',
  }),
  JWT_REFRESH_EXPIRES_IN: variable({
    area: 'Authentication',
    description: 'Life of a refresh token, renewed by each use.',
    schema: duration(),
    default: '30d',
  }),
  ENCRYPTION_KEY: variable({
    area: 'Authentication',
    description:
      'Encrypts secrets at rest: 32 bytes as 64 hex digits or base64. Losing it loses them. To replace it put the new one before the old one, with a comma between (docs/operations.md).',
    schema: encryptionKeys(),
    required: true,
    secret: true,
    example: '00000000000000000000000000000000000000000000000000000000000000ff',
    hint: 'Make one with `openssl rand -hex 32`; `npm start` makes and keeps one by itself.',
  }),
  ADMIN_EMAIL: variable({
    area: 'Authentication',
    description: 'E-mail of the administrator made at the first start, together with ADMIN_PASSWORD.',
    schema: email(),
    standaloneDefault: 'admin@chronos.local',
  }),
  ADMIN_PASSWORD: variable({
    area: 'Authentication',
    description: 'Password of that administrator: 8 to 72 bytes with lower case, upper case and a digit.',
    schema: password(),
    secret: true,
  }),
  ALLOW_REGISTRATION: variable({
    area: 'Authentication',
    description: 'May anybody who reaches the API make an account?',
    schema: flag(),
    default: 'true',
  }),
  RATE_LIMIT_PER_MINUTE: variable({
    area: 'Authentication',
    description:
      'Requests a minute per account or address, over all API processes together where the queue is on Redis, else per process.',
    schema: integer(1, 10_000_000),
    default: '600',
  }),
  AUTH_RATE_LIMIT_PER_MINUTE: variable({
    area: 'Authentication',
    description: 'The same for signing in, registering and refreshing.',
    schema: integer(1, 10_000_000),
    default: '20',
  }),

  MAX_RETRY_ATTEMPTS: variable({
    area: 'Jobs',
    description: 'Retries of a job that names no `maxRetries`.',
    schema: integer(0, 50),
    default: '3',
  }),
  RETRY_DELAY_MS: variable({
    area: 'Jobs',
    description: 'Wait before the first retry of a job that names no `retryDelay`, in milliseconds.',
    schema: integer(0, DAY_MS, 'milliseconds'),
    default: '5000',
  }),
  MISFIRE_THRESHOLD_MS: variable({
    area: 'Jobs',
    description: 'An occurrence later than this is a misfire, in milliseconds.',
    schema: integer(1_000, DAY_MS, 'milliseconds'),
    default: '60000',
  }),
  CATCHUP_PER_SECOND: variable({
    area: 'Jobs',
    description: 'How many misfires all jobs together catch up with in a second.',
    schema: integer(1, 10_000),
    default: '50',
  }),
  CATCHUP_REVIEW_AFTER_MS: variable({
    area: 'Jobs',
    description:
      'Misfires of a job that are later than this wait for an administrator to release or drop them, in milliseconds; 0: none do.',
    schema: integer(0, 30 * DAY_MS, 'milliseconds'),
    default: '0',
  }),
  BACKFILL_CONCURRENCY: variable({
    area: 'Jobs',
    description: 'How many executions of backfills may be under way at once, all jobs together.',
    schema: integer(1, 1_000),
    default: '25',
  }),
  MIN_SCHEDULE_INTERVAL_SECONDS: variable({
    area: 'Jobs',
    description: 'Shortest time between two occurrences of a job, in seconds.',
    schema: integer(1, 86_400, 'seconds'),
    default: '10',
  }),

  WORKER_CONCURRENCY: variable({
    area: 'Worker',
    description: 'Executions of each type one worker runs at once.',
    schema: integer(1, 10_000),
    default: '50',
  }),
  WORKER_TYPES: variable({
    area: 'Worker',
    description: 'Job types this worker runs, comma-separated, or all.',
    schema: subsetOf(JOB_TYPES),
    default: 'all',
  }),
  WORKER_ROLES: variable({
    area: 'Worker',
    description: 'What this worker does: execute, plan, notify, comma-separated, or all.',
    schema: subsetOf(WORKER_ROLES),
    default: 'all',
  }),
  PLANNER_LOOKAHEAD_MS: variable({
    area: 'Worker',
    description: 'How far ahead occurrences are planned, in milliseconds.',
    schema: integer(100, 600_000, 'milliseconds'),
    default: '2000',
  }),
  LEASE_MS: variable({
    area: 'Worker',
    description: 'How long a dead worker holds an execution, in milliseconds.',
    schema: integer(1_000, 3_600_000, 'milliseconds'),
    default: '30000',
  }),
  RECONCILE_INTERVAL_MS: variable({
    area: 'Worker',
    description: 'How often lost messages and expired leases are looked for, in milliseconds.',
    schema: integer(100, 600_000, 'milliseconds'),
    default: '5000',
  }),
  SHUTDOWN_GRACE_MS: variable({
    area: 'Worker',
    description: 'How long running work may go on after SIGTERM, in milliseconds.',
    schema: integer(0, 3_600_000, 'milliseconds'),
    default: '25000',
  }),

  OUTBOUND_ALLOWED_CIDRS: variable({
    area: 'Executors',
    description:
      'Address ranges http and webhook jobs may call although they are not public, comma-separated.',
    schema: listOf(cidr()),
    standaloneDefault: '127.0.0.0/8,::1/128',
  }),
  SCRIPT_JOBS: variable({
    area: 'Executors',
    description: 'Who may have script jobs: admin, all, or off for nobody.',
    schema: oneOf(['admin', 'all', 'off']),
    default: 'admin',
  }),
  SCRIPT_ROOT: variable({
    area: 'Executors',
    description: 'Folder that bounds the working directory of scripts.',
    schema: path(),
    default: '.',
  }),
  SCRIPT_ALLOWED_COMMANDS: variable({
    area: 'Executors',
    description: 'Programs scripts may start, comma-separated; not set: any.',
    schema: listOf(text()),
  }),
  CUSTOM_HANDLERS_DIR: variable({
    area: 'Executors',
    description: 'Folder of your own handler modules.',
    schema: path(),
  }),

  SMTP_HOST: variable({
    area: 'E-mail',
    description: 'SMTP server; without one an email job fails and says so.',
    schema: host(),
  }),
  SMTP_PORT: variable({ area: 'E-mail', description: 'SMTP port.', schema: port(), default: '587' }),
  SMTP_SECURE: variable({
    area: 'E-mail',
    description: 'TLS from the first byte (port 465); otherwise STARTTLS where it is offered.',
    schema: flag(),
    default: 'false',
  }),
  SMTP_USER: variable({ area: 'E-mail', description: 'SMTP user.', schema: text() }),
  SMTP_PASSWORD: variable({ area: 'E-mail', description: 'SMTP password.', schema: text(), secret: true }),
  SMTP_FROM: variable({
    area: 'E-mail',
    description: 'Sender, such as `Chronos <chronos@example.com>`.',
    schema: text(),
  }),

  LOG_LEVEL: variable({
    area: 'Logs and retention',
    description: 'Least level that is written.',
    schema: oneOf(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']),
    default: 'info',
  }),
  LOG_DIR: variable({
    area: 'Logs and retention',
    description:
      'Folder of the daily files chronos-, error- and jobs-YYYY-MM-DD.log (UTC); off writes to standard output only.',
    schema: optionalPath(),
    default: 'logs',
  }),
  RETENTION_DAYS: variable({
    area: 'Logs and retention',
    description: 'Days the history of executions is kept.',
    schema: integer(1, 3_650, 'days'),
    default: '90',
  }),
  LOG_RETENTION_DAYS: variable({
    area: 'Logs and retention',
    description: 'Days the logs of jobs and the log files are kept.',
    schema: integer(1, 3_650, 'days'),
    default: '30',
  }),
  AUDIT_RETENTION_DAYS: variable({
    area: 'Logs and retention',
    description: 'Days the audit trail is kept.',
    schema: integer(1, 3_650, 'days'),
    default: '365',
  }),
  METRICS_TOKEN: variable({
    area: 'Logs and retention',
    description: 'Bearer token that scrapes of /metrics must send; not set: private networks only.',
    schema: parsed('at least 16 characters', (value) => (value.length >= 16 ? value : undefined)),
    secret: true,
  }),

  CHRONOS_DATA_DIR: variable({
    area: 'Standalone',
    description: 'Where `npm start` keeps its database and the secrets it made.',
    schema: path(),
    default: '.chronos',
  }),
};

export type VariableName = keyof typeof VARIABLES;

/** What each variable reads to. */
export type Values = {
  [Name in VariableName]: (typeof VARIABLES)[Name] extends Variable<infer T> ? T : never;
};
